"""Supplied rubrics are taken up once, when a system first uses them."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from people.models import AuditEntry, System
from people.tests.factories import MembershipFactory, SystemFactory
from reviews.models import Rubric
from reviews.services import rubrics, supplied
from reviews.tests.drafting import draft
from reviews.tests.factories import RubricFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
KEY = "delivery-capacity-review"


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def test_it_is_taken_up_whole_and_once(system: System) -> None:
    row = rubrics.adopt(system=system, key=KEY)
    assert rubrics.adopt(system=system, key=KEY) == row
    first = row.elements.first()
    assert (row.title, row.supplied, row.is_draft, row.lens, row.points) == (
        "Delivery capacity review", True, False, "lights", 4,
    )  # fmt: skip
    assert first is not None
    assert (first.code, len(first.asks), row.elements.count()) == ("1A", 3, 15)
    line = AuditEntry.objects.about(row, f"{KEY} v1").get()
    assert (line.action, line.after["title"]) == ("take up", "Delivery capacity review")


def test_a_later_file_is_a_further_version_and_the_earlier_stays(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = rubrics.adopt(system=system, key=KEY)
    one = supplied.supplied()[KEY]
    later = {KEY: replace(one, number=2, elements=one.elements[:3])}
    monkeypatch.setattr(rubrics, "supplied", lambda: later)
    assert rubrics.choices(system) == [
        (str(old.pk), "Delivery capacity review, version 1"),
        (f"supplied:{KEY}", "Delivery capacity review, comes with Headway"),
    ]
    new = rubrics.adopt(system=system, key=KEY)
    assert (new.number, new.elements.count(), old.elements.count()) == (2, 3, 15)
    assert rubrics.choices(system) == [
        (str(new.pk), "Delivery capacity review, version 2"),
        (str(old.pk), "Delivery capacity review, version 1, an earlier one"),
    ]


def test_each_system_has_its_own(system: System) -> None:
    other = SystemFactory.create()
    assert rubrics.adopt(system=system, key=KEY) != rubrics.adopt(system=other, key=KEY)


def test_what_is_not_supplied_is_not_taken_up(system: System) -> None:
    with pytest.raises(ValidationError, match="No rubric “horoscope”"):
        rubrics.adopt(system=system, key="horoscope")


def test_only_who_sets_up_reviews_takes_one_up(system: System) -> None:
    reader = MembershipFactory.create(system=system, role="system_leader").user
    with pytest.raises(PermissionDenied):
        rubrics.adopt(system=system, key=KEY, actor=reader)
    assert not Rubric.objects.exists()


def test_a_round_may_be_scored_with_what_is_in_use_or_supplied(system: System) -> None:
    own = RubricFactory.create(system=system, title="Our own", key="our-own")
    draft("1A", system=system, title="Unfinished")
    RubricFactory.create(title="Of another system")
    assert rubrics.choices(system) == [
        (str(own.pk), "Our own, version 1"),
        (f"supplied:{KEY}", "Delivery capacity review, comes with Headway"),
        ("supplied:community-learning-system",
         "Community-wide learning system, comes with Headway"),
        ("supplied:cross-boundary-collaboration",
         "Cross-boundary collaboration (strategic triangle), comes with Headway"),
        ("supplied:place-system-infrastructure",
         "Place-based system infrastructure, comes with Headway"),
    ]  # fmt: skip


def test_a_choice_is_found_or_taken_up(system: System) -> None:
    row = rubrics.chosen(system=system, value=f"supplied:{KEY}")
    assert row.key == KEY
    assert rubrics.chosen(system=system, value=str(row.pk)) == row


def test_a_choice_that_is_none_is_refused(system: System) -> None:
    unfinished = draft("1A", system=system)
    foreign = RubricFactory.create()
    for value in ("", "x", "²", "9" * 40, "-1", "supplied:", "supplied:x", "\x00",
                  str(unfinished.pk), str(foreign.pk)):  # fmt: skip
        with pytest.raises(ValidationError) as problem:
            rubrics.chosen(system=system, value=value)
        assert list(problem.value.error_dict) == ["rubric"]
