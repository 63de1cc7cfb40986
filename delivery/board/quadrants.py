"""The map of delivery of a system: who stands where, what is missing, and what that says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.analysis.quadrants import Standing, Verdict, portfolio_verdicts
from aspirations.charts import quadrants as chart
from aspirations.models import Aspiration
from aspirations.sentences.numbers import number
from delivery.board.settled import Settled, Settling

LONGEST_LABEL = 18


@dataclass(frozen=True)
class Placed:
    """An aspiration on the map, in words."""

    number: int
    slug: str
    title: str
    boldness: str
    execution: str
    field: str
    intended: str
    before: str
    exact: float | None = None
    """Execution as it was worked out, for the file."""


@dataclass(frozen=True)
class Missing:
    """An aspiration that has no place yet, and which of the two is missing."""

    slug: str
    title: str
    lacks_boldness: bool
    lacks_execution: bool


@dataclass(frozen=True)
class DeliveryMap:
    """The map as a reader who may read assessments sees it."""

    aspirations: Sequence[Settling]
    may_plan: bool
    may_assess: bool

    @cached_property
    def _placed(self) -> list[Settling]:
        return [row for row in self.aspirations if row.now]

    @cached_property
    def marks(self) -> list[chart.Mark]:
        return chart.marks(
            [
                chart.Position(place, short(row.slug), row.execution, row.boldness, row.past)
                for place, row in enumerate(self._placed, 1)
                if row.execution is not None and row.boldness is not None
            ]
        )

    @cached_property
    def rows(self) -> list[Placed]:
        return [placed(place, row) for place, row in enumerate(self._placed, 1)]

    @property
    def missing(self) -> list[Missing]:
        return [
            Missing(row.slug, row.title, row.boldness is None, row.execution is None)
            for row in self.aspirations
            if not row.now
        ]

    @property
    def has_past(self) -> bool:
        return any(row.past for row in self._placed)

    @cached_property
    def verdicts(self) -> list[str]:
        rows = [Standing(row.intended, row.now, row.before) for row in self.aspirations]
        found = portfolio_verdicts(rows)
        return [verdict_text(one, [row.title for row in self.aspirations]) for one in found]

    @property
    def told(self) -> str:
        """What the picture shows, for who does not see it."""
        said = [
            _("%(number)s, %(title)s: %(field)s.")
            % {"number": row.number, "title": row.title, "field": row.field}
            for row in self.rows
        ]
        return " ".join(
            [_("Map of delivery: boldness upward, quality of execution across."), *said]
        )


def delivery_map(known: Settled) -> DeliveryMap | None:
    """None for who may not read assessments, and where there is no aspiration to place."""
    if "may_read_sheets" not in known.allowed or not known.aspirations:
        return None
    return DeliveryMap(
        known.aspirations, "may_plan" in known.allowed, "may_assess" in known.allowed
    )


def placed(place: int, row: Settling) -> Placed:
    return Placed(
        number=place,
        slug=row.slug,
        title=row.title,
        boldness=str(row.boldness),
        execution=number(row.execution or 0.0, 1),
        field=field_name(row.now),
        intended=field_name(row.intended),
        before=field_name(row.before),
        exact=row.execution,
    )


def field_name(code: str) -> str:
    return str(Aspiration.Quadrant(code).label) if code else ""


def short(slug: str) -> str:
    """The address as a label: “early-reading” → “Early reading”; none where it is long."""
    words = slug.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:] if len(words) <= LONGEST_LABEL else ""


def verdict_text(verdict: Verdict, titles: Sequence[str]) -> str:
    """What the portfolio is said to be, and why."""
    count, total = len(verdict.rows), len(titles)
    named = ", ".join(f"“{titles[place]}”" for place in verdict.rows)
    words = {
        "too_risky": _(
            "Probably too risky: all %(total)s aspirations stand in Transformation or aim at it."
        ),
        "lacks_ambition": _(
            "Lacks ambition: all %(total)s aspirations stand in Improved outcomes or aim at it."
        ),
        "execution_gap": _(
            "Execution gap: %(count)s of %(total)s aspirations are weakly executed: %(named)s."
        ),
        "managed_decline": _(
            "Managed decline: %(count)s of %(total)s aspirations are modest and weakly executed: "
            "%(named)s."
        ),
        "stuck": ngettext(
            "Stuck in controversy: %(named)s has been bold without impact for two rounds.",
            "Stuck in controversy: %(named)s have been bold without impact for two rounds.",
            count,
        ),
    }[verdict.code]
    return words % {"count": count, "total": total, "named": named}
