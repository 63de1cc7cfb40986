"""Versions over the interface: `ETag` out, `If-Match` in, so that nothing is overwritten unseen."""

import hashlib
import re
from typing import Any

import orjson
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

# The version, and in what is read also a sign of the rest of the answer.
WRITTEN = re.compile(r'"([0-9]{1,9})(?:-[0-9a-f]{16})?"')


class VersionNeeded(APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_needed"
    default_detail = (
        "Say in If-Match which version you read: send the ETag of a GET of this address."
    )


class VersionPassed(APIException):
    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "version_passed"
    default_detail = (
        "Someone else saved this after you read it, and nothing of yours was saved. "
        "GET it again, look at what changed, and send your change with the new ETag."
    )


IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    pattern=f"^{WRITTEN.pattern}$",
    description="The ETag of the answer that the change is based on.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="ETags you hold; 304 without a body where one of them still stands.",
)

ETAG = OpenApiParameter(
    "ETag",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    response=[200],
    description="The version of what was read; send it back in If-Match to change it.",
)


def version_sent(request: Request) -> int:
    """The version in If-Match: 428 without one, 400 where it is no ETag of ours."""
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise VersionNeeded
    found = WRITTEN.fullmatch(sent)
    if found is None:
        raise ValidationError({"If-Match": (
            f"“{sent[:40]}” is not one ETag of this address. Send it as it came, quotes included."
        )})  # fmt: skip
    return int(found[1])


def etag(version: int, data: Any) -> str:
    """A strong ETag: the version, and what else the answer says to this reader on this day."""
    rest = hashlib.sha256(orjson.dumps(data, default=str, option=orjson.OPT_SORT_KEYS))
    return f'"{version}-{rest.hexdigest()[:16]}"'


def tagged(request: Request, version: int, data: Any) -> Response:
    """The answer with its ETag; 304 where the reader holds it. Only after the gate."""
    tag = etag(version, data)
    if request.method in {"GET", "HEAD"} and held(request) & {tag, "*"}:
        return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
    return Response(data, headers={"ETag": tag})


def held(request: Request) -> set[str]:
    """ETags in If-None-Match, weak ones as strong; `*` stands for any."""
    words = request.headers.get("If-None-Match", "").split(",")
    return {word.strip().removeprefix("W/") for word in words}
