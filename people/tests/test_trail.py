"""Every change that goes through the services leaves a line: before, after and why."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import IntegrityError

from people.models import AuditEntry, System
from people.services import grant, record, save_with_trail
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_change_keeps_what_was_before() -> None:
    system = SystemFactory(name="Old", kind="city")
    changed = save_with_trail(
        system, {"name": "New", "kind": "city"}, system=system, key=system.slug, reason="Renamed."
    )
    line = AuditEntry.objects.get()
    assert changed
    assert (line.before, line.after, line.reason) == ({"name": "Old"}, {"name": "New"}, "Renamed.")


def test_nothing_changed_leaves_no_line() -> None:
    system = SystemFactory(name="Same")
    assert not save_with_trail(system, {"name": "Same"}, system=system, key=system.slug)
    assert not AuditEntry.objects.exists()


def test_a_refused_change_leaves_neither_change_nor_line() -> None:
    system = SystemFactory()
    with pytest.raises(ValidationError):
        save_with_trail(system, {"time_zone": "Nowhere"}, system=system, key=system.slug)
    assert System.objects.get().time_zone == "UTC"
    assert not AuditEntry.objects.exists()


def test_a_value_that_only_looks_different_is_no_change() -> None:
    system = SystemFactory(reporting_date=date(2025, 1, 20))
    values = {"reporting_date": "2025-01-20", "year_starts": 1.0}
    assert not save_with_trail(system, values, system=system, key=system.slug)
    assert not AuditEntry.objects.exists()


WRONG_KIND = [
    ({"name": 5}, "“5” is not a text"),
    ({"name": ["North"]}, "is not a text"),
    ({"name": "No\x00rth"}, "NUL"),
    ({"reporting_date": 5}, "“5” is of the wrong kind"),
    ({"reporting_date": "yesterday"}, "yesterday"),
    ({"year_starts": [4]}, "must be an integer"),
    ({"year_starts": float("inf")}, "wrong kind or too large"),
]


@pytest.mark.parametrize(("values", "said"), WRONG_KIND)
def test_a_value_of_the_wrong_kind_is_refused_by_name(values: dict[str, Any], said: str) -> None:
    system = SystemFactory()
    with pytest.raises(ValidationError) as refusal:
        save_with_trail(system, values, system=system, key=system.slug)
    assert said in str(refusal.value)
    assert set(refusal.value.message_dict) == set(values)


def test_the_trail_keeps_the_beginning_of_a_long_key() -> None:
    system = SystemFactory()
    line = record(system=system, action="change", on=system, key="k" * 300)
    line.refresh_from_db()
    assert line.object_key == "k" * 119 + "…"


def test_a_role_given_twice_is_given_once() -> None:
    user, system = UserFactory(), SystemFactory()
    assert grant(user=user, system=system, role="viewer") == grant(
        user=user, system=system, role="viewer"
    )
    assert AuditEntry.objects.get().after == {"role": "viewer"}


def test_the_unit_reads_the_trail_of_its_system_and_others_do_not() -> None:
    staff, viewer = MembershipFactory(role="unit_staff"), MembershipFactory(role="viewer")
    for member in (staff, viewer):
        record(system=member.system, action="change", on=member.system)
    assert AuditEntry.objects.visible_to(staff.user).get().system == staff.system
    assert not AuditEntry.objects.visible_to(viewer.user).exists()


def test_the_database_refuses_to_edit_the_trail() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: only PostgreSQL guards the trail itself")
    line = record(system=None, action="change", on=SystemFactory())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.maintenance = 'off'")
    for write in (
        lambda rows: rows.update(reason="Never happened."),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            write(AuditEntry.objects.filter(pk=line.pk))
