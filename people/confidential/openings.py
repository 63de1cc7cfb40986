"""The log of confidential readings: whoever opens a confidential page stands in it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

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
    """The latest openings of a page, newest first, and how many there were in all."""

    latest: list[Opening]
    size: int


def log_of(row: Any) -> Log:
    """Who opened the page of `row`. The caller has asked whether it may be told."""
    rows = Opening.objects.filter(
        system=row.system, object_type=row._meta.label, object_key=str(row.pk)
    )
    return Log(list(rows.select_related("user")[:SHOWN]), rows.count())


def readers(row: Any, action: str, named: Any) -> QuerySet[User]:
    """Everyone who can open the page of `row` now: by role, or `named` (keys) with a role."""
    by_role = people_who_may(action, row.system)
    by_name = people_who_may_be_named(action, row.system) & Q(pk__in=named)
    return User.objects.filter(by_role | by_name).order_by("name", "email")
