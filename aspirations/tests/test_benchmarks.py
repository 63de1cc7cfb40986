"""Where benchmarks are shown: with the definition, the figures, the places, and the best year."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Metric, Series
from aspirations.tests.evidenced import judged_metric, signed_in, text_of, under_a_parent
from aspirations.tests.factories import BenchmarkFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
EVIDENCE = "/meridian/metrics/reading/"
DEFINITION, PLAN = f"{EVIDENCE}definition/", f"{EVIDENCE}trajectory/"
PLACES = "/meridian/places/?metric=reading"
FIGURE = "<b>61.0%</b> <b>State of Alderway, Peer system</b>, Jan 2024."
LEARN = "State of Alderway stands furthest above the whole system for the better: learn there too."


@pytest.fixture
def series() -> Series:
    return judged_metric()


@pytest.fixture
def metric(series: Series) -> Metric:
    found: Metric = series.metric
    return found


def test_the_definition_lists_them_and_offers_another(client: Client, metric: Metric) -> None:
    signed_in(client, metric.system)
    assert "No other system’s figure is here yet." in text_of(client, DEFINITION)
    row = BenchmarkFactory.create(metric=metric, address="javascript:alert(1)")
    page = text_of(client, DEFINITION)
    assert FIGURE in page
    assert "The same check, a month later." in page
    assert "javascript" not in page
    assert f"{EVIDENCE}benchmarks/{row.pk}/withdraw/" in page
    signed_in(client, metric.system, "viewer")
    page = text_of(client, DEFINITION)
    assert FIGURE in page
    assert "/benchmarks/" not in page


def test_the_figures_of_the_whole_system_stand_beside_them(client: Client, metric: Metric) -> None:
    signed_in(client, metric.system, "viewer")
    assert 'id="benchmarks"' not in text_of(client, EVIDENCE)
    BenchmarkFactory.create(metric=metric, yearly_change=3.5)
    page = text_of(client, EVIDENCE)
    assert f"{FIGURE} Gained 3.5 points in its best year." in page
    assert 'id="benchmarks"' not in text_of(client, f"{EVIDENCE}?segment=low-income")


def test_a_reader_of_the_parent_system_reads_them(client: Client, metric: Metric) -> None:
    BenchmarkFactory.create(metric=metric)
    above = under_a_parent(metric.system)
    client.force_login(MembershipFactory.create(system=above, role="viewer").user)
    assert FIGURE in text_of(client, EVIDENCE)


@pytest.mark.parametrize(
    ("direction", "value", "is_named"),
    [
        ("increase", 61.0, True), ("increase", 40.0, False), ("decrease", 61.0, False),
        ("decrease", 40.0, True), ("none", 61.0, False),
    ],
)  # fmt: skip
def test_places_name_whom_to_learn_from(
    client: Client, metric: Metric, direction: str, value: float, is_named: bool
) -> None:
    """The whole system stands at 56.1."""
    for segment in metric.system.segments.exclude(code="all"):
        segment.parts = {"income": segment.code}
        segment.save()
    metric.direction = direction
    metric.save()
    BenchmarkFactory.create(metric=metric, value=value)
    BenchmarkFactory.create(metric=metric, value=56.1, name="Lindmark", kind="best_in_class")
    signed_in(client, metric.system, "viewer")
    page = text_of(client, PLACES)
    assert f"<dt>State of Alderway, Peer system</dt><dd>{value}%</dd>" in page
    assert "The same check, a month later." in page.split('id="elsewhere"')[1]
    assert (LEARN in page) is is_named


def test_the_steepest_year_is_held_against_the_peers(client: Client, metric: Metric) -> None:
    """The path asks for more than the figures ever gained, and less than a peer did."""
    signed_in(client, metric.system)
    before = text_of(client, PLAN).split("Steepest year asks for")[0]
    assert before.rsplit("vh", 1)[1].count("To be answered:") == 1
    assert "Best comparable system" not in text_of(client, PLAN)
    BenchmarkFactory.create(metric=metric, yearly_change=8.0, period=date(2024, 6, 1))
    page = text_of(client, PLAN)
    assert "Best comparable system: 8.0 points." in page
    assert page.split("Steepest year asks for")[0].rsplit("vh", 1)[1].count("In order:") == 1
