"""Building a coalition: who is in several, to who may open those too, and that it is logged."""

import pytest
from django.test import Client

from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory, DelegateFactory
from coalitions.tests.ladder import be_delegate
from coalitions.tests.test_building import both, member, opened
from coalitions.tests.working import lead
from people.models import Opening
from people.tests.entering import prove

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def test_who_is_in_several_is_named_and_each_opening_logged(client: Client, row: Coalition) -> None:
    other = CoalitionFactory.create(
        aspiration__system=row.system, aspiration__title="Everyone graduates"
    )
    apart = CoalitionFactory.create(
        aspiration__system=row.system, aspiration__title="Nothing in common"
    )
    for office in ("Union leader", "Board chair"):
        both(row, office, other)
    member(other, "Budget director")
    member(apart, "Somebody else")
    lead(client, row)
    page = opened(client, row)
    assert "Board chair, Union leader." in page
    assert "Everyone graduates" in page
    assert "100% of the smaller of the two." in page
    assert "One coalition could serve both." in page
    assert "Budget director" not in page, "only who is in both"
    assert "Nothing in common" not in page
    logged = Opening.objects.values_list("object_key", flat=True)
    assert sorted(logged) == sorted(str(one.pk) for one in (row, other, apart)), (
        "that nobody is in both is told too"
    )


def test_with_nobody_to_compare_no_other_is_opened(client: Client, row: Coalition) -> None:
    member(CoalitionFactory.create(aspiration__system=row.system), "Budget director")
    lead(client, row)
    opened(client, row)
    assert [line.object_key for line in Opening.objects.all()] == [str(row.pk)]


def test_sharing_is_suggested_from_seven_in_ten(client: Client, row: Coalition) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    for number in range(2):
        both(row, f"In both {number}", other)
    for place in (row, other):
        member(place, f"Only in {place.pk}")
    lead(client, row)
    page = opened(client, row)
    assert "67% of the smaller" in page
    assert "One coalition could serve both." not in page


def test_a_delegate_learns_nothing_of_other_coalitions(client: Client, row: Coalition) -> None:
    other = CoalitionFactory.create(
        aspiration__system=row.system, aspiration__title="Everyone graduates"
    )
    both(row, "Union leader", other)
    delegate = be_delegate(client, row)
    page = opened(client, row)
    assert "Everyone graduates" not in page
    assert "No other coalition is open to you." in page
    assert not Opening.objects.filter(object_key=str(other.pk)).exists()
    DelegateFactory.create(coalition=other, user=delegate.user)
    prove(client, delegate.user)
    assert "Everyone graduates" in opened(client, row)
