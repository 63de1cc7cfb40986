"""What one version of a path rests on and says: its baseline, target and effects, and its trail."""

import json
import zlib
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aspirations.models import Baseline, Metric, Series, Target, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.services.agreeing import next_versions
from aspirations.services.baselines import Start, check_start, found
from aspirations.services.interventions import attach, effects_of
from aspirations.services.paths import FORM, check_path, path_of
from people.models import System, User
from people.services import record

Goal = tuple[date, float]
"""First day of the period a target is due in, and its value."""


def start_of(baseline: Baseline) -> Start:
    return Start(baseline.period, baseline.value, baseline.method, baseline.periods)


def baseline_for(series: Series, start: Start, author: User | None, reason: str) -> Baseline:
    """The frozen starting value; the latest version that says the same is kept."""
    if same := stated_before(series, start):
        return same
    value = starting_value(series, start)
    known = Start(start.period, value, start.method, start.periods)
    if same := stated_before(series, known):
        return same
    return Baseline.objects.create(
        series=series, version=next_versions(Baseline, [series.pk])[series.pk],
        period=start.period, value=value, method=start.method, periods=start.periods,
        author=author, reason=reason,
    )  # fmt: skip


def starting_value(series: Series, start: Start) -> float:
    """As given, or as the figures have it; ValidationError where neither says."""
    check_start(series.metric, start)
    taken = found({series.pk: (series.metric, start)})[series.pk]
    if taken.value is None:
        raise ValidationError(
            _("The path has no baseline: %(why)s. Give a value, or another period.")
            % {"why": taken.wanting}
        )
    return taken.value


def stated_before(series: Series, start: Start) -> Baseline | None:
    """A version of the baseline in these very terms, its value included."""
    if start.value is None:
        return None
    rows = Baseline.objects.filter(
        series=series, period=start.period, value=start.value, method=start.method,
        periods=start.periods,
    )  # fmt: skip
    return rows.order_by("-version").first()


def target_for(series: Series, target: Goal, author: User | None, reason: str) -> Target:
    """The target in force where it says the same, else a draft of the next version."""
    due, value = target
    same = Target.objects.in_force().filter(series=series, due=due, value=value).first()
    return same or Target.objects.create(
        series=series, version=next_versions(Target, [series.pk])[series.pk], due=due, value=value,
        author=author, reason=reason,
    )  # fmt: skip


def move_target(row: Trajectory, target: Goal, actor: User | None) -> None:
    """Another target for a draft; its own draft of a target is edited, one in force never."""
    due, value = target
    if (row.target.due, row.target.value) == target:
        return
    if row.target.status == Agreement.DRAFT:
        row.target.due, row.target.value = due, value
        row.target.save()
    else:
        row.target = target_for(row.series, target, actor, row.reason)


def store(row: Trajectory, stated: list[dict[str, Any]]) -> None:
    """Check and save a draft with its effects."""
    metric = row.series.metric
    path = path_of(
        metric,
        baseline=(row.baseline.period, row.baseline.value),
        target=(row.target.due, row.target.value),
        effects=stated,
        **{name: getattr(row, name) for name in FORM},
    )
    check_path(metric, path)
    row.full_clean()
    row.save()
    attach([(row, stated)], metric.system)


def terms(row: Trajectory) -> dict[str, Any]:
    """All that a version says, as a promise would state it."""
    return {
        "baseline_period": row.baseline.period, "baseline_value": row.baseline.value,
        "baseline_method": row.baseline.method, "baseline_periods": row.baseline.periods,
        "target_period": row.target.due, "target_value": row.target.value,
        **{name: getattr(row, name) for name in FORM}, "effects": effects_of(row),
    }  # fmt: skip


def stamp(row: Trajectory) -> int:
    """What a version says and why, as a number of nine digits at most: it differs as soon as they
    do, so that two people who revise one draft notice each other."""
    said = json.dumps([plainly(terms(row)), row.reason], sort_keys=True)
    return zlib.crc32(said.encode()) % 10**9


def key_of(row: Trajectory) -> str:
    """What the trail calls a version."""
    return f"{row.series.metric.slug} {row.series.segment.code} v{row.version}"


def trail(
    row: Trajectory, action: str, actor: User | None, reason: str, door: str,
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    metric: Metric = row.series.metric
    system: System = metric.system
    record(
        system=system, action=action, on=row, key=key_of(row), actor=actor, door=door,
        reason=reason, before=plainly(before), after=plainly(after),
    )  # fmt: skip


def plainly(said: dict[str, Any] | None) -> dict[str, Any]:
    """Terms as the trail keeps them: dates as texts."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in (said or {}).items()
    }
