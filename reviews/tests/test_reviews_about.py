"""The reviews of one aspiration: a small page, and a part of other rooms' pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from aspirations.models import Aspiration
from aspirations.tests.factories import AspirationFactory
from people.models import System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import Round
from reviews.tests.factories import ParticipantFactory, RoundFactory, RubricFactory
from reviews.tests.ladder import OTHERS, take_part

pytestmark = pytest.mark.django_db
QUERIES = 6
HTMX = {"HX-Request": "true"}


@pytest.fixture
def about() -> Aspiration:
    row: Aspiration = AspirationFactory.create(title="Every child reads well")
    return row


def to(about: Aspiration) -> str:
    return reverse("reviews_about", args=[about.system.slug, about.slug])


def review(about: Aspiration, title: str, **fields: Any) -> Round:
    row: Round = RoundFactory.create(system=about.system, aspiration=about, title=title, **fields)
    return row


def read(client: Client, about: Aspiration, **headers: str) -> str:
    response = client.get(to(about), headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_sees_the_rounds_about_it(client: Client, about: Aspiration, role: str) -> None:
    row = review(about, "Spring pass")
    RoundFactory.create(system=about.system, title="Of the whole system")
    review(AspirationFactory.create(system=about.system), "Of another aim")
    review(AspirationFactory.create(slug=about.slug), "Of another system")
    enter(client, about.system, role)
    page = read(client, about)
    assert "One capacity review is about this aspiration." in page
    assert reverse("review", args=[about.system.slug, row.pk]) in page
    for other in ("Of the whole system", "Of another aim", "Of another system"):
        assert other not in page
    assert "oalition" not in page.split("<main")[1].split("</main>")[0]


def test_those_across_boundaries_stand_first(client: Client, about: Aspiration) -> None:
    across = RubricFactory.create(system=about.system, lens="triangle")
    review(about, "Old and across", rubric=across, starts=date(2025, 1, 6))
    review(about, "Newest of all", starts=date(2026, 3, 9))
    review(about, "Before rubrics", rubric=None, starts=date(2026, 3, 3))
    enter(client, about.system, "unit_staff")
    page = read(client, about)
    places = [page.index(name) for name in ("Old and across", "Newest of all", "Before rubrics")]
    assert places == sorted(places)
    assert page.count("Across boundaries") == 1


def test_a_part_is_given_to_who_asks_for_one(client: Client, about: Aspiration) -> None:
    review(about, "Spring pass")
    enter(client, about.system, "unit_staff")
    part = client.get(to(about), headers=HTMX)
    assert "Spring pass" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]
    assert "<html" in read(client, about)


@pytest.mark.parametrize(("role", "writes"), [("unit_staff", True), ("system_leader", False)])
def test_an_empty_one_teaches(client: Client, about: Aspiration, role: str, writes: bool) -> None:
    enter(client, about.system, role)
    page = read(client, about)
    assert "No capacity review is about this aspiration" in page
    assert (reverse("new_round", args=[about.system.slug]) in page) is writes


def test_a_reviewer_sees_their_round_alone(client: Client, about: Aspiration) -> None:
    mine = review(about, "Spring pass")
    review(about, "Autumn pass")
    take_part(client, mine)
    page = read(client, about)
    assert "Spring pass" in page
    assert "Autumn pass" not in page


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_who_is_named_nowhere_finds_no_such_page(
    client: Client, about: Aspiration, role: str
) -> None:
    review(about, "Spring pass")
    enter(client, about.system, role)
    for headers in ({}, HTMX):
        assert client.get(to(about), headers=headers).status_code == 404


def test_strangers_members_of_a_parent_and_administrators_find_nothing(
    client: Client, about: Aspiration
) -> None:
    review(about, "Spring pass")
    parent = SystemFactory.create()
    System.objects.filter(pk=about.system.pk).update(parent=parent)
    for user in (
        UserFactory.create(),
        MembershipFactory.create(system=parent, role="delivery_leader").user,
        UserFactory.create(is_staff=True, is_superuser=True),
    ):
        prove(client, user)
        assert client.get(to(about)).status_code == 404
    client.logout()
    assert client.get(to(about)).status_code == 302


def test_an_aspiration_that_is_not_there_is_not_found(client: Client, about: Aspiration) -> None:
    enter(client, about.system, "delivery_leader")
    missing = reverse("reviews_about", args=[about.system.slug, "no-such-aim"])
    assert client.get(missing).status_code == 404


def test_a_second_factor_is_asked_of_who_would_come_in_with_it(
    client: Client, about: Aspiration
) -> None:
    part = ParticipantFactory.create(round=review(about, "Spring pass"), role="viewer")
    System.objects.filter(pk=about.system.pk).update(second_factor="leaders")
    prove(client, part.user)
    assert client.get(to(about))["Location"].startswith(reverse("second_factor"))
    prove(client, part.user, "mfa")
    assert client.get(to(about)).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, about: Aspiration, method: str) -> None:
    enter(client, about.system, "delivery_leader")
    assert getattr(client, method)(to(about)).status_code == 405


def test_queries_do_not_grow_with_the_list(
    client: Client, about: Aspiration, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, about.system, "unit_staff")
    for number in (2, 20):
        for place in range(number):
            review(about, f"Pass {place}")
        read(client, about)
        with django_assert_num_queries(QUERIES):
            read(client, about)
