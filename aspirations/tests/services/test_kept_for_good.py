"""Wordings, ratings and sheets that were sent in stay as they are, whoever asks the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from aspirations.models import Assessment
from aspirations.tests.services import refused

pytestmark = pytest.mark.django_db
KEPT: dict[str, tuple[Callable[[], Any], str]] = {
    "wording": (refused.wording, "title"),
    "quality rating": (refused.rating, "reason"),
    "sheet sent in": (refused.sent, "reason"),
}


def only_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("a rule of PostgreSQL")


@pytest.mark.parametrize("name", KEPT)
def test_it_is_never_changed(name: str) -> None:
    only_on_postgresql()
    make, field = KEPT[name]
    row = make()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{field: "Other words."})


@pytest.mark.parametrize("name", KEPT)
def test_it_is_never_deleted(name: str) -> None:
    only_on_postgresql()
    row = KEPT[name][0]()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).delete()


def test_a_sheet_is_its_authors_to_change_until_it_is_sent_in() -> None:
    row = refused.sheet()
    row.reason = "Half of it is sound."
    row.save()
    assert Assessment.objects.get(pk=row.pk).reason == "Half of it is sound."


@pytest.mark.embedded
def test_a_sheet_that_was_sent_in_refuses_to_be_saved_again() -> None:
    row = refused.sent()
    row.reason = "On second thoughts."
    with pytest.raises(ValidationError, match="sent in"):
        row.save()
