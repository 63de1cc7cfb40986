"""The id of the request that is being answered, so that the trail can name it."""

from contextvars import ContextVar

current: ContextVar[str] = ContextVar("request_id", default="")
