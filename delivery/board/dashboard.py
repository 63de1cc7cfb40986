"""The dashboard of a system: its finding, its counts, what changed, one page of the league table.

Queries do not grow with the number of series: lights of all metrics come as plain values in one
round trip (`outline`), the figures only for what is shown, in two (`figures`).
"""

from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.standing import NOT_JUDGED, counts, lowest
from aspirations.pages.rights import rights
from delivery.board import changes
from delivery.board.briefs import AGES, Brief, Filters
from delivery.board.changing import Changing
from delivery.board.children import Children, children_from, lights_beneath
from delivery.board.figures import Figures, Wanted
from delivery.board.heading import Heading, heading
from delivery.board.headline import TROUBLE, Standing, eyebrow, headline
from delivery.board.league import Group, Opinion, Row
from delivery.board.moment import Moment
from delivery.board.outline import Outline, Promise, outline
from delivery.board.quadrants import DeliveryMap, delivery_map
from delivery.board.settled import Settled, settled
from people.models import System
from routines.sentences import short_text

PER_PAGE = 60
NOTHING_URGENT = (float("inf"),) * 3
RIGHTS = ("routine.read", "routine.write", "assessment.read", "plan.read", "plan.write")
"""What the page shows to some of its readers and not to others."""


class Dashboard(Changing):
    """Everything the page says about one system, asked of the database as it is needed."""

    def __init__(
        self, system: System, filters: Filters, user: Any = None, moment: Moment | None = None,
        may: Collection[str] | None = None,
    ) -> None:  # fmt: skip
        self.system, self.asked, self.user = system, filters, user
        self.moment = moment or Moment(system.today(), system.today())
        self.today = self.moment.day
        self._may = may

    @cached_property
    def rights(self) -> frozenset[str]:
        """Of `RIGHTS`, what the reader has here."""
        if self._may is not None:
            return frozenset(self._may)
        return rights(self.user, self.system, RIGHTS) if self.user is not None else frozenset()

    @cached_property
    def outline(self) -> Outline:
        return outline(self.system, self.asked, self.moment, self.rights)

    @cached_property
    def filters(self) -> Filters:
        """What was asked for; an owner or a segment that is none asks for everything."""
        owner = self.asked.owner if self.asked.owner in self.owners else ""
        return replace(self.asked, owner=owner, segment=self.outline.segment)

    # ------------------------------------------------------------- what the whole says
    @property
    def eyebrow(self) -> str:
        """“Four aspirations · stocktake in 10 days, Tuesday 24 March 2026”."""
        said = eyebrow(len(self.promises))
        coming = self.outline.coming
        return f"{said} · {short_text(coming, self.today)}" if coming else said

    @cached_property
    def headline(self) -> str:
        return headline(
            [Standing(row.title, self._light(row), self._urgency(row)) for row in self.promises]
        )

    # ------------------------------------------------------------- what people settled beside it
    @cached_property
    def settled(self) -> Settled:
        """Wordings, boldness and moderated results; all the parts below rest on this one query."""
        return settled(self.system, self.user, self.today)

    @cached_property
    def heading(self) -> Heading:
        """The unit's wording while it still fits, else the rules' draft."""
        return heading(self.headline, self.settled)

    @cached_property
    def map(self) -> DeliveryMap | None:
        return delivery_map(self.settled)

    @cached_property
    def children(self) -> Children | None:
        """The systems beneath that the reader may read, as they stand today; none for the past."""
        if not self._shows_children:
            return None
        return children_from(self.figures.beneath, self.system)

    @property
    def _shows_children(self) -> bool:
        return self.today >= self.system.today() and self.settled.has_children

    @cached_property
    def summary(self) -> list[str]:
        """The lowest headline metric with its figures, and what the lights above leave out."""
        said = [self._of_lowest(), self._of_reasons(), self._of_others()]
        return [sentence for sentence in said if sentence]

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts(row.light for row in self.briefs.values())

    @property
    def total(self) -> int:
        return len(self.briefs)

    @cached_property
    def owners(self) -> list[str]:
        return sorted({row.owner for row in self.briefs.values() if row.owner})

    @cached_property
    def lowest(self) -> Brief | None:
        """The judged headline metric in the deepest trouble, of all aspirations together."""
        judged = [row for row in self._all_headlines if row.light != NOT_JUDGED]
        return min(judged, key=lambda row: row.urgency, default=None)

    def _of_lowest(self) -> str:
        series = self.figures.of(self.lowest) if self.lowest else None
        told = series.current_judgment if series else None
        if series is None or told is None:
            return ""
        row = Row(series.metric, True, told, None, None, None, self.today)
        return sentences.metric_headline(series.metric, told, None, row.target)

    def _of_reasons(self) -> str:
        """Where nothing is judged: why, most frequent reason first."""
        if self.lowest or not self._all_headlines:
            return ""
        reasons = [sentences.reason_word(row.reason) for row in self._all_headlines]
        found = sorted(set(reasons), key=lambda word: (-reasons.count(word), word))
        listed = ", ".join(f"{word} ({reasons.count(word)})" for word in found)
        return _("Headline metrics not judged: %(reasons)s.") % {"reasons": listed}

    def _of_others(self) -> str:
        """Metrics in trouble that set no aspiration's light, so that good news hides none."""
        headlines = {row.metric for row in self._all_headlines}
        others = [
            row
            for row in self.briefs.values()
            if row.light in TROUBLE and row.metric not in headlines
        ]
        if not others:
            return ""
        first = min(others, key=lambda row: row.urgency)
        words = ngettext(
            "Outside the headlines one metric is in trouble: %(name)s, %(light)s.",
            "Outside the headlines %(count)s metrics are in trouble, first %(name)s, %(light)s.",
            len(others),
        )
        light = sentences.light_word(first.light)
        return words % {"count": len(others), "name": first.name, "light": light}

    # ------------------------------------------------------------- what it is made of
    @property
    def promises(self) -> list[Promise]:
        return self.outline.promises

    @property
    def briefs(self) -> dict[int, Brief]:
        """Every metric of the system, by key, in the order of their names."""
        return self.outline.briefs

    @property
    def cut(self) -> dict[int, Brief]:
        """The same of the segment that is looked at; of the whole system where none is."""
        return self.outline.cut

    @cached_property
    def of_any_light(self) -> list[Brief]:
        """What all filters but the light's let through."""
        others = replace(self.filters, light="")
        return [row for row in self.cut.values() if others.admits(row, self.today)]

    @cached_property
    def light_choices(self) -> dict[str, int]:
        """Each light there is, and the one chosen: how many the other filters let through."""
        there = {row.light for row in self.cut.values()} | {self.filters.light}
        let_through = counts(row.light for row in self.of_any_light)
        return {light: count for light, count in let_through.items() if light in there}

    @property
    def ages(self) -> tuple[int, ...]:
        return AGES

    @property
    def segment_name(self) -> str:
        return dict(self.outline.segments).get(self.outline.segment, "")

    def _headlines(self, promise: Promise) -> list[Brief]:
        return [self.briefs[key] for key in promise.metrics if self.briefs[key].is_headline]

    @cached_property
    def _all_headlines(self) -> list[Brief]:
        found = {row.metric: row for promise in self.promises for row in self._headlines(promise)}
        return list(found.values())

    def _light(self, promise: Promise) -> str:
        return lowest(row.light for row in self._headlines(promise))

    def _urgency(self, promise: Promise) -> Any:
        return min((row.urgency for row in self._headlines(promise)), default=NOTHING_URGENT)

    # ------------------------------------------------------------- the page of the table
    @cached_property
    def page(self) -> Page[Any]:
        """Pairs of this page, in order: place of the aspiration or None, metric or None.

        An aspiration without metrics is a pair of its own while nothing is filtered out.
        """
        pairs = self._by_urgency() if self.filters.sort == "attention" else self._by_aspiration()
        shown = [
            (place, row)
            for place, row in pairs
            if (self.filters.admits(row, self.today) if row else not self.filters.narrows)
        ]
        return Paginator(shown, PER_PAGE).get_page(self.filters.page)

    def _by_aspiration(self) -> list[tuple[int | None, Brief | None]]:
        pairs: list[tuple[int | None, Brief | None]] = []
        placed: set[int] = set()
        for place, promise in enumerate(self.promises):
            mine = [(place, self.cut[key]) for key in promise.metrics if key in self.cut]
            pairs += mine or [(place, None)]
            placed.update(promise.metrics)
        return [*pairs, *((None, row) for key, row in self.cut.items() if key not in placed)]

    def _by_urgency(self) -> list[tuple[int | None, Brief | None]]:
        ranked = sorted(self.cut.values(), key=lambda row: row.urgency)
        return [(None, row) for row in ranked]

    @cached_property
    def shown(self) -> int:
        """How many metrics the filters let through, each once."""
        return sum(self.filters.admits(row, self.today) for row in self.cut.values())

    @cached_property
    def groups(self) -> list[Group]:
        """The page's rows under their aspirations; one group without a title when ranked."""
        groups: dict[int | None, Group] = {}
        for place, brief in self.page.object_list:
            if place not in groups:
                groups[place] = Group() if place is None else self._group(self.promises[place])
            if brief:
                groups[place].rows.append(self._row(brief))
        return list(groups.values())

    def _group(self, promise: Promise) -> Group:
        rows = self._headlines(promise)
        light = self._light(promise)
        first = min(rows, key=lambda row: row.urgency, default=None)
        worst = self.figures.worst
        lowest = [worst[row.metric] for row in rows if row.metric in worst]
        return Group(
            title=promise.title,
            slug=promise.slug,
            head=promise.head,
            light=light,
            lowest=first.name if first and light != NOT_JUDGED else "",
            worst=min(lowest, key=lambda found: found.urgency, default=None),
            counts=counts(row.light for row in rows),
        )

    def _row(self, brief: Brief) -> Row:
        series, sparks = self.figures.of(brief), self.figures.sparks
        whole = not self.filters.segment
        return Row(
            metric=series.metric if series else brief.printed,
            has_series=brief.series is not None,
            judgment=series.current_judgment if series else None,
            worst=self.figures.worst.get(brief.metric) if whole else None,
            spark=sparks.of(series) if series else None,
            published=sparks.published(series.pk) if series else None,
            today=self.today,
            milestone=self.figures.milestones.get(brief.metric),
            opinion=self._opinion(brief) if whole else None,
            segment=self.filters.segment,
            is_past=self.moment.is_past,
        )

    def _opinion(self, brief: Brief) -> Opinion | None:
        """What people say of it, where it is not what the rules say."""
        light = self.figures.opinions.get(brief.metric)
        return Opinion(light, brief.light) if light and light != brief.light else None

    # ------------------------------------------------------------- the figures of the page
    @cached_property
    def _on_page(self) -> list[Brief]:
        return [brief for _, brief in self.page.object_list if brief]

    @cached_property
    def figures(self) -> Figures:
        """Of the rows of the page, the lowest metric and the lights that moved."""
        places = {place for place, _ in self.page.object_list if place is not None}
        metrics = {row.metric for row in self._on_page}
        metrics |= {row.metric for place in places for row in self._headlines(self.promises[place])}
        told = [*self._moved[: changes.MOST_LIGHTS], *([self.lowest] if self.lowest else [])]
        reader = self.user if "assessment.read" in self.rights else None
        beneath = lights_beneath(self.system, self.user) if self._shows_children else {}
        return Figures(
            Wanted(self.system, self.moment, self._on_page, told, metrics, reader, beneath)
        )
