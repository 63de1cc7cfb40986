"""A draft as its page shows it: what the path would be, what is asked of it, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.analysis import honesty
from aspirations.forms.building import BuilderForm
from aspirations.models import (
    Baseline,
    Effect,
    Intervention,
    Metric,
    Overlap,
    Target,
    Trajectory,
)
from aspirations.pages.plan import PlanWords
from aspirations.sentences import plans
from aspirations.services.benchmarks import best_year_of_peers
from aspirations.services.honesty import history_of, plan_from, plan_of
from aspirations.services.paths import as_date, check_path, path_of
from aspirations.services.versions import starting_value
from people.models import System


@dataclass
class Sketch(PlanWords):
    """A path that is being drafted; `plan` is what the arithmetic makes of it."""

    plan: honesty.Plan

    @cached_property
    def _plan(self) -> honesty.Plan:
        return self.plan

    @property
    def headline(self) -> str:
        return plans.draft_headline(self.metric, self.row, self.asked)

    @property
    def is_drawn(self) -> bool:
        return True

    @property
    def noise(self) -> str:
        """Whether the planned change could be told from chance."""
        if not honesty.within_noise(self.plan):
            return ""
        return _("The planned change is too small to tell from noise: it is less than half of what "
                 "the figures swing from one period to the next.")  # fmt: skip

    @property
    def range_note(self) -> str:
        return _("Upright line at the end: the range.") if self.figures.ends else ""


def stored_sketch(row: Trajectory) -> Sketch:
    """The path of a version as it is stored."""
    prefetch_related_objects([row], "effects__intervention")
    effects = list(row.effects.all())
    overlaps = list(Overlap.objects.filter(first__trajectory=row)) if effects else []
    peers = best_year_of_peers(row.series)
    plan = plan_of(row, effects, overlaps, *history_of(row.series), peers)
    return Sketch(row.series.metric, row, effects, plan)


def typed_sketch(form: BuilderForm) -> Sketch:
    """The path of a form that is valid, of which nothing is stored.

    ValidationError where it cannot be drawn.
    """
    stored, stated, terms = form.row, form.stated(), form.terms()
    metric = stored.series.metric
    (due, goal), baseline = form.path.goal(), baseline_of(form)
    path = path_of(
        metric, baseline=(baseline.period, baseline.value), target=(due, goal), effects=stated,
        **terms,
    )  # fmt: skip
    refuse_twice(stated)
    check_path(metric, path)
    row = Trajectory(
        series=stored.series, version=stored.version, baseline=baseline,
        target=Target(series=stored.series, due=due, value=goal), **terms,
    )  # fmt: skip
    effects = effects_of(metric.system, form, stated)
    history, peers = history_of(stored.series), best_year_of_peers(stored.series)
    plan = plan_from(metric, path, effects, claimed(stated), *history, peers)
    return Sketch(metric, row, effects, plan)


def baseline_of(form: BuilderForm) -> Baseline:
    """The baseline as it would be stored."""
    stored, start = form.row.baseline, form.start()
    if start is None:
        return stored
    series = form.row.series
    return Baseline(
        series=series, period=start.period, value=starting_value(series, start),
        method=start.method, periods=start.periods,
    )  # fmt: skip


def refuse_twice(stated: Sequence[dict[str, Any]]) -> None:
    keys = [effect["intervention"] for effect in stated]
    for effect in stated:
        if keys.count(effect["intervention"]) > 1:
            raise ValidationError(
                _("“%(name)s” stands twice on this path. Join its effects in one.")
                % {"name": effect["name"]}
            )


def effects_of(system: System, form: BuilderForm, stated: Sequence[dict[str, Any]]) -> list[Effect]:
    """Effects with their work, known or to be named; the work comes in one query."""
    slugs = [effect["intervention"] for effect in stated]
    known = {row.slug: row for row in Intervention.objects.filter(system=system, slug__in=slugs)}
    new = form.named()
    return [
        Effect(
            intervention=known.get(effect["intervention"])
            or Intervention(system=system, **new[effect["intervention"]]),
            start=as_date(effect["start"]), lag=effect["lag"], ramp=effect["ramp"],
            low=effect["low"], mid=effect["mid"], high=effect["high"],
            attribution=effect["attribution"], evidence=effect["evidence"],
            sources=effect["sources"],
        )
        for effect in stated
    ]  # fmt: skip


def claimed(stated: Sequence[dict[str, Any]]) -> list[honesty.Overlap]:
    place = {effect["intervention"]: n for n, effect in enumerate(stated)}
    return [
        honesty.Overlap(n, place[both["with"]], both["amount"], both["note"])
        for n, effect in enumerate(stated)
        for both in effect["overlaps"]
    ]


# --- two people at one draft ---------------------------------------------------------------


def saved_rows(row: Trajectory, typed: Sketch | None) -> list[str]:
    """The interventions and points that somebody else saved; none where the same were typed."""
    metric = row.series.metric
    saved = in_lines(metric, row, list(row.effects.select_related("intervention")))
    mine = in_lines(metric, typed.row, typed.effects) if typed else []
    return [] if saved == mine else saved


def in_lines(metric: Metric, row: Trajectory, effects: Sequence[Effect]) -> list[str]:
    """A line for each intervention and each point."""
    lines = [
        f"{effect.intervention.name}: {sentences.signed(metric, effect.mid)}, "
        f"{plans.timing_text(metric, effect)}"
        for effect in effects
    ]
    points = (
        f"{sentences.period_text(metric, as_date(day))}: {sentences.value_text(metric, value)}"
        for day, value in row.points
    )
    return [*lines, *points]
