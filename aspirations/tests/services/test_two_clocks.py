"""Two clocks: whatever is corrected, superseded or withdrawn later, an old judgment comes again."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from aspirations.models import (
    DataQuality,
    Effect,
    Intervention,
    Judgment,
    Observation,
    ObservationRevision,
    Policy,
    Rebase,
    Series,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from aspirations.services.blocks import gather
from aspirations.services.judging import judge_all_stale, judge_now, verdicts_of
from aspirations.services.replay import differs, replayed, verify
from aspirations.tests.factories import SeriesFactory, SystemFactory, agreed_path, observe

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START, LATEST, DAY = date(2024, 1, 1), date(2024, 11, 1), date(2024, 12, 15)


@pytest.fixture
def series() -> Series:
    """A monthly series ten points into a path of twenty-four months, with one rebase."""
    row = SeriesFactory(metric__system=SystemFactory(reporting_date=DAY))
    values = [50 + 0.9 * step + (0.4 if step % 2 else -0.4) for step in range(11)]
    observe(row, START, values)
    agreed_path(row, (START, 50.0), (date(2026, 1, 1), 74.0))
    Rebase.objects.create(series=row, period=date(2024, 3, 1), reason="New definition.")
    judge_now([row.pk])
    return row


def correct(row: Observation, value: float | None, reason: str = "") -> None:
    """As an import does: the old value is kept, and both carry one moment."""
    now = timezone.now()
    ObservationRevision.objects.create(
        observation=row, number=row.revision, value=row.value, missing_reason=row.missing_reason,
        published_on=row.published_on, recorded_at=row.recorded_at, replaced_at=now,
    )  # fmt: skip
    row.value, row.missing_reason, row.recorded_at = value, reason, now
    row.revision += 1
    row.save()


def correct_twice(series: Series) -> None:
    row = series.observations.get(period=LATEST)
    correct(row, 40.0)
    correct(row, 41.0)


def add_late(series: Series) -> None:
    observe(series, date(2024, 12, 1), [58.0])
    series.observations.filter(period=date(2024, 12, 1)).update(published_on=DAY)


def supersede(series: Series) -> None:
    agree(drafted(series, shape="s_curve", parameters={"c": 8.0}))


def carry_by_work(series: Series) -> None:
    path = drafted(series, shape="interventions", parameters={"drift": 0.1})
    work = Intervention.objects.create(system=series.metric.system, slug="work", name="Work")
    Effect.objects.create(
        trajectory=path, intervention=work, start=date(2024, 3, 1), mid=12.0, low=8.0, high=15.0,
        lag=2, ramp=6, attribution=0.8,
    )  # fmt: skip
    agree(path)


def drafted(series: Series, **form: Any) -> Trajectory:
    old = series.trajectories.get()
    return Trajectory.objects.create(
        series=series, version=2, baseline=old.baseline, target=old.target, **form
    )


def agree(path: Trajectory) -> None:
    now = timezone.now()
    old = Trajectory.objects.in_force().get(series=path.series)
    old.status, old.superseded_at = Agreement.SUPERSEDED, now
    old.save()
    path.status, path.agreed_at = Agreement.AGREED, now
    path.save()


def withdraw(series: Series) -> None:
    series.rebases.update(withdrawn_at=timezone.now(), withdrawal_reason="A mistake.")


def redefine(series: Series) -> None:
    metric = series.metric
    metric.direction, metric.upper_bound, metric.policy_overrides = "decrease", 90.0, {"tau": 0.2}
    metric.save()


CHANGES: dict[str, Callable[[Series], object]] = {
    "a figure corrected": lambda row: correct(row.observations.get(period=LATEST), 40.0),
    "a figure corrected twice": correct_twice,
    "a figure taken back": lambda row: correct(
        row.observations.get(period=LATEST), None, "withheld"
    ),
    "a figure that came later": add_late,
    "a path superseded": supersede,
    "a path of interventions": carry_by_work,
    "a policy": lambda row: Policy.objects.create(
        system=row.metric.system, values={"tau": 0.2}, reason="Stricter."
    ),
    "a rebase made": lambda row: Rebase.objects.create(
        series=row, period=date(2024, 6, 1), reason="Another definition."
    ),
    "a rebase withdrawn": withdraw,
    "another definition": redefine,
    "a rating": lambda row: DataQuality.objects.create(
        metric=row.metric, rated_on=DAY, accuracy=1, timeliness=4, comparability=4
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_an_old_judgment_comes_again_whatever_changed_since(
    series: Series, change: Callable[[Series], object]
) -> None:
    old = Judgment.objects.get()
    change(series)
    assert judge_now([series.pk]).written == 1
    new = Judgment.objects.get(seq=2)
    assert new.input_hash != old.input_hash
    assert differs(old, replayed(old)) == {}
    assert differs(new, replayed(new)) == {}
    assert "input_hash" in differs(old, replayed(new))
    assert list(verify(Series.objects.all())) == []


def test_a_judgment_that_was_tampered_with_is_found(series: Series) -> None:
    Observation.objects.filter(period=LATEST).update(value=40.0)
    (found,) = verify(Series.objects.all())
    assert found.judgment == Judgment.objects.get()
    assert found.values["actual"][1] == 40.0
    assert "input_hash" in found.values
    assert "actual 5" in str(found)


def test_nothing_was_known_before_it_was_recorded(series: Series) -> None:
    before = Observation.objects.order_by("recorded_at")[0].recorded_at - timedelta(seconds=1)
    verdict = verdicts_of([series.pk], DAY, before)[0].judgment
    assert (verdict.period, verdict.light, verdict.not_judged_reason) == (None, "N", "no_target")
    assert verdict.computed_at == before


def test_an_earlier_version_counts_by_its_own_day_of_publication(series: Series) -> None:
    row = series.observations.get(period=LATEST)
    told = timezone.now()
    correct(row, 40.0)
    Observation.objects.filter(pk=row.pk).update(published_on=date(2024, 12, 31))
    known = gather([series], DAY, told)
    assert next(known).block.actual[0, -1] == row.revisions.get().value
    assert next(gather([series], DAY)).block.actual.shape == (1, 10)


def test_a_draft_and_a_withdrawn_path_were_never_in_force(series: Series) -> None:
    old = series.trajectories.get()
    Trajectory.objects.filter(pk=old.pk).update(status=Agreement.WITHDRAWN)
    assert verdicts_of([series.pk], DAY, timezone.now())[0].judgment.trajectory is None


def test_a_replay_stores_nothing_and_leaves_the_queue_alone(series: Series) -> None:
    replayed(Judgment.objects.get())
    assert Judgment.objects.count() == 1
    assert judge_all_stale().judged == 0


def test_the_metric_in_hand_keeps_its_own_values(series: Series) -> None:
    told = timezone.now()
    redefine(series)
    then = next(gather([series], DAY, told))
    assert then.metrics[0].direction == "increase"
    assert series.metric.direction == "decrease"
