"""The figures of the rows that are shown: two round trips, however many rows there are."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from aspirations.models import Assessment, Effect, Intervention, Judgment, Series
from aspirations.models.agreements import Shape
from aspirations.models.metrics import WHOLE
from delivery.board.briefs import Brief
from delivery.board.league import Milestone, Worst
from delivery.board.moment import Moment
from delivery.board.outline import events_of
from delivery.board.sparks import Sparks, figures_to_draw
from delivery.board.together import Rows, together
from delivery.board.worst import worst_of, worst_segments
from people.models import System

FETCHED = "_prefetched_objects_cache"
"""Where Django keeps rows that were fetched along with another."""
NUMBERS = ("lag", "ramp", "low", "mid", "high", "attribution", "evidence", "sources")
OF_EFFECT = ("trajectory", "intervention__slug", "intervention__name", "start", *NUMBERS)


@dataclass(frozen=True)
class Wanted:
    """What a page shows: its rows, briefs told in a sentence alone, metrics whose worst is named.

    `user` is whose sight of the unit's own judgments counts; nobody's where it is None.
    `beneath` asks for the systems beneath, as their reader may see them.
    """

    system: System
    moment: Moment
    rows: Collection[Brief]
    told: Collection[Brief]
    metrics: Collection[int]
    user: Any = None
    beneath: Mapping[str, QuerySet[Any, Any]] = field(default_factory=dict)


class Figures:
    """Judgments with their paths, drawings, worst segments, milestones and what people say."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted, self.moment = wanted, wanted.moment

    @cached_property
    def series(self) -> dict[int, Series]:
        """Judgment key to its series, which holds that very judgment as the current one."""
        briefs = (*self.wanted.rows, *self.wanted.told)
        rows = Judgment.objects.filter(pk__in={row.now.pk for row in briefs if row.now.pk})
        loaded = rows.select_related(
            "series__metric", "trajectory__baseline", "trajectory__target"
        ).defer("policy")
        return {row.pk: holding(row) for row in loaded}

    def of(self, row: Brief) -> Series | None:
        return self.series.get(row.now.pk) if row.now.pk else None

    # ------------------------------------------------------------- the second round trip
    @cached_property
    def _answers(self) -> dict[str, Rows]:
        shown = [series for row in self.wanted.rows if (series := self.of(row))]
        metrics = {row.metric for row in self.wanted.rows}
        asked = {
            "worst": worst_segments(self.wanted.metrics, self.moment),
            "figures": figures_to_draw(shown, self.moment.day, as_known=self.moment.is_past),
            "effects": effects(shown),
            "milestones": milestones(metrics, self.moment),
        }
        if self.wanted.user is not None:
            asked["opinions"] = opinions(metrics, self.wanted)
        return together(**asked, **self.wanted.beneath)

    @cached_property
    def sparks(self) -> Sparks:
        give_effects(self.series.values(), self._answers["effects"])
        return Sparks(self._answers["figures"])

    @cached_property
    def worst(self) -> dict[int, Worst]:
        return worst_of(self._answers["worst"])

    @cached_property
    def milestones(self) -> dict[int, Milestone]:
        """Metric key to what is to be reached next; what is overdue comes first."""
        found = {}
        for metric, label, due in self._answers["milestones"]:
            on = date.fromisoformat(due)
            found[metric] = Milestone(label, on, on < self.moment.day)
        return found

    @property
    def beneath(self) -> dict[str, Rows]:
        """What was asked of the systems beneath, for those who asked to read."""
        return {name: self._answers[name] for name in self.wanted.beneath}

    @cached_property
    def opinions(self) -> dict[int, str]:
        """Metric key to the light that people give it, where they gave one that still counts."""
        return {int(metric): str(light) for metric, light in self._answers.get("opinions", [])}


def holding(judgment: Judgment) -> Series:
    series: Series = judgment.series
    series.current_judgment = judgment
    return series


def effects(series: Iterable[Series]) -> Any:
    """Of paths that are a sum of interventions, what each of these adds."""
    paths = {
        row.current_judgment.trajectory_id
        for row in series
        if row.current_judgment
        and row.current_judgment.trajectory
        and row.current_judgment.trajectory.shape == Shape.INTERVENTIONS
    }
    rows = Effect.objects.filter(trajectory__in=paths).order_by("trajectory", "order", "pk")
    return rows.values_list(*OF_EFFECT)


def give_effects(series: Iterable[Series], rows: Rows) -> None:
    """Hand each path its effects, as if they had been fetched with it."""
    found: dict[int, list[Effect]] = {}
    for path, slug, name, start, *numbers in rows:
        values = dict(zip(NUMBERS, numbers, strict=True))
        work = Intervention(slug=slug, name=name)
        found.setdefault(path, []).append(
            Effect(intervention=work, start=date.fromisoformat(start), **values)
        )
    for row in series:
        path = row.current_judgment.trajectory if row.current_judgment else None
        if path is not None:
            setattr(path, FETCHED, {"effects": found.get(path.pk, [])})


def milestones(metrics: Collection[int], moment: Moment) -> Any:
    """The first milestone of each metric that was not reached by the day."""
    open_then = Q(done_on=None) | Q(done_on__gt=moment.day)
    rows = events_of(moment).milestones().filter(
        open_then, series__metric__in=metrics, series__segment__code=WHOLE
    )  # fmt: skip
    place = Window(RowNumber(), partition_by=F("series__metric"), order_by=["date", "pk"])
    first = rows.annotate(place=place).filter(place=1)
    return first.order_by().values_list("series__metric", "label", "date")


def opinions(metrics: Collection[int], wanted: Wanted) -> Any:
    """The latest sheet of each metric that its reader may see, where it has not lapsed."""
    moment = wanted.moment
    seen = Assessment.objects.visible_to(wanted.user).filter(system=wanted.system)
    current = seen.current_for_metrics(metrics, moment.day, as_known=moment.is_past)
    return current.values_list("metric", "light")
