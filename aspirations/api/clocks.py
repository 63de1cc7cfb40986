"""`as_of` and `known_at`: an answer as it was, or would have been, at an earlier moment."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django_filters.rest_framework import FilterSet  # type: ignore[import-untyped]
from django_filters.utils import translate_validation  # type: ignore[import-untyped]
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from aspirations.services.clocks import ClockFault, Clocks, clocks_of
from people.models import System

CLOCKS = frozenset({"as_of", "known_at"})


def are_asked(request: Request) -> bool:
    return not CLOCKS.isdisjoint(request.query_params)


def clocks_asked(found: FilterSet, system: System) -> Clocks:
    """The clocks of a request, whose parameters `found` reads; every fault names its parameter.

    A day to come would tell what is not public yet, so it is refused.
    """
    if not found.is_valid():
        raise translate_validation(found.errors)
    given: dict[str, Any] = found.form.cleaned_data
    try:
        clocks = clocks_of(system, timezone.now(), given["as_of"], given["known_at"])
    except ClockFault as fault:
        raise ValidationError({fault.clock: str(fault)}) from fault
    today = system.today()
    if clocks.as_of > today:
        words = _("“%(day)s” lies after %(today)s, the day this system is judged as of. Give that "
                  "day or one before.")  # fmt: skip
        raise ValidationError({"as_of": words % {"day": clocks.as_of, "today": today}})
    return clocks


def refuse_beside(request: Request, allowed: set[str]) -> None:
    """Parameters that choose among stored rows choose nothing of what is made anew."""
    words = _("“%s” does not go with as_of or known_at. Leave one of them out.")
    faults = {name: words % name for name in request.query_params if name not in allowed}
    if faults:
        raise ValidationError(faults)
