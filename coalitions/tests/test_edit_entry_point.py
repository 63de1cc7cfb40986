"""Where a cross-sector group begins: written down once, and changed as it learns."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Coalition, EntryPoint
from coalitions.services import boundaries as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, EntryPointFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead
from people.models import AuditEntry
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    return row


def filled(version: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "version": str(version), "what": f"One list of the {SECRET}.", "meaningful": "To all.",
        "actionable": "", "acceptable": "", "provisional": "", **more,
    }  # fmt: skip


def to(row: Coalition) -> str:
    return address("edit_entry_point", row)


def test_it_is_written_down(client: Client, row: Coalition) -> None:
    lead(client, row)
    assert client.get(to(row)).status_code == 200
    assert client.post(to(row), filled())["Location"] == f"{address('boundaries', row)}#entry"
    found = EntryPoint.objects.get()
    assert (found.coalition, found.meaningful, found.actionable) == (row, "To all.", "")
    assert SECRET in found.what
    working.the_trail_says_nothing_of(found, "To all")


def test_it_is_changed(client: Client, row: Coalition) -> None:
    found = EntryPointFactory.create(coalition=row, what=f"One list of the {SECRET}.")
    lead(client, row)
    assert SECRET in client.get(to(row)).content.decode()
    assert client.post(to(row), filled(1, provisional="Until June.")).status_code == 302
    found.refresh_from_db()
    assert (found.provisional, found.version) == ("Until June.", 2)
    line = AuditEntry.objects.about(found).get()
    assert line.after == {"meaningful": "changed", "provisional": "changed"}


def test_leaders_and_the_delegate_write_it(client: Client, row: Coalition) -> None:
    def again() -> dict[str, Any]:
        found = EntryPoint.objects.first()
        return filled(found.version if found else 0)

    working.everybody_who_may_writes(client, row, to(row), again)


@pytest.mark.parametrize("before", [True, False])
def test_two_who_write_at_once_see_both(client: Client, row: Coalition, before: bool) -> None:
    if before:
        EntryPointFactory.create(coalition=row)
    lead(client, row)
    assert client.post(to(row), filled(int(before), what="Theirs.")).status_code == 302
    response = client.post(to(row), filled(int(before), what="Mine."))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert EntryPoint.objects.get().what == "Theirs."


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"what": "  "}, "Say where the group begins."),
        ({"actionable": "x" * 501}, "at most 500"),
        ({"version": "x"}, "which version it showed"),
    ],
)
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    working.refused_with(client, to(row), filled(acceptable=SECRET, **more), words)
    assert not EntryPoint.objects.exists()


@pytest.mark.parametrize("before", [True, False])
def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, settings: Settings, before: bool
) -> None:
    if before:
        EntryPointFactory.create(coalition=row)
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled(int(before)))
    assert EntryPoint.objects.count() == before


def test_others_are_refused(client: Client, row: Coalition) -> None:
    working.nobody_else_writes(client, row, to(row), filled())


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.keep_entry_point(coalition=row, values={"what": "x"}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
