"""The database itself refuses what must never be: every constraint of the room, violated."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from aspirations.models import (
    Commitment,
    DataQuality,
    Effect,
    Import,
    Intervention,
    Judgment,
    ObservationRevision,
    Overlap,
    Placement,
    Policy,
    Rebase,
    Target,
    Trajectory,
)
from aspirations.tests.factories import (
    AspirationFactory,
    MetricFactory,
    ObservationFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
)
from aspirations.tests.services import refused
from aspirations.tests.services.refused import again

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START, END = date(2024, 1, 1), date(2025, 1, 1)


def commitment(**fields: Any) -> Commitment:
    metric = fields.pop("metric", None) or MetricFactory()
    return Commitment.objects.create(
        metric=metric, target_value=9.0,
        **{"baseline_period": START, "target_period": END, **fields},
    )  # fmt: skip


def promise_of_a_place(**fields: Any) -> Commitment:
    segment = SegmentFactory(code="north")
    return commitment(metric=MetricFactory(system=segment.system), segment=segment, **fields)


def path(**fields: Any) -> Trajectory:
    return agreed_path(SeriesFactory(), (START, 1.0), (END, 9.0), **fields)


def target() -> Target:
    return path().target


def judgment(**fields: Any) -> Judgment:
    return Judgment.objects.create(
        series=SeriesFactory(), seq=1, as_of=START, engine_version="1", input_hash="0",
        **{"light": "G", **fields},
    )  # fmt: skip


def brought(rows: int) -> Import:
    return Import.objects.create(
        system=SystemFactory(), file_name="f.csv", sha256="0", rows=rows, added=1, changed=1,
        unchanged=1,
    )  # fmt: skip


def revision(**fields: Any) -> ObservationRevision:
    return ObservationRevision.objects.create(
        observation=ObservationFactory(), number=0, published_on=START,
        recorded_at=timezone.now(), **{"value": 1.0, **fields},
    )  # fmt: skip


def placed() -> Placement:
    return Placement.objects.create(metric=MetricFactory(), aspiration=AspirationFactory())


def rebase(**fields: Any) -> Rebase:
    return Rebase.objects.create(series=SeriesFactory(), period=START, **fields)


def intervention(**fields: Any) -> Intervention:
    return Intervention.objects.create(
        system=fields.pop("system", None) or SystemFactory(),
        **{"slug": "coaches", "name": "Coaches", **fields},
    )


def effect(**fields: Any) -> Effect:
    trajectory = fields.pop("trajectory", None) or path(status="draft")
    work = intervention(system=trajectory.series.metric.system, slug=fields.pop("slug", "coaches"))
    return Effect.objects.create(
        trajectory=trajectory, intervention=work, **{"start": START, "mid": 1.0, **fields}
    )


def overlap(**fields: Any) -> Overlap:
    first = effect()
    second = effect(trajectory=first.trajectory, slug="tutors")
    return Overlap.objects.create(**{"first": first, "second": second, "amount": 0.6, **fields})


def rating(**fields: Any) -> DataQuality:
    return DataQuality.objects.create(
        metric=MetricFactory(), rated_on=START,
        **{"accuracy": 3, "timeliness": 3, "comparability": 3, **fields},
    )  # fmt: skip


def backwards(row: Overlap) -> None:
    again(row, first=row.second, second=row.first)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "aspiration_slug": lambda: again(AspirationFactory()),
    "aspiration_titled": lambda: AspirationFactory(title=""),
    "placement_once": lambda: again(placed()),
    "metric_slug": lambda: again(MetricFactory()),
    "metric_year_starts_is_a_month": lambda: MetricFactory(year_starts=13),
    "metric_rate_per_positive": lambda: MetricFactory(rate_per=0.0),
    "metric_decimals_up_to_six": lambda: MetricFactory(decimals=7),
    "metric_bounds_in_order": lambda: MetricFactory(lower_bound=1.0, upper_bound=1.0),
    "metric_band_in_order": lambda: MetricFactory(direction="band", band_low=2.0, band_high=1.0),
    "metric_band_only_for_bands": lambda: MetricFactory(band_low=1.0),
    "segment_code": lambda: again(SegmentFactory()),
    "segment_coded": lambda: SegmentFactory(code=""),
    "series_once": lambda: again(SeriesFactory()),
    "policy_version": lambda: again(Policy.objects.create(system=SystemFactory())),
    "import_rows_add_up": lambda: brought(4),
    "observation_once": lambda: again(ObservationFactory()),
    "observation_value_or_reason": lambda: ObservationFactory(value=None),
    "observation_value_finite": lambda: ObservationFactory(value=float("inf")),
    "observation_period_in_range": lambda: ObservationFactory(period=date(1899, 12, 31)),
    "observation_parts_together": lambda: ObservationFactory(numerator=1.0),
    "revision_once": lambda: again(revision()),
    "revision_value_or_reason": lambda: revision(missing_reason="missing"),
    "revision_value_finite": lambda: revision(value=float("-inf")),
    "revision_parts_together": lambda: revision(numerator=1.0, denominator=0.0),
    "commitment_range_in_order": lambda: commitment(low=2.0, high=1.0),
    "commitment_baseline_over_periods": lambda: commitment(baseline_periods=2),
    "commitment_version": lambda: again(promise_of_a_place(superseded_at=timezone.now())),
    "commitment_version_for_all": lambda: again(commitment(superseded_at=timezone.now())),
    "commitment_one_in_force": lambda: again(promise_of_a_place(), version=2),
    "commitment_one_for_all": lambda: again(commitment(), version=2),
    "commitment_target_after_baseline": lambda: commitment(target_period=START),
    "baseline_version": lambda: again(path().baseline),
    "target_version": lambda: again(target(), status="superseded"),
    "target_one_agreed": lambda: again(target(), version=2),
    "target_told_when_agreed": lambda: again(target(), version=2, due=START, agreed_at=None),
    "trajectory_told_when_agreed": lambda: again(
        path(), version=2, status="superseded", agreed_at=None
    ),
    "trajectory_range_in_order": lambda: again(path(), version=2, status="draft", low=1.0),
    "trajectory_version": lambda: again(path(), status="superseded"),
    "trajectory_one_agreed": lambda: again(path(), version=2),
    "trajectory_known_shape": lambda: again(path(), version=2, status="draft", shape="zigzag"),
    "intervention_slug": lambda: again(intervention()),
    "intervention_named": lambda: intervention(name=""),
    "effect_once": lambda: again(effect()),
    "effect_attribution_is_a_share": lambda: effect(attribution=1.01),
    "overlap_once": lambda: again(overlap()),
    "overlap_of_two": lambda: backwards(overlap()),
    "overlap_positive": lambda: overlap(amount=0.0),
    "definition_version": lambda: again(MetricFactory().definitions.get()),
    "quality_on_the_scale": lambda: rating(accuracy=5),
    "rebase_one_in_force": lambda: again(rebase(reason="New definition.")),
    "rebase_withdrawal_reasoned": lambda: rebase(
        reason="New definition.", withdrawn_at=timezone.now()
    ),
    "rebase_reasoned": lambda: rebase(reason=""),
    "judgment_once": lambda: again(judgment()),
    "judgment_reason_when_not_judged": lambda: judgment(light="N"),
    "judgment_likelihood_is_a_share": lambda: judgment(likelihood=1.01),
    **refused.VIOLATIONS,
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name]()
    # SQLite names the columns of a broken uniqueness, not its constraint.
    if connection.vendor == "postgresql" or "CHECK" in str(refusal.value):
        assert f"aspirations_{name}" in str(refusal.value)


def test_every_constraint_of_the_room_is_violated_here() -> None:
    kept = {
        constraint.name
        for model in apps.get_app_config("aspirations").get_models()
        for constraint in model._meta.constraints
    }
    assert kept == {f"aspirations_{name}" for name in VIOLATIONS}


OTHER_SIDES: list[Callable[[], Any]] = [
    lambda: ObservationFactory(value=float("-inf")),
    lambda: ObservationFactory(missing_reason="missing"),
    lambda: ObservationFactory(period=date(2201, 1, 1)),
    lambda: judgment(likelihood=-0.01),
    lambda: rating(relevance=0),
    lambda: rating(clarity=5),
    lambda: judgment(not_judged_reason="stale"),
    lambda: MetricFactory(year_starts=0),
    *refused.OTHER_SIDES,
]


@pytest.mark.parametrize("violate", OTHER_SIDES)
def test_the_other_side_of_a_bound_is_refused_too(violate: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        violate()


def test_not_a_number_is_never_stored_as_a_value() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ObservationFactory(value=float("nan"))


@pytest.mark.parametrize("name", ["segment", "metric", "aspiration"])
def test_what_others_rest_on_cannot_be_deleted(name: str) -> None:
    series = ObservationFactory().series
    place = Placement.objects.create(
        metric=series.metric, aspiration=AspirationFactory(system=series.metric.system)
    )
    row = {"segment": series.segment, "metric": series.metric, "aspiration": place.aspiration}[name]
    with pytest.raises(models.ProtectedError):
        row.delete()
