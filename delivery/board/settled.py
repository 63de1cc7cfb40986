"""What people have settled of a system as a whole, in one query: the wording of its headline, how
bold its aspirations are, and the results of its rounds of assessment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, JSONObject

from aspirations.analysis.quadrants import execution, quadrant
from aspirations.models import Assessment, Headline
from aspirations.services.headlines import Said
from delivery.board.then import ABSENT, status_on, title_on
from people.models import System
from people.permissions import systems_where

ALLOWED = {
    "may_word": "headline.write", "may_read_sheets": "assessment.read",
    "may_assess": "assessment.write", "may_plan": "plan.write",
}  # fmt: skip
READING = ("may_read_sheets",)
OF_ASPIRATION = ("pk", "slug", "title", "status", "boldness", "intended_quadrant", "order")
OF_RESULT = ("planning", "capacity", "progress", "boldness", "round__locked_at")


@dataclass(frozen=True)
class Result:
    """The moderated result of one locked round."""

    locked_at: datetime
    boldness: int | None
    execution: float | None


@dataclass
class Settling:
    """An active aspiration with what was settled of it, the latest result last."""

    slug: str
    title: str
    boldness: int | None
    intended: str
    results: list[Result] = field(default_factory=list)

    @property
    def placed(self) -> list[Result]:
        """Results that gave all three ratings."""
        return [row for row in self.results if row.execution is not None]

    @cached_property
    def execution(self) -> float | None:
        return self.placed[-1].execution if self.placed else None

    @property
    def now(self) -> str:
        return quadrant(self.boldness, self.execution)

    @cached_property
    def past(self) -> list[tuple[float, float]]:
        """Execution and boldness of the earlier rounds, oldest first."""
        return [
            (row.execution, float(row.boldness))
            for row in self.placed[:-1]
            if row.execution is not None and row.boldness is not None
        ]

    @property
    def before(self) -> str:
        """The field after the round before the last one; "" where that cannot be said."""
        if len(self.placed) < 2:
            return ""
        row = self.placed[-2]
        return quadrant(row.boldness, row.execution)


@dataclass(frozen=True)
class Settled:
    """All of it, for one reader on one day."""

    aspirations: list[Settling]
    latest: Said | None
    approved: Said | None
    has_children: bool
    allowed: frozenset[str]


def settled(system: System, user: Any, day: date) -> Settled:
    """As it stands on `day`: the present unless that lies before the system's own today.

    Of the past there is nothing to write, so only what may be read is allowed there.
    """
    rows = list(asked(system, user, day))
    first = rows[0]
    is_past = day < system.today()
    return Settled(
        aspirations=aspirations_of(rows, day if is_past else None),
        latest=said(first["latest"]),
        approved=said(first["approved"]),
        has_children=first["has_children"],
        allowed=frozenset(name for name in (READING if is_past else ALLOWED) if first[name]),
    )


def asked(system: System, user: Any, day: date) -> QuerySet[System, dict[str, Any]]:
    """One row for each aspiration and each of its results, the system's own facts on every row."""
    worded = Headline.objects.filter(system=OuterRef("pk"), as_of__lte=day).order_by("-version")
    told = JSONObject(
        pk="pk", version="version", text="text", draft="draft", as_of=Cast("as_of", DateField()),
        approved_at="approved_at",
    )  # fmt: skip
    beneath = System.objects.visible_to(user, "dashboard.read").filter(parent=OuterRef("pk"))
    result = "aspirations__assessments"
    names: dict[str, Any] = {f"a_{name}": F(f"aspirations__{name}") for name in OF_ASPIRATION}
    if day < system.today():
        names["a_status"] = status_on(day, "pk", "aspirations__")
        names["a_title"] = title_on(day, "aspirations__")
    names |= {f"r_{name}": F(f"final__{name}") for name in OF_RESULT}
    return (
        System.objects.filter(pk=system.pk)
        .annotate(
            final=FilteredRelation(
                # One left out as its round was locked was never settled.
                result,
                condition=Q(
                    **{
                        f"{result}__kind": Assessment.Kind.FINAL,
                        f"{result}__submitted_at__isnull": False,
                    }
                ),
            ),
            latest=Subquery(worded.values(told=told)[:1]),
            approved=Subquery(worded.filter(approved_at__isnull=False).values(told=told)[:1]),
            has_children=Exists(beneath),
            **{
                name: ExpressionWrapper(systems_where(user, action), output_field=BooleanField())
                for name, action in ALLOWED.items()
            },
        )
        .order_by("aspirations__order", "aspirations__pk", "final__round__locked_at", "final__pk")
        .values("latest", "approved", "has_children", *ALLOWED, **names)
    )


def aspirations_of(rows: list[dict[str, Any]], day: date | None) -> list[Settling]:
    """Active aspirations in their order; with `day`, their results as known then."""
    found: dict[int, Settling] = {}
    for row in rows:
        if row["a_pk"] is None or row["a_status"] in ABSENT:
            continue
        one = found.setdefault(row["a_pk"], settling(row))
        locked_at = row["r_round__locked_at"]
        if locked_at and (day is None or locked_at.date() <= day):
            one.results.append(result_of(row))
    if day is not None:
        for one in found.values():
            # How bold it was is kept with the result of the time.
            one.boldness = one.results[-1].boldness if one.results else None
    return list(found.values())


def settling(row: Mapping[str, Any]) -> Settling:
    return Settling(row["a_slug"], row["a_title"], row["a_boldness"], row["a_intended_quadrant"])


def result_of(row: Mapping[str, Any]) -> Result:
    ratings = (row["r_planning"], row["r_capacity"], row["r_progress"])
    return Result(row["r_round__locked_at"], row["r_boldness"], execution(*ratings))


def said(told: Mapping[str, Any] | None) -> Said | None:
    """A wording as the database tells of it."""
    if told is None:
        return None
    day = date.fromisoformat(str(told["as_of"])[:10])
    approved = told["approved_at"] is not None
    return Said(told["pk"], told["version"], told["text"], told["draft"], day, approved)
