"""The log of confidential readings: whoever opens a confidential page stands in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet

from people import request_ids
from people.models import Opening, User
from people.permissions import people_who_may, people_who_may_be_named

SHOWN = 20


@contextmanager
def opening(*, row: Any, by: User) -> Iterator[None]:
    """Log that this person opens a page of `row`; what stands on it is read within.

    Both or neither: what cannot be logged is not shown, what cannot be read was not opened.
    """
    with transaction.atomic():
        Opening.objects.create(
            system=row.system,
            user=by,
            object_type=row._meta.label,
            object_key=str(row.pk),
            request_id=request_ids.current.get(),
        )
        yield


def opened(*, row: Any, by: User, texts: Iterable[Any]) -> list[Any]:
    """Log that this person opens the page of `row`, then read the texts that stand on it."""
    with opening(row=row, by=by):
        return list(texts)


@dataclass(frozen=True)
class Log:
    """The latest openings of a page, newest first; by person, and how many there were in all."""

    latest: list[Opening]
    people: list[dict[str, Any]]

    @property
    def size(self) -> int:
        return sum(person["count"] for person in self.people)


def log_of(row: Any) -> Log:
    """Who opened the page of `row`. The caller has asked whether it may be told."""
    return Log(list(rows_of(row).select_related("user")[:SHOWN]), openings_of(row))


def openings_of(row: Any) -> list[dict[str, Any]]:
    """Everyone who opened a page of `row`: name, how often, first and last."""
    rows = rows_of(row).order_by().values("user__name", "user__email")
    found = rows.annotate(count=Count("pk"), first=Min("at"), last=Max("at"))
    return [dict(person) for person in found.order_by("-last")]


def rows_of(row: Any) -> QuerySet[Opening]:
    return Opening.objects.filter(
        system=row.system, object_type=row._meta.label, object_key=str(row.pk)
    )


def readers(row: Any, action: str, named: Any) -> QuerySet[User]:
    """Everyone who can open the page of `row` now: by role, or `named` (keys) with a role."""
    by_role = people_who_may(action, row.system)
    by_name = people_who_may_be_named(action, row.system) & Q(pk__in=named)
    return User.objects.filter(by_role | by_name).order_by("name", "email")
