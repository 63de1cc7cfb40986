"""What every reply carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

Reply = Callable[[HttpRequest], HttpResponse]


class PrivateResponses:
    """No browser or proxy keeps a page of someone who is signed in."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response


# What no page of ours uses; passkeys (publickey-credentials) stay with ourselves.
FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media "
    "fullscreen gamepad geolocation gyroscope hid idle-detection local-fonts magnetometer "
    "microphone midi payment picture-in-picture screen-wake-lock serial usb xr-spatial-tracking"
).split()
CLOSED = ", ".join(
    [
        *(f"{feature}=()" for feature in FEATURES),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)


class ClosedFeatures:
    """No page, nor anything that slips into one, asks for camera, place or the like."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = CLOSED
        return response


class CompressedPages(GZipMiddleware):
    """Pages travel compressed, with Django's random padding against guessing at their secrets.

    Only pages: an answer of the interface keeps its ETag as it is, and files are read as they come.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("text/html"):
            return super().process_response(request, response)
        return response
