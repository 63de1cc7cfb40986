"""What leaders decide beside the actions, and what it means for the unit, as pages show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reviews.models import Conclusion, Round


@dataclass(frozen=True)
class OfKind:
    """What was concluded of one kind, in order."""

    kind: str
    title: str
    rows: list[Conclusion]


@dataclass(frozen=True)
class Drawn:
    """The kinds that are told under one heading. `id` is its anchor."""

    id: str
    title: str
    kinds: list[OfKind]

    @property
    def is_empty(self) -> bool:
        return not any(one.rows for one in self.kinds)


def conclusions_of(round: Round) -> list[Drawn]:
    """What was concluded, by heading and kind, each kind listed even where it has no row."""
    found: dict[str, list[Conclusion]] = {str(kind): [] for kind in Conclusion.Kind.values}
    rows = Conclusion.objects.filter(round=round).in_force().prefetch_related("elements")
    for row in rows:
        found[row.kind].append(row)
    headings = [
        ("leaders-decide", _("What leaders decide"), Conclusion.OF_LEADERS),
        ("for-the-unit", _("What it means for the unit"), Conclusion.OF_UNIT),
    ]
    return [
        Drawn(anchor, title, [
            OfKind(kind, str(Conclusion.Kind(kind).label), found[kind]) for kind in kinds
        ])
        for anchor, title, kinds in headings
    ]  # fmt: skip
