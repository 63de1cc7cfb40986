"""Drawing conclusions: who may, when, and how what they write is kept.

Until the results are released to the team, the trail, which all the unit reads, says that
something was written and never what.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from people.services import check_reason, record, save_with_trail
from reviews.models import Element, Round
from reviews.services.holding import held

WRITE = "conclusion.write"
MOST = 1000
"""Characters of a finding, an implication or a conclusion."""
PLAIN = {"round", "withdrawn_at"}
"""Fields of which the trail tells all: they hold nothing that was concluded."""


def to_draw(round: Round, actor: User | None) -> Round:
    """The round, held, for who draws its conclusions; ValidationError where it is too early."""
    row = held(round, actor, WRITE)
    refuse_early(row)
    return row


def refuse_early(row: Round) -> None:
    """Conclusions follow the closing; a light review draws them while people still talk."""
    if row.is_closed or (row.is_light and row.is_open):
        return
    raise ValidationError(
        _("“%(round)s” is not closed yet, so nothing is concluded from it. Close it first.")
        % {"round": row}
    )


def write(
    row: Any, values: Mapping[str, Any], *, siblings: QuerySet[Any], version: int | None = None,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Keep what a row says, what it cites and where it stands; whether anything changed.

    `siblings` are the rows it is listed with. `elements` and `order` (its place, from 1) may be
    among the values. Conflict where someone saved since `version`.
    """
    fields, new = dict(values), row._state.adding
    cited = fields.pop("elements", None)
    fields["order"] = standing(row, fields.pop("order", None), siblings)
    was = row.order
    if "text" in fields:
        check_text(fields["text"])
    moved = cited is not None and not new and cites_other(row, cited)
    changed = save_with_trail(
        row, fields, system=row.system, key="", actor=actor, door=door, version=version,
        sealed=sealed(fields),
    )  # fmt: skip
    if cited is not None and (new or moved):
        cite(row, cited, told=moved, actor=actor, door=door)
    if new or row.order != was:
        renumber(row, siblings)
    return changed or moved


def sealed(fields: Iterable[str]) -> set[str]:
    return set(fields) - PLAIN


def check_text(text: Any) -> None:
    if isinstance(text, str) and len(text) > MOST:
        words = _("This text has %(count)s characters. Use at most %(most)s, or make two of it.")
        raise ValidationError({"text": words % {"count": len(text), "most": MOST}})


def standing(row: Any, place: int | None, siblings: QuerySet[Any]) -> int:
    """The place of a row in its list: as asked for, else where it stands, else the last."""
    others = siblings.exclude(pk=row.pk).count()
    if place is None:
        place = others + 1 if row._state.adding else row.order
    return max(1, min(place, others + 1))


def renumber(row: Any, siblings: QuerySet[Any]) -> None:
    """Move the others up or down, so that the row stands where it is to."""
    rows: list[Any] = list(siblings.exclude(pk=row.pk).order_by("order", "pk"))
    rows.insert(row.order - 1, row)
    for place, other in enumerate(rows, 1):
        if other.order != place:
            siblings.filter(pk=other.pk).update(order=place)


def check_elements(row: Round, elements: Sequence[Element]) -> None:
    """Only what the review itself asks about is cited."""
    for element in elements:
        if element.rubric_id != row.rubric_id:
            words = _("“%(element)s” is not in the rubric of this review. Choose from its own.")
            raise ValidationError({"elements": words % {"element": element}})


def cites_other(row: Any, elements: Iterable[Element]) -> bool:
    return set(row.elements.values_list("pk", flat=True)) != {one.pk for one in elements}


def cite(
    row: Any, elements: Sequence[Element], *, told: bool, actor: User | None, door: str
) -> None:
    row.elements.set(elements)
    if told:
        note(row, ["elements"], actor=actor, door=door)


def note(row: Any, names: Iterable[str], *, actor: User | None, door: str) -> None:
    """A line of the trail that these fields changed, and not to what."""
    changed = dict.fromkeys(names, "changed")
    record(
        system=row.system, action="change", on=row, actor=actor, door=door,
        before=changed, after=changed,
    )  # fmt: skip


def refuse_withdrawn(row: Any) -> None:
    if row.withdrawn_at is not None:
        raise ValidationError(
            _("This was withdrawn meanwhile, so nothing was saved. Keep a copy of what you typed, "
              "and add it anew if it still holds.")
        )  # fmt: skip


def take_back(
    row: Any, round: Round, reason: str, *, what: str, actor: User | None, door: str
) -> None:
    """Withdraw a row: it leaves the pages, never the database.

    What the team has read takes a reason, which the trail keeps; before that there is none to
    give, for the trail would tell of what nobody may read yet.
    """
    refuse_withdrawn(row)
    why = check_reason(reason, what) if round.team_at else ""
    save_with_trail(
        row, {"withdrawn_at": timezone.now()}, system=row.system, key="", action="withdraw",
        actor=actor, door=door, reason=why, version=row.version,
    )  # fmt: skip
