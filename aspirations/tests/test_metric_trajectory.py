"""The trajectory tab: who may read it, the path, the plan and every version."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from aspirations.models import Series, Target, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.tests.evidenced import DUE, judged_metric, signed_in, text_of, under_a_parent
from aspirations.tests.factories import (
    MembershipFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
)

ADDRESS = "/meridian/metrics/reading/trajectory/"


@pytest.fixture
def series(db: None) -> Series:
    return judged_metric(groups=False)


def versions(series: Series, count: int) -> None:
    """So many later versions, of which the last is in force."""
    for number in range(2, count + 2):
        series.trajectories.update(status=Agreement.SUPERSEDED)
        series.targets.update(status=Agreement.SUPERSEDED)
        agreed = {"status": Agreement.AGREED, "reason": f"Version {number}", "version": number}
        target = Target.objects.create(series=series, due=DUE, value=72.0 - number, **agreed)
        Trajectory.objects.create(
            series=series, baseline=series.baselines.get(), target=target, **agreed
        )


def test_it_shows_path_plan_and_versions(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert '<svg class="wide"' in page
    assert "Agreed with finance" in page
    assert "72%, Dec 2026" in page
    assert 'aria-current="page">Trajectory and plan</a>' in page
    assert "<title>Trajectory and plan, Reading" in page


def test_earlier_versions_stay_with_their_reasons_as_ghosts(client: Client, series: Series) -> None:
    versions(series, 1)
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert page.index("Version 2") < page.index("Agreed with finance")
    assert page.count('class="l-ghost"') == 2, "on the wide drawing and on the narrow one"
    assert "Faint dashed lines: paths agreed before." in page


def test_a_draft_is_no_version(client: Client, series: Series) -> None:
    path = series.trajectories.get()
    Trajectory.objects.create(
        series=series, baseline=path.baseline, target=path.target, version=2, reason="Still open"
    )
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert "Still open" not in page


def test_without_a_path_it_says_what_one_is_for(client: Client, series: Series) -> None:
    segment = SegmentFactory.create(system=series.metric.system, code="x")
    bare = SeriesFactory.create(metric=series.metric, segment=segment)
    signed_in(client, series.metric.system)
    page = text_of(client, f"{ADDRESS}?segment={bare.segment.code}")
    assert "No path is agreed yet" in page
    draft = reverse("new_draft", args=["meridian", "reading"])
    assert draft in page
    signed_in(client, series.metric.system, "viewer")
    assert draft not in text_of(client, f"{ADDRESS}?segment={bare.segment.code}")


def test_a_reader_of_the_parent_system_finds_nothing(client: Client, series: Series) -> None:
    client.force_login(
        MembershipFactory.create(system=under_a_parent(series.metric.system), role="viewer").user
    )
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_roles_that_read_no_plan_find_nothing(client: Client, series: Series, role: str) -> None:
    signed_in(client, series.metric.system, role)
    assert client.get(ADDRESS).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    signed_in(client, SystemFactory.create())
    assert client.get(ADDRESS).status_code == 404


def test_an_unknown_segment_is_not_found(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert client.get(f"{ADDRESS}?segment=nowhere").status_code == 404


def test_it_is_only_read(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert client.post(ADDRESS).status_code == 405


def test_queries_do_not_grow_with_versions(
    client: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    versions(series, 2)
    signed_in(client, series.metric.system)
    client.get(ADDRESS)
    with django_assert_max_num_queries(30) as few:
        client.get(ADDRESS)
    for number in range(10, 25):
        path = series.trajectories.filter(status=Agreement.AGREED).get()
        Trajectory.objects.create(
            series=series, baseline=path.baseline, target=path.target, version=number,
            status=Agreement.SUPERSEDED, reason="Earlier", agreed_at=path.agreed_at,
        )  # fmt: skip
    with django_assert_max_num_queries(len(few)):
        client.get(ADDRESS)
