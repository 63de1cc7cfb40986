"""Nothing was done: the page that says why not, and the way back to the review."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from people.local_time import render_there
from reviews.models import Round


def refused(request: HttpRequest, row: Round, problem: ValidationError) -> HttpResponse:
    """What cannot be done, for who pressed a button or asked for a form that could not be sent."""
    context: dict[str, Any] = {"round": row, "problems": problem.messages}
    return render_there(request, row.system, "reviews/refused.html", context, status=400)
