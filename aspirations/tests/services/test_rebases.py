"""A rebase is a decision: made with a reason, withdrawn with a reason, never made unseen."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aspirations.models import Rebase, Series
from aspirations.services import rebases
from aspirations.tests.factories import MembershipFactory, SeriesFactory, observe
from people.models import AuditEntry, User

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
JAN, MARCH = date(2024, 1, 1), date(2024, 3, 1)


@pytest.fixture
def series() -> Series:
    row: Series = SeriesFactory()
    observe(row, JAN, [50.0, 51.0, 60.0, None, 61.0])
    return row


def person(series: Series, role: str) -> User:
    user: User = MembershipFactory(system=series.metric.system, role=role).user
    return user


def test_it_is_made_with_a_reason_and_leaves_a_line(series: Series) -> None:
    actor = person(series, "unit_staff")
    row = rebases.make(series=series, period=MARCH, reason=" New definition. ", actor=actor)
    assert (row.reason, row.author) == ("New definition.", actor)
    assert Series.objects.get().stale_since is not None
    line = AuditEntry.objects.get(object_type="aspirations.Rebase")
    assert (line.action, line.actor, line.reason) == ("make", actor, "New definition.")


def test_it_is_withdrawn_with_a_reason_and_stays_in_the_list(series: Series) -> None:
    row = rebases.make(series=series, period=MARCH, reason="New definition.")
    actor = person(series, "delivery_leader")
    Series.objects.update(stale_since=None)
    rebases.withdraw(rebase=row, reason="The definition had not changed.", actor=actor)
    stored = Rebase.objects.get()
    assert not Rebase.objects.in_force().exists()
    assert (stored.withdrawn_by, stored.withdrawal_reason) == (
        actor,
        "The definition had not changed.",
    )
    assert Series.objects.get().stale_since is not None


def test_after_a_withdrawal_it_can_be_made_again(series: Series) -> None:
    row = rebases.make(series=series, period=MARCH, reason="New definition.")
    rebases.withdraw(rebase=row, reason="Not so.")
    rebases.make(series=series, period=MARCH, reason="It was so after all.")
    assert Rebase.objects.count() == 2


REFUSED = [
    (MARCH, "", "has no reason"),
    (MARCH, "  ", "has no reason"),
    (date(2024, 3, 2), "Why.", "not the first day of a period; 2024-03 starts on 2024-03-01"),
    (date(2024, 4, 1), "Why.", "no figure for 2024-04"),
    (date(2030, 1, 1), "Why.", "no figure for 2030-01"),
    (JAN, "Why.", "2024-01 is the first figure"),
]


@pytest.mark.parametrize(("period", "reason", "said"), REFUSED)
def test_what_makes_no_sense_is_refused(
    series: Series, period: date, reason: str, said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        rebases.make(series=series, period=period, reason=reason)
    assert not Rebase.objects.exists()


def test_a_second_one_for_the_same_period_is_refused(series: Series) -> None:
    rebases.make(series=series, period=MARCH, reason="New definition.")
    with pytest.raises(ValidationError, match="starts at 2024-03 already"):
        rebases.make(series=series, period=MARCH, reason="Again.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_withdrawal_needs_a_reason(series: Series, reason: str) -> None:
    row = rebases.make(series=series, period=MARCH, reason="New definition.")
    with pytest.raises(ValidationError, match="without a reason"):
        rebases.withdraw(rebase=row, reason=reason)


def test_what_is_withdrawn_is_not_withdrawn_again(series: Series) -> None:
    row = rebases.make(series=series, period=MARCH, reason="New definition.")
    rebases.withdraw(rebase=row, reason="Not so.")
    with pytest.raises(ValidationError, match="withdrawn already"):
        rebases.withdraw(rebase=row, reason="Twice.")
    assert Rebase.objects.get().withdrawal_reason == "Not so."


@pytest.mark.parametrize("role", ["viewer", "accountable_head", "data_provider"])
def test_who_may_not_write_plans_is_refused(series: Series, role: str) -> None:
    made = rebases.make(series=series, period=MARCH, reason="New definition.")
    actor = person(series, role)
    with pytest.raises(PermissionDenied):
        rebases.make(series=series, period=date(2024, 2, 1), reason="Why.", actor=actor)
    with pytest.raises(PermissionDenied):
        rebases.withdraw(rebase=made, reason="Why.", actor=actor)


def test_a_leader_of_another_system_is_a_stranger(series: Series) -> None:
    stranger = MembershipFactory(role="delivery_leader").user
    with pytest.raises(PermissionDenied):
        rebases.make(series=series, period=MARCH, reason="Why.", actor=stranger)
