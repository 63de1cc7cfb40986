"""Nothing was done: the page that says why not, and what was typed in vain."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from people.forms.typed import texts
from people.local_time import render_there
from reviews.models import Round

View = Callable[..., HttpResponse]


def refused(
    request: HttpRequest, row: Round, problem: ValidationError, status: int = 400, **more: Any
) -> HttpResponse:
    """What cannot be done, for who pressed a button or asked for a form that could not be sent.

    `typed`, where given: what was sent all the same, to be copied.
    """
    context: dict[str, Any] = {"round": row, "problems": problem.messages, **more}
    return render_there(request, row.system, "reviews/refused.html", context, status=status)


def handing_back(typed: Callable[[QueryDict], list[str]] = texts) -> Callable[[View], View]:
    """A form that is gone, or closed to its writer, once it is sent: 404, with what was typed.

    The page says the same to all, so that nobody learns by it what exists.
    """

    def around(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **where: Any) -> HttpResponse:
            try:
                return view(request, *args, **where)
            except Http404:
                if request.method != "POST":
                    raise
                context = {"typed": typed(request.POST)}
                return render(request, "reviews/gone.html", context, status=404)

        return inner

    return around
