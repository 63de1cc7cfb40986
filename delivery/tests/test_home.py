"""The way in: the only dashboard at once, a list of several, a kind word where there is none."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SystemFactory,
    UserFactory,
)
from people.models import System, User
from reviews.models import Round
from reviews.tests.factories import ParticipantFactory, RoundFactory

pytestmark = pytest.mark.django_db
# One is the frame's; one counts the systems that ask for a second factor, one finds reviews, and
# one the systems whose figures alone are brought in.
MOST_QUERIES = 8
NO_DASHBOARD = "There is no dashboard for you yet"


@pytest.fixture
def system() -> System:
    return SystemFactory.create(name="Meridian")


def member(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def listed(client: Client, query: str = "") -> str:
    response = client.get(reverse("home") + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_only_system_opens_at_once(client: Client, system: System) -> None:
    member(client, system)
    response = client.get(reverse("home"))
    assert response.status_code == 302
    assert response["Location"] == reverse("dashboard", args=[system.slug])


def test_the_only_system_can_still_be_listed(client: Client, system: System) -> None:
    member(client, system)
    assert reverse("dashboard", args=[system.slug]) in listed(client, "?all=1")


def test_several_systems_are_listed_by_name(client: Client, system: System) -> None:
    user = member(client, system)
    other = MembershipFactory.create(user=user, system__name="Avon").system
    page = listed(client)
    assert page.index("Avon") < page.index("Meridian")
    assert reverse("dashboard", args=[other.slug]) in page


def test_systems_of_others_are_never_listed(client: Client, system: System) -> None:
    SystemFactory.create(name="Secret Borough", tagline="Hidden away")
    member(client, system)
    page = listed(client, "?all=1")
    assert "Secret Borough" not in page
    assert "Hidden away" not in page


def test_a_member_of_a_parent_system_finds_what_lies_beneath(
    client: Client, system: System
) -> None:
    country = SystemFactory.create(name="Country")
    System.objects.filter(pk=system.pk).update(parent=country)
    member(client, country, "viewer")
    page = listed(client)
    assert "Country" in page
    assert "Meridian" in page


def test_who_only_brings_figures_in_goes_to_the_metrics(client: Client, system: System) -> None:
    user = member(client, system, "data_provider")
    to = reverse("metrics", args=[system.slug])
    assert client.get(reverse("home"))["Location"] == to
    other = MembershipFactory.create(
        user=user, role="data_provider", system__name="Riverside"
    ).system
    page = listed(client)
    assert "You bring in the figures of 2 systems." in page
    assert to in page
    assert reverse("metrics", args=[other.slug]) in page


def test_a_role_that_reads_no_dashboard_is_told_so(client: Client, system: System) -> None:
    member(client, system, "reviewer")
    page = listed(client)
    assert NO_DASHBOARD in page
    assert "Meridian" not in page


def test_who_only_takes_part_in_a_review_goes_there(client: Client, system: System) -> None:
    part = ParticipantFactory.create(round__system=system)
    RoundFactory.create(system=system, title="Of others")
    client.force_login(part.user)
    to = client.get(reverse("home"))["Location"]
    assert to == reverse("review", args=[system.slug, part.round.pk])
    page = listed(client, "?all=1")
    assert "You take part in 1 review." in page
    assert "Of others" not in page


def test_a_dashboard_and_an_open_review_are_both_listed(client: Client, system: System) -> None:
    part = ParticipantFactory.create(round__system=system, role="viewer", round__title="Spring")
    client.force_login(part.user)
    page = listed(client)
    assert "You can read 1 system." in page
    assert reverse("review", args=[system.slug, part.round.pk]) in page
    Round.objects.update(state="closed", closed_at=timezone.now())
    to = client.get(reverse("home"))["Location"]
    assert to == reverse("dashboard", args=[system.slug]), "a closed review is no way in"


def test_a_review_one_was_taken_off_is_gone(client: Client, system: System) -> None:
    part = ParticipantFactory.create(round__system=system)
    client.force_login(part.user)
    part.delete()
    assert NO_DASHBOARD in listed(client)


def test_someone_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = listed(client)
    assert NO_DASHBOARD in page
    assert "Ask the delivery leader" in page


def test_an_installation_administrator_opens_no_system(client: Client, system: System) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert NO_DASHBOARD in listed(client, "?all=1")


def test_metrics_without_a_judgment_are_counted_as_not_judged(
    client: Client, system: System
) -> None:
    MetricFactory.create_batch(3, system=system)
    member(client, system)
    words = listed(client, "?all=1").split('<li class="card">')[1]
    assert "<b>3</b>" in words
    assert "Not judged" in words
    assert "Green" not in words


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    response = client.get(reverse("home"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_it_is_only_read(client: Client, system: System) -> None:
    member(client, system)
    assert client.post(reverse("home")).status_code == 405


def test_queries_do_not_grow_with_the_list(
    client: Client, system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = member(client, system)
    for _place in range(12):
        place = MembershipFactory.create(user=user).system
        MetricFactory.create(system=place)
    with django_assert_max_num_queries(MOST_QUERIES):
        listed(client)


def test_who_only_looks_after_the_installation_comes_to_it(client: Client) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    assert client.get("/")["Location"] == "/installation/"
