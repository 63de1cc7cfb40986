"""From findings to action: what a review found, what that means, who does what by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Action
from reviews.models import Element, Finding, Implication, ReviewAction, Round
from reviews.pages.scales import scale_of

OPEN = Action.Status.OPEN


@dataclass(frozen=True)
class Meant:
    """One implication, and the actions that follow from it, the earliest due first."""

    implication: Implication
    actions: list[ReviewAction]


@dataclass(frozen=True)
class Told:
    """One finding with the elements it rests on and what it implies."""

    finding: Finding
    elements: list[Element]
    implications: list[Meant]


def findings_of(round: Round) -> list[Told]:
    """What stands of a round, in its order, in four queries however much it is.

    Each action has `aim`, the level it is to reach as the rubric shows it, and `is_late`.
    """
    actions = ReviewAction.objects.select_related("action", "element")
    meant = Implication.objects.in_force().prefetch_related(Prefetch("actions", actions))
    rows = Finding.objects.filter(round=round).in_force()
    found = rows.prefetch_related("elements", Prefetch("implications", meant))
    scale, today = scale_of(round.rubric), round.system.today()
    return [told(row, scale, today) for row in found]


def told(row: Finding, scale: Any, today: date) -> Told:
    meant = [
        Meant(one, [seen(action, scale, today) for action in one.actions.all()])
        for one in row.implications.all()
    ]
    return Told(row, list(row.elements.all()), meant)


def seen(row: Any, scale: Any, today: date) -> ReviewAction:
    """The action with how it stands, for pages."""
    row.aim = scale.whole(row.towards) if row.towards and row.towards <= scale.points else None
    row.is_late = row.action.is_late(today)
    found: ReviewAction = row
    return found


def implications_of(round: Round) -> list[Implication]:
    """Implications that stand, to which an action can be moved."""
    rows: QuerySet[Implication] = Implication.objects.filter(finding__round=round)
    found = rows.in_force().filter(finding__withdrawn_at=None)  # type: ignore[attr-defined]
    return list(found.order_by("finding__order", "finding_id", "order", "pk"))


def elements_of(round: Round) -> list[Element]:
    """The elements of its rubric in order; none where it has no rubric."""
    return list(Element.objects.filter(rubric=round.rubric_id)) if round.rubric_id else []


def levels_of(round: Round) -> dict[int, int | None]:
    """What the panel agreed on, by element."""
    return dict(round.agreed.in_force().values_list("element", "value"))


class FindingsPage:
    """All that follows from one round, for who may read its results."""

    def __init__(self, round: Round, *, may_write: bool) -> None:
        self.round, self.may_write = round, may_write

    @cached_property
    def told(self) -> list[Told]:
        return findings_of(self.round)

    @cached_property
    def actions(self) -> list[ReviewAction]:
        """Every action, the earliest due first."""
        found = [row for one in self.told for meant in one.implications for row in meant.actions]
        return sorted(found, key=lambda row: (row.action.due, row.pk))

    def in_term(self, term: str) -> list[ReviewAction]:
        return [row for row in self.actions if row.term == term]

    @property
    def terms(self) -> list[tuple[str, list[ReviewAction]]]:
        """Short and long term, as far as there are actions."""
        pairs = [(term.label, self.in_term(term)) for term in ReviewAction.Term]
        return [(str(label), rows) for label, rows in pairs if rows]

    @property
    def questions(self) -> list[Implication]:
        """Questions that nobody has answered yet."""
        meant = (one.implication for row in self.told for one in row.implications)
        return [row for row in meant if row.is_question and not row.answer]

    @property
    def headline(self) -> str:
        """What follows from the review, in one sentence."""
        if not self.told:
            return _("No finding is written down yet.")
        if not self.actions:
            return _("%(findings)s, and no action is agreed to follow yet.") % {
                "findings": counted(self.told)
            }
        words = ngettext(
            "%(findings)s leads to %(actions)s%(state)s.",
            "%(findings)s lead to %(actions)s%(state)s.",
            len(self.told),
        )
        return words % {
            "findings": counted(self.told), "actions": number_of(self.actions),
            "state": state_of(self.actions),
        }  # fmt: skip


def counted(told: Iterable[Told]) -> str:
    """“2 strengths and 3 weaknesses”; findings of other kinds count as findings."""
    natures = [one.finding.nature for one in told]
    strong, weak = natures.count(Finding.Nature.STRENGTH), natures.count(Finding.Nature.WEAKNESS)
    parts = [
        ngettext("one strength", "%(count)s strengths", strong) % {"count": apnumber(strong)},
        ngettext("one weakness", "%(count)s weaknesses", weak) % {"count": apnumber(weak)},
    ]
    other = len(natures) - strong - weak
    words = ngettext("one observation", "%(count)s observations", other) % {
        "count": apnumber(other)
    }
    return sentence_start(joined(
        [text for text, count in zip([*parts, words], [strong, weak, other], strict=True) if count]
    ))  # fmt: skip


def joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(some)s and %(last)s") % {"some": ", ".join(parts[:-1]), "last": parts[-1]}


def sentence_start(text: str) -> str:
    return text[:1].upper() + text[1:]


def number_of(actions: list[ReviewAction]) -> str:
    count = len(actions)
    return ngettext("one action", "%(count)s actions", count) % {"count": apnumber(count)}


def state_of(actions: list[Any]) -> str:
    """What of the actions matters most now: late ones, the next one due, or that all is settled."""
    late = sum(row.is_late for row in actions)
    if late:
        return ngettext("; one is late", "; %(count)s are late", late) % {"count": apnumber(late)}
    due = [row.action.due for row in actions if row.action.status == OPEN]
    if not due:
        return _("; all of it is settled")
    words = ngettext("; it is due on %(day)s", "; the next is due on %(day)s", len(actions))
    return words % {"day": date_format(min(due), "j F Y")}
