"""Wordings of a headline: versions, approval, and which one speaks on screen and on paper."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aspirations.models import Headline
from aspirations.services.headlines import Said, approve, printed_headline, speaking, write
from aspirations.tests.factories import MembershipFactory, SystemFactory
from people.models import AuditEntry, System
from people.services import Conflict

DAY = date(2025, 3, 14)
DRAFT = "Three of four aspirations are close to plan."
OTHER = "All four aspirations are close to plan."


def told(version: int, draft: str = DRAFT, *, approved: bool = False) -> Said:
    return Said(version, version, f"Wording {version}", draft, DAY, approved)


NEW, OLD = told(2), told(1, approved=True)
STALE, STALE_OLD = told(2, OTHER), told(1, OTHER, approved=True)
YES = told(2, approved=True)


@pytest.mark.parametrize(
    ("latest", "approved", "shown", "printed", "outdated"),
    [
        (None, None, None, None, None),
        (NEW, None, NEW, None, None),
        (YES, YES, YES, YES, None),
        # a newer one waits for approval: paper keeps the approved one
        (NEW, OLD, NEW, OLD, None),
        (NEW, STALE_OLD, NEW, None, None),
        # the figures moved on
        (STALE, None, None, None, STALE),
        (STALE_OLD, STALE_OLD, None, None, STALE_OLD),
        # they moved, and moved back to what the approved one was written over
        (STALE, OLD, OLD, OLD, STALE),
    ],
)
def test_what_speaks(
    latest: Said | None, approved: Said | None, shown: Said | None, printed: Said | None,
    outdated: Said | None,
) -> None:  # fmt: skip
    found = speaking(DRAFT, latest, approved)
    assert (found.shown, found.printed, found.outdated) == (shown, printed, outdated)


@pytest.fixture
def system(db: None) -> System:
    return SystemFactory.create(slug="meridian", reporting_date=DAY)


def put(system: System, text: str = "Reading has stopped.", **more: Any) -> Headline:
    return write(**{"system": system, "text": text, "draft": DRAFT, "as_of": DAY, **more})


def test_a_wording_is_kept_with_its_draft_and_a_line_in_the_trail(system: System) -> None:
    user = MembershipFactory.create(system=system, role="unit_staff").user
    row = put(system, "  Reading\nhas   stopped. ", actor=user, door="page")
    assert (row.version, row.text, row.draft) == (1, "Reading has stopped.", DRAFT)
    assert (row.author, row.approved_at) == (user, None)
    line = AuditEntry.objects.get(object_type="aspirations.Headline")
    assert (line.action, line.door, line.after["text"]) == ("create", "page", row.text)


def test_another_wording_is_another_version(system: System) -> None:
    put(system)
    assert put(system, "Reading stands still.").version == 2
    assert [row.text for row in Headline.objects.order_by("version")] == [
        "Reading has stopped.", "Reading stands still.",
    ]  # fmt: skip


def test_the_same_words_over_the_same_draft_are_the_same_wording(system: System) -> None:
    first = put(system)
    assert put(system) == first
    assert put(system, draft=OTHER).version == 2


def test_the_second_writer_is_told(system: System) -> None:
    put(system)
    with pytest.raises(Conflict) as caught:
        put(system, "Mine.", version=0)
    assert str(caught.value.current) == "Reading has stopped."


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_nothing_or_too_much_is_refused(system: System, text: str) -> None:
    with pytest.raises(ValidationError):
        put(system, text)
    assert not Headline.objects.exists()


def test_a_very_long_draft_is_kept_as_far_as_a_row_holds_it(system: System) -> None:
    row = put(system, draft="x" * 700)
    approve(headline=row)
    assert len(row.draft) == 600
    assert printed_headline(system, draft="x" * 700, day=DAY) == row.text


def test_approval_leaves_a_line_and_a_second_one_changes_nothing(system: System) -> None:
    leader = MembershipFactory.create(system=system, role="system_leader").user
    row = put(system)
    first = approve(headline=row, actor=leader, door="page")
    assert (first.approved_by, first.approved_at is None) == (leader, False)
    assert approve(headline=row).approved_at == first.approved_at
    assert AuditEntry.objects.filter(action="approve").count() == 1


def test_only_an_approved_wording_is_printed_and_only_while_it_holds(system: System) -> None:
    row = put(system)
    assert printed_headline(system, draft=DRAFT, day=DAY) == DRAFT
    approve(headline=row)
    assert printed_headline(system, draft=DRAFT, day=DAY) == "Reading has stopped."
    assert printed_headline(system, draft=OTHER, day=DAY) == OTHER
    put(system, "Not read by the leader yet.")
    assert printed_headline(system, draft=DRAFT, day=DAY) == "Reading has stopped."
    assert printed_headline(system, draft=DRAFT, day=date(2025, 3, 13)) == DRAFT
    assert printed_headline(SystemFactory.create(), draft=DRAFT, day=DAY) == DRAFT


def test_the_services_ask_who_may(system: System) -> None:
    viewer = MembershipFactory.create(system=system, role="viewer").user
    staff = MembershipFactory.create(system=system, role="unit_staff").user
    with pytest.raises(PermissionDenied):
        put(system, actor=viewer)
    row = put(system, actor=staff)
    with pytest.raises(PermissionDenied):
        approve(headline=row, actor=staff)
    row.refresh_from_db()
    assert row.approved_at is None
