"""The finding of a dashboard in one sentence, drafted by rules from the lights."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.analysis.standing import urgency
from aspirations.sentences import about

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@dataclass(frozen=True)
class Standing:
    """An aspiration as its headline metrics stand: its light, and the metric that sets it."""

    title: str
    light: str
    metric: str = ""
    finding: str = ""
    likelihood: float | None = None


def number(count: int) -> str:
    return _(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def eyebrow(count: int) -> str:
    words = ngettext("%(number)s aspiration", "%(number)s aspirations", count)
    return words % {"number": number(count)}


def headline(standings: Sequence[Standing]) -> str:
    """One or two sentences that say how many are near their plan and which one is not."""
    if not standings:
        return _("No aspiration has been set yet.")
    judged = [row for row in standings if row.light != "N"]
    if not judged:
        return _("Nothing can be judged yet: every light still waits for what it needs.")
    off = [row for row in judged if row.light in ("R", "AR")]
    opening = near_text(len(judged) - len(off), len(standings))
    if not off:
        return opening
    worst = min(off, key=lambda row: urgency(row.light, row.likelihood, None))
    return f"{opening} {trouble_text(worst)}"


def near_text(near: int, total: int) -> str:
    if total == 1:
        return _("The aspiration is close to its plan.") if near else ""
    if near == total:
        return _("All %(total)s aspirations are close to plan.") % {
            "total": number(total).lower()
        }
    words = ngettext(
        "%(near)s of %(total)s aspirations is close to plan.",
        "%(near)s of %(total)s aspirations are close to plan.",
        near,
    )
    return words % {"near": number(near), "total": number(total).lower()}


def trouble_text(worst: Standing) -> str:
    """Which aspiration is in trouble, by the metric that sets its light, and what it asks for."""
    words = (
        _("%(metric)s %(finding)s and needs a decision.")
        if worst.light == "R"
        else _("%(metric)s %(finding)s and needs attention.")
    )
    return words % {"metric": worst.metric, "finding": worst.finding}


def finding(state: str, likelihood: float | None) -> str:
    """What is wrong with a metric, as the end of a sentence that starts with its name."""
    if state in ("missed", "lost"):
        return _("has missed its target") if state == "missed" else _("has lost what it delivered")
    if likelihood is None:
        return _("is well behind its path")
    return _("has a chance of %(chance)s of reaching its target") % {"chance": about(likelihood)}


def summary(standings: Sequence[Standing]) -> str:
    """What the headline left out: the other aspirations, grouped by how they stand."""
    groups = (
        (_("In trouble: %(titles)s."), ("R", "AR")),
        (_("Near the plan: %(titles)s."), ("AG",)),
        (_("On course: %(titles)s."), ("G",)),
        (_("Not judged: %(titles)s."), ("N",)),
    )
    parts = []
    for words, lights in groups:
        titles = [row.title for row in standings if row.light in lights]
        if titles:
            parts.append(words % {"titles": "; ".join(titles)})
    return " ".join(parts)
