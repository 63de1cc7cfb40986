"""From draft to agreement: who may, what is refused, and that exactly one is in force."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from aspirations.models import Baseline, Commitment, Effect, Overlap, Series, Target, Trajectory
from aspirations.services import interventions, trajectories
from aspirations.services.baselines import Start
from aspirations.services.commitments import settle, state
from aspirations.services.paths import check_bounds
from aspirations.services.versions import terms
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    UserFactory,
    observe,
)
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
START, END, LATER = date(2024, 1, 1), date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def series() -> Series:
    row: Series = SeriesFactory()
    observe(row, START, [60.0, 61.0])
    return row


def person(series: Series, role: str) -> User:
    user: User = MembershipFactory(system=series.metric.system, role=role).user
    return user


def drafted(series: Series, value: float = 90.0, **more: Any) -> Trajectory:
    said = {"start": Start(START, 60.0), "target": (END, value), **more}
    return trajectories.draft(series=series, **said)


def in_force(series: Series) -> Trajectory:
    row: Trajectory = Trajectory.objects.in_force().get(series=series)
    return row


# --- drafts --------------------------------------------------------------------------------


def test_a_draft_is_written_and_judges_nothing(series: Series) -> None:
    author = person(series, "plan_owner")
    Series.objects.update(stale_since=None)
    row = drafted(series, author=author, reason="First thoughts.")
    assert (row.status, row.version, row.author) == ("draft", 1, author)
    assert not Target.objects.in_force().exists()
    assert Series.objects.get().stale_since is None
    assert AuditEntry.objects.get(action="draft").reason == "First thoughts."


def test_a_draft_is_revised_and_keeps_what_is_not_named(series: Series) -> None:
    row = drafted(series, reason="First thoughts.")
    form = {"shape": "points", "points": [["2025-01-01", 80.0]]}
    revised = trajectories.revise(trajectory=row, target=(LATER, 95.0), form=form)
    assert (revised.pk, revised.target.due, revised.target.value) == (row.pk, LATER, 95.0)
    assert (revised.shape, revised.baseline.value) == ("points", 60.0)
    assert revised.reason == "First thoughts."
    assert Target.objects.count() == 1
    line = AuditEntry.objects.get(action="revise")
    assert (line.before["target_value"], line.after["target_value"]) == (90.0, 95.0)


def test_a_draft_is_withdrawn_and_keeps_its_number(series: Series) -> None:
    trajectories.withdraw(trajectory=drafted(series), reason="No money.")
    assert Trajectory.objects.get().status == Target.objects.get().status == "withdrawn"
    assert drafted(series).version == 2


def test_a_baseline_comes_from_the_figures(series: Series) -> None:
    row = drafted(series, start=Start(date(2024, 2, 1), method="mean", periods=2))
    assert (row.baseline.value, row.baseline.method) == (60.5, "mean")
    with pytest.raises(ValidationError, match=r"still to come \(2024-03\)"):
        drafted(series, start=Start(date(2024, 3, 1)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"target": (START, 90.0)}, "does not come after the baseline"),
        ({"form": {"shape": "zigzag"}}, "Unknown trajectory shape"),
        ({"form": {"shape": "points"}}, "has no points"),
        ({"effects": [{"intervention": "ghost", "start": START, "mid": 1.0}]}, "“ghost” is not"),
    ],
)
def test_a_draft_that_cannot_be_drawn_is_refused(
    series: Series, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        drafted(series, **changes)
    assert not Trajectory.objects.exists()


# --- agreement -----------------------------------------------------------------------------


def test_a_leader_agrees_and_it_is_in_force_and_frozen(series: Series) -> None:
    leader = person(series, "system_leader")
    Series.objects.update(stale_since=None)
    trajectories.agree(
        trajectory=drafted(series), actor=leader, reason="Budget.", agreed_on=date(2024, 2, 3)
    )
    row = in_force(series)
    assert (row.reason, row.agreed_on) == ("Budget.", date(2024, 2, 3))
    assert row.target.status == "agreed"
    assert Series.objects.get().stale_since is not None
    assert AuditEntry.objects.get(action="agree").actor == leader
    row.shape = "points"
    with pytest.raises(ValidationError, match="frozen"):
        row.save()


def test_one_ends_at_the_moment_the_next_begins(series: Series) -> None:
    trajectories.agree(trajectory=drafted(series))
    trajectories.agree(trajectory=drafted(series, 85.0), reason="Funding was cut.")
    for model in (Trajectory, Target):
        first, second = model.objects.filter(series=series).order_by("version")
        assert (first.status, second.status) == ("superseded", "agreed")
        assert first.superseded_at == second.agreed_at
    assert at(series, in_force(series).agreed_at) == [2]


def at(series: Series, moment: datetime | None) -> list[int]:
    """Versions in force at a moment."""
    rows = Trajectory.objects.filter(series=series, agreed_at__lte=moment)
    return [row.version for row in rows if row.superseded_at is None or row.superseded_at > moment]


def test_a_kept_target_stays_the_same_version(series: Series) -> None:
    trajectories.agree(trajectory=drafted(series))
    row = drafted(series, form={"shape": "points", "points": [["2025-01-01", 80.0]]})
    trajectories.agree(trajectory=row, reason="Slower at first.")
    assert Target.objects.get().status == "agreed"
    assert Baseline.objects.count() == 1


def test_a_copy_starts_as_the_version_it_is_taken_from(series: Series) -> None:
    first = trajectories.agree(trajectory=drafted(series))
    copy = trajectories.copy_of(first, reason="To be changed.")
    assert terms(copy) == terms(first)
    assert copy.status == "draft"
    with pytest.raises(ValidationError, match="says what version 1, in force, says already"):
        trajectories.agree(trajectory=copy, reason="To be changed.")


@pytest.mark.parametrize("reason", ["", "  ", "  Too low.  "])
def test_a_change_of_what_was_agreed_needs_a_reason(series: Series, reason: str) -> None:
    trajectories.agree(trajectory=drafted(series))
    with pytest.raises(ValidationError, match="and needs a reason of at least 10"):
        trajectories.agree(trajectory=drafted(series, 85.0), reason=reason)
    assert in_force(series).version == 1


def test_a_reason_given_before_moves_nothing(series: Series) -> None:
    trajectories.agree(trajectory=drafted(series), reason="Budget of 2024.")
    with pytest.raises(ValidationError, match="only with a new reason"):
        trajectories.agree(trajectory=drafted(series, 85.0), reason="Budget of 2024.")


@pytest.mark.parametrize("status", ["agreed", "superseded", "withdrawn"])
def test_only_a_draft_is_revised_agreed_or_withdrawn(series: Series, status: str) -> None:
    row = drafted(series)
    if status == "withdrawn":
        trajectories.withdraw(trajectory=row)
    else:
        trajectories.agree(trajectory=row)
    if status == "superseded":
        trajectories.agree(trajectory=drafted(series, 80.0), reason="Funding was cut.")
    for act in (trajectories.revise, trajectories.agree, trajectories.withdraw):
        with pytest.raises(ValidationError, match=f"is {status} and frozen"):
            act(trajectory=row)


# --- who may -------------------------------------------------------------------------------

MAY_WRITE = {"system_leader", "delivery_leader", "unit_staff", "plan_owner"}
MAY_AGREE = {"system_leader", "delivery_leader"}


@pytest.mark.parametrize(
    "role", [*sorted(MAY_WRITE), "accountable_head", "viewer", "data_provider", "reviewer"]
)
def test_who_may_write_and_who_may_agree(series: Series, role: str) -> None:
    actor = person(series, role)
    row = drafted(series)
    if role in MAY_WRITE:
        assert drafted(series, 80.0, author=actor).author == actor
    else:
        with pytest.raises(PermissionDenied):
            drafted(series, author=actor)
    if role in MAY_AGREE:
        trajectories.agree(trajectory=row, actor=actor)
    else:
        with pytest.raises(PermissionDenied):
            trajectories.agree(trajectory=row, actor=actor)
    assert Trajectory.objects.in_force().exists() is (role in MAY_AGREE)


def test_the_owner_of_a_plan_changes_only_what_they_wrote(series: Series) -> None:
    owner = person(series, "plan_owner")
    own, other = drafted(series, author=owner), drafted(series, 80.0)
    trajectories.revise(trajectory=own, actor=owner, reason="Mine.")
    for act in (trajectories.revise, trajectories.withdraw):
        with pytest.raises(PermissionDenied, match="another person's draft"):
            act(trajectory=other, actor=owner)
    staff = person(series, "unit_staff")
    trajectories.withdraw(trajectory=other, actor=staff, reason="No money for it.")


def test_leaders_of_other_systems_and_administrators_may_nothing(series: Series) -> None:
    row = drafted(series)
    administrator = UserFactory(is_staff=True, is_superuser=True)
    for actor in (administrator, MembershipFactory(role="system_leader").user):
        with pytest.raises(PermissionDenied):
            trajectories.agree(trajectory=row, actor=actor)


# --- beside promises of a file --------------------------------------------------------------


def stated(value: float) -> dict[str, Any]:
    return {
        "baseline_period": START, "baseline_value": None, "target_period": END,
        "target_value": value,
    }  # fmt: skip


def test_what_a_leader_agreed_is_not_moved_back_by_an_old_file(series: Series) -> None:
    state(metric=series.metric, segment=series.segment, stated=stated(90.0), reason="Budget.")
    settle(Series.objects.all())
    trajectories.agree(
        trajectory=trajectories.revise(
            trajectory=trajectories.copy_of(in_force(series)), target=(END, 85.0)
        ),
        reason="Funding was cut.",
    )
    assert settle(Series.objects.all()) == 0
    assert in_force(series).target.value == 85.0
    with pytest.raises(ValidationError, match=r"from 85.0 to 90.0.*new reason"):
        state(metric=series.metric, segment=series.segment, stated=stated(90.0), reason="Budget.")
    assert state(metric=series.metric, segment=series.segment, stated=stated(85.0)) is None


def test_a_promise_for_every_segment_leaves_alone_what_was_agreed_for_one(series: Series) -> None:
    state(metric=series.metric, segment=None, stated=stated(90.0))
    north = SeriesFactory(
        metric=series.metric, segment=SegmentFactory(system=series.metric.system, code="north")
    )
    observe(north, START, [50.0])
    settle(Series.objects.all())
    trajectories.agree(trajectory=drafted(series, 85.0), reason="Its own promise.")
    state(metric=series.metric, segment=None, stated=stated(95.0), reason="A bolder promise.")
    settle(Series.objects.all())
    assert in_force(series).target.value == 85.0
    assert in_force(north).target.value == 95.0
    assert Commitment.objects.in_force().count() == 2


# --- effects -------------------------------------------------------------------------------


def works(series: Series) -> list[dict[str, Any]]:
    """Two interventions of the system, stated with the gain they share."""
    for slug in ("coaches", "tutors"):
        interventions.create(
            system=series.metric.system, slug=slug, values={"name": slug.capitalize()}
        )
    first = {"intervention": "coaches", "start": START, "mid": 20.0, "ramp": 6, "evidence": "fair"}
    overlap = {"with": "coaches", "amount": 2.0, "note": "Eighteen schools."}
    return [first, {"intervention": "tutors", "start": END, "mid": 8.0, "overlaps": [overlap]}]


def carried(series: Series) -> Trajectory:
    form = {"shape": "interventions", "parameters": {"drift": 0.1}}
    return drafted(series, form=form, effects=works(series))


def test_a_draft_carries_its_effects_and_their_overlap(series: Series) -> None:
    row = carried(series)
    assert [effect.mid for effect in row.effects.all()] == [20.0, 8.0]
    overlap = Overlap.objects.get()
    assert (overlap.first.intervention.slug, overlap.amount) == ("coaches", 2.0)
    copy = trajectories.copy_of(row)
    assert terms(copy) == terms(row)
    assert Effect.objects.count() == 4


def test_effects_are_replaced_on_a_draft_and_frozen_after(series: Series) -> None:
    row = carried(series)
    trajectories.revise(
        trajectory=row, effects=[{"intervention": "tutors", "start": START, "mid": 9.0}]
    )
    effect = Effect.objects.get()
    assert (effect.mid, Overlap.objects.count()) == (9.0, 0)
    trajectories.agree(trajectory=row)
    effect.refresh_from_db()
    effect.mid = 1.0
    for act in (
        effect.save,
        effect.full_clean,
        effect.delete,
        Effect.objects.all().delete,
        lambda: Effect.objects.update(mid=1.0),
        lambda: Effect.objects.create(
            trajectory=effect.trajectory, intervention=effect.intervention, start=START, mid=2.0
        ),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            act()
    assert Effect.objects.get().mid == 9.0


def test_overlaps_are_frozen_with_their_path(series: Series) -> None:
    trajectories.agree(trajectory=carried(series))
    overlap = Overlap.objects.get()
    overlap.amount = 1.0
    for act in (
        overlap.save,
        overlap.full_clean,
        overlap.delete,
        Overlap.objects.all().delete,
        lambda: Overlap.objects.update(amount=1.0),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            act()
    assert Overlap.objects.get().amount == 2.0


# --- together ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_agree_at_once_one_stays_in_force() -> None:
    series = SeriesFactory()
    observe(series, START, [60.0])
    rows = [drafted(series, 80.0 + n) for n in range(8)]
    with ThreadPoolExecutor(max_workers=8) as people:
        done = list(people.map(agreed_alone, rows))
    assert done == [None] * 8
    assert Trajectory.objects.in_force().count() == Target.objects.in_force().count() == 1
    ends = Trajectory.objects.exclude(superseded_at=None).values_list("superseded_at", flat=True)
    begins = Trajectory.objects.values_list("agreed_at", flat=True)
    assert len(ends) == 7
    assert set(ends) < set(begins), "each ended as another began"


def agreed_alone(row: Trajectory) -> None:
    """Agree on a connection of one's own, as another web process would."""
    try:
        trajectories.agree(trajectory=row, reason=f"Reason {row.pk}.")
    finally:
        connection.close()


@pytest.mark.parametrize(("target", "bound"), [(101.0, "100"), (-0.5, "0")])
def test_a_target_beyond_the_bounds_is_refused(target: float, bound: str) -> None:
    metric = MetricFactory.build(lower_bound=0.0, upper_bound=100.0)
    with pytest.raises(
        ValidationError, match=f"target is {target:g}.*bound of the metric, {bound}"
    ):
        check_bounds(metric, target)
