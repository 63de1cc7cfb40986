"""Who may read the page of a metric, and what else is asked of its address."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import (
    Metric,
    Series,
)
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SystemFactory,
    UserFactory,
)
from aspirations.tests.metric_page.reading import add_segments, address, shown
from people.models import System, User

pytestmark = pytest.mark.django_db


def test_a_member_reads_it(client: Client, series: Series, reader: User) -> None:
    assert "Reading" in shown(client)


def test_a_reader_of_the_parent_system_reads_it(
    client: Client, series: Series, system: System
) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = shown(client)
    assert "Agreed with finance" not in page, "versions of a plan are for the system itself"


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_roles_that_read_no_dashboard_find_nothing(
    client: Client, series: Series, system: System, role: str
) -> None:
    client.force_login(MembershipFactory.create(system=system, role=role).user)
    assert client.get(address()).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(address()).status_code == 404


def test_an_installation_administrator_is_a_stranger_too(client: Client, series: Series) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert client.get(address()).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, series: Series) -> None:
    response = client.get(address())
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("query", ["?segment=nowhere", "?segment=' OR 1=1", "?segment=%00"])
def test_an_unknown_segment_is_not_found(
    client: Client, series: Series, reader: User, query: str
) -> None:
    assert client.get(address(query)).status_code == 404


def test_a_metric_of_another_system_is_not_found(
    client: Client, series: Series, reader: User
) -> None:
    other = MetricFactory.create(slug="elsewhere")
    assert client.get(reverse("metric", args=["meridian", other.slug])).status_code == 404


def test_it_is_only_read(client: Client, series: Series, reader: User) -> None:
    assert client.post(address()).status_code == 405


@pytest.mark.parametrize("query", ["?light=X", "?page=x", "?page=999", "?all=x", "?light="])
def test_odd_filters_show_everything(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 2)
    assert "District 000" in shown(client, query)
