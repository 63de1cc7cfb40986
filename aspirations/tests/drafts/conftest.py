"""A metric with figures and a draft that five years of work are to carry."""

from datetime import date

import pytest

from aspirations.models import Metric, Series, Trajectory
from aspirations.services import interventions, trajectories
from aspirations.services.baselines import Start
from aspirations.tests.factories import MetricFactory, SeriesFactory, SystemFactory, observe
from people.models import System

START, END = date(2024, 6, 1), date(2028, 6, 1)


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian", reporting_date=date(2025, 3, 14))
    interventions.create(system=row, slug="coaches", values={"name": "Coaches"})
    interventions.create(system=row, slug="block", values={"name": "Daily reading block"})
    return row


@pytest.fixture
def metric(system: System) -> Metric:
    row: Metric = MetricFactory.create(system=system, slug="reading", name="Reading")
    return row


@pytest.fixture
def series(metric: Metric) -> Series:
    row: Series = SeriesFactory.create(metric=metric)
    observe(row, date(2023, 6, 1), [50.0 + 0.2 * n for n in range(21)])
    return row


@pytest.fixture
def draft(series: Series) -> Trajectory:
    """From 54.2 to 72, of which the coaches bring 4.1."""
    return trajectories.draft(
        series=series, start=Start(START, 54.2), target=(END, 72.0),
        effects=[{"intervention": "coaches", "start": date(2024, 10, 1), "ramp": 14, "mid": 4.1}],
        reason="A first proposal.",
    )  # fmt: skip


@pytest.fixture
def sent(draft: Trajectory) -> Trajectory:
    return trajectories.send(trajectory=draft)


@pytest.fixture
def agreed(draft: Trajectory) -> Trajectory:
    """The draft, put in force."""
    return trajectories.agree(trajectory=draft, reason="Adopted with the budget.")
