"""The first run of a system: from its name to the first judgment."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delivery.first_steps import FirstSteps, finished_example
from people.gate import system_or_404


@require_safe
def welcome(request: HttpRequest, system: str) -> HttpResponse:
    """The steps to the first judgment, those done and the next one."""
    place = system_or_404(request, system, "dashboard.read")
    context = {
        "system": place, "page": FirstSteps(place, request.user),
        "example": finished_example(request.user, place),
    }  # fmt: skip
    return render(request, "delivery/welcome.html", context)
