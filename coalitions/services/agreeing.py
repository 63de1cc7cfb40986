"""What a written row of the work with a coalition must say, and what in it cannot be.

Each rule gives the field and the words; a form asks the same rules before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from coalitions.models import (
    Barrier,
    Candidate,
    Circle,
    Coalition,
    Contact,
    MemberCommitment,
    NextStep,
    Vacancy,
)
from people.models import Actor
from people.models.systems import YEARS

Fault = tuple[str, str]
Get = Callable[[str], Any]


def faults_of(row: Any, values: Mapping[str, Any], place: Coalition) -> dict[str, str]:
    """What is wrong with a row once it holds these values, by field; the first of each."""

    def get(name: str) -> Any:
        if name in values:
            return values[name]
        return None if name == "candidates" and row.pk is None else getattr(row, name, None)

    found: dict[str, str] = {}
    for name, words in (*days(values), *strangers(row, values, place), *RULES[type(row)](
        row, get, place
    )):  # fmt: skip
        found.setdefault(name, words)
    return found


def days(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Days that no calendar of the system reckons with."""
    for name, day in values.items():
        if isinstance(day, date) and day.year not in YEARS:
            words = _("The year %(year)s cannot be right. Give one from %(first)s to %(last)s.")
            yield name, words % {"year": day.year, "first": YEARS[0], "last": YEARS[-1]}


def strangers(row: Any, values: Mapping[str, Any], place: Coalition) -> Iterator[Fault]:
    """Candidates of another coalition."""
    for name in ("candidate", "removed_by", "candidates"):
        named = values.get(name)
        some = [named] if isinstance(named, Candidate) else list(named or ())
        if any(one.coalition_id != place.pk for one in some):
            yield name, _("Choose among the candidates of this coalition.")


def not_later(get: Get, name: str, place: Coalition) -> Iterator[Fault]:
    """A day on which something has happened already."""
    day, today = get(name), place.system.today()
    if isinstance(day, date) and day > today:
        words = _("%(day)s is still to come. Give a day up to %(today)s.")
        yield name, words % {"day": day.isoformat(), "today": today.isoformat()}


def of_contact(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    yield from not_later(get, "held_on", place)
    if get("candidates") in (None, []):
        yield "candidates", _("Choose whom it was with, one or more.")


def of_commitment(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    yield from not_later(get, "settled_on", place)
    settled = get("state") in {MemberCommitment.State.KEPT, MemberCommitment.State.BROKEN}
    if settled and get("settled_on") is None:
        yield "settled_on", _("Give the day on which it was settled.")
    if not settled and get("settled_on") is not None:
        yield (
            "settled_on",
            _("An open commitment has no such day. Take it out, or say whether it was kept."),
        )
    if get("state") == MemberCommitment.State.BROKEN and not said(get("outcome")):
        yield "outcome", _("Say what came of it, so that the next talk can begin there.")


def of_barrier(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    raised, removed = get("raised_on"), get("removed_on")
    yield from not_later(get, "raised_on", place)
    yield from not_later(get, "removed_on", place)
    if isinstance(removed, date) and isinstance(raised, date) and removed < raised:
        words = _("It was removed before it stood there, on %(day)s. Change one of the two days.")
        yield "removed_on", words % {"day": raised.isoformat()}
    if removed is not None and not said(get("how")):
        yield "how", _("Say how it was removed.")
    if removed is None and get("removed_by") is not None:
        yield "removed_on", _("Give the day on which it was removed, or leave out by whom.")


def of_step(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    yield from not_later(get, "done_on", place)


def of_vacancy(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    yield from not_later(get, "filled_on", place)
    actor = get("actor")
    if not isinstance(actor, Actor) or actor.pk == row.actor_id:
        return
    if actor.system_id != place.system_id or actor.retired_at is not None:
        yield "actor", _("Choose an office of this system that is not retired.")


def of_circle(row: Any, get: Get, place: Coalition) -> Iterator[Fault]:
    number = get("order")
    others = Circle.objects.filter(coalition=place, order=number).exclude(pk=row.pk)
    if number is not None and others.exists():
        words = _("There is a circle with the number %(number)s already. Give another number.")
        yield "order", words % {"number": number}


def said(text: Any) -> bool:
    return bool(str(text or "").strip())


RULES: dict[type, Callable[[Any, Get, Coalition], Iterator[Fault]]] = {
    Contact: of_contact, MemberCommitment: of_commitment, Barrier: of_barrier,
    NextStep: of_step, Vacancy: of_vacancy, Circle: of_circle,
}  # fmt: skip
