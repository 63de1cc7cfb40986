"""How often something may be tried; the rates stand in the settings, in ACCOUNT_RATE_LIMITS."""

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def limit(request: HttpRequest, action: str, key: str | None = None) -> HttpResponse | None:
    """The page that asks to wait, where this was tried too often; else None, and the try counts.

    `key` is what a rate per key counts, such as an e-mail address. Reading (GET) never counts.
    """
    if action not in settings.ACCOUNT_RATE_LIMITS:
        raise LookupError(f"“{action}” has no rate. Add one to ACCOUNT_RATE_LIMITS.")
    response: HttpResponse | None = consume_or_429(request, action=action, key=key)
    return response
