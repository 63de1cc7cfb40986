"""What every reply carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
