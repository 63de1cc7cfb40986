"""What a new system needs for its first judgment, and how much of it is there."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.standing import ORDER
from aspirations.models import Aspiration, Metric, Observation, Series, Trajectory
from aspirations.models.metrics import WHOLE
from aspirations.pages.rights import rights
from people.models import System
from routines.models import Stocktake

# Figures from which on natural variation is known, if only on trial.
TRIAL = 5
ASKED = (
    "system.write", "plan.write", "observation.write", "trajectory.write", "routine.read",
    "routine.write",
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step: what it is, what is there or wanting, and the button that helps."""

    title: str
    told: str
    minutes: int
    done: bool
    act: str = ""
    address: str = ""
    """Empty where the reader may not do it."""


@dataclass
class FirstSteps:
    """The five steps of one system, as far as its rows show them done."""

    system: System
    user: Any

    @cached_property
    def may(self) -> frozenset[str]:
        return rights(self.user, self.system, ASKED)

    @cached_property
    def steps(self) -> list[Step]:
        return [self.named(), self.aspired(), self.counted(), self.promised(), self.dated()]

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @cached_property
    def next(self) -> int:
        """Place of the first step that is not done, from 1; 0 where all are."""
        return next((place for place, step in enumerate(self.steps, 1) if not step.done), 0)

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps if not step.done)

    @property
    def headline(self) -> str:
        if not self.aspiration:
            return _("What do you want? Start with one aspiration.")
        if not self.next:
            return _("Everything is set for the first judgment.")
        left = len(self.steps) - self.done
        words = ngettext("%(count)s step is left", "%(count)s steps are left", left)
        return _("%(left)s: %(next)s.") % {
            "left": words % {"count": left}, "next": self.steps[self.next - 1].title,
        }  # fmt: skip

    # ------------------------------------------------------------------- what is there
    @cached_property
    def aspiration(self) -> Aspiration | None:
        return self.system.aspirations.active().first()

    @cached_property
    def metric(self) -> Any:
        """The metric nearest to its first judgment: with a path, else with figures, else any."""
        whole = Q(series__metric=OuterRef("pk"), series__segment__code=WHOLE)
        rows = self.system.metrics.filter(retired_at=None).annotate(
            counted=Exists(Observation.objects.filter(whole, value__isnull=False)),
            promised=Exists(Trajectory.objects.in_force().filter(whole)),
        )
        return rows.order_by("-promised", "-counted", "pk").first()

    @cached_property
    def figures(self) -> int:
        """How many figures of the whole system that metric has."""
        if self.metric is None or not self.metric.counted:
            return 0
        rows = Observation.objects.filter(series__metric=self.metric, value__isnull=False)
        return rows.filter(series__segment__code=WHOLE).count()

    @cached_property
    def judged(self) -> Series | None:
        """The first series of the whole system that shows a light."""
        rows = Series.objects.whole().filter(metric__system=self.system)
        rows = rows.filter(current_judgment__light__in=ORDER, metric__retired_at=None)
        return rows.select_related("metric", "current_judgment").order_by("pk").first()

    @cached_property
    def stocktake(self) -> Stocktake | None:
        """The last one planned; None to who may not read stocktakes, as from a system above."""
        if "routine.read" not in self.may:
            return None
        return self.system.stocktakes.planned().last()

    @cached_property
    def unlit(self) -> str:
        """Why that metric was judged and yet shows no light; empty where nothing is to be said."""
        if self.judged or self.metric is None:
            return ""
        rows = Series.objects.whole().filter(metric=self.metric, current_judgment__light="N")
        row = rows.select_related("current_judgment").first()
        told = row.current_judgment if row else None
        return sentences.reason_text(told, self.metric) if told else ""

    # ------------------------------------------------------------------- the five steps
    def step(
        self, title: str, told: str, minutes: int, *, done: bool, act: str, action: str,
        name: str, args: tuple[Any, ...] = (), query: str = "",
    ) -> Step:  # fmt: skip
        address = ""
        if action in self.may:
            address = reverse(name, args=[self.system.slug, *args]) + query
        return Step(title, told, minutes, done, act, address)

    def named(self) -> Step:
        words = _("%(name)s; its year begins in %(month)s, its days in %(zone)s.")
        told = words % {
            "name": self.system.name, "month": MONTHS[self.system.year_starts],
            "zone": self.system.time_zone.replace("_", " "),
        }  # fmt: skip
        return self.step(
            _("Name your system"), told, 2, done=True, act=_("Change"), action="system.write",
            name="settings",
        )  # fmt: skip

    def aspired(self) -> Step:
        told = self.aspiration.title if self.aspiration else _(
            "What you care about, what you will do, and how you will know. One sentence is enough."
        )  # fmt: skip
        return self.step(
            _("Write one aspiration"), told, 4, done=self.aspiration is not None,
            act=_("Write another") if self.aspiration else _("Write it"), action="plan.write",
            name="new_aspiration",
        )  # fmt: skip

    def counted(self) -> Step:
        title, metric = _("Choose a metric and enter what you have"), self.metric
        if metric is None:
            told = _("What would show that it works? A name, a unit, which way is better, and how "
                     "often a figure comes.")  # fmt: skip
            query = "?" + urlencode({"aspiration": self.aspiration.slug}) if self.aspiration else ""
            return self.step(
                title, told, 6, done=False, act=_("Choose a metric"), action="plan.write",
                name="new_metric", query=query,
            )  # fmt: skip
        return self.step(
            title, self.counted_text(metric), 3, done=self.figures > 0, act=_("Enter figures"),
            action="observation.write", name="enter_figures", args=(metric.slug,),
        )  # fmt: skip

    def counted_text(self, metric: Metric) -> str:
        if not self.figures:
            words = _("“%(metric)s” waits for its figures: a column of periods and values. Five "
                      "give trial limits, twelve firm ones.")  # fmt: skip
            return words % {"metric": metric.name}
        words = ngettext(
            "%(metric)s, %(count)s figure.", "%(metric)s, %(count)s figures.", self.figures
        )
        told = words % {"metric": metric.name, "count": self.figures}
        if self.figures >= TRIAL:
            return told
        return f"{told} {_('Five give trial limits, twelve firm ones.')}"

    def promised(self) -> Step:
        title, metric = _("Set a target and a path"), self.metric
        if metric is not None and metric.promised:
            words = _("%(metric)s has an agreed path.")
            return self.step(
                title, words % {"metric": metric.name}, 6, done=True, act=_("See it"),
                action="trajectory.write", name="metric", args=(metric.slug,),
            )  # fmt: skip
        told = _("Where it shall be, by when, and how it gets there. Until then the light stays at "
                 "“Not judged”.")  # fmt: skip
        if metric is None or not self.figures:
            return Step(title, told, 6, False)
        return self.step(
            title, told, 6, done=False, act=_("Build a path"), action="trajectory.write",
            name="new_draft", args=(metric.slug,),
        )  # fmt: skip

    def dated(self) -> Step:
        row = self.stocktake
        told = _("A date in the diary does more than any dashboard.")
        if row:
            told = _("Planned for %(day)s.") % {"day": date_format(row.date, "j F Y")}
        return self.step(
            _("Set the first stocktake"), told, 2, done=row is not None,
            act=_("Plan another") if row else _("Choose a date"), action="routine.write",
            name="plan_stocktake",
        )  # fmt: skip


def finished_example(user: Any, system: System) -> System | None:
    """A system told as of a fixed day, as demonstrations are, to look around in."""
    rows = System.objects.visible_to(user, "dashboard.read").exclude(pk=system.pk)
    return rows.exclude(reporting_date=None).filter(metrics__isnull=False).order_by("pk").first()
