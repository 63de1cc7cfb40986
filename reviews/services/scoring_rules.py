"""What a score must bring along; each fault beside its field, with the remedy."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.services import LEAST, is_reason
from reviews.models import Participant, Rubric, Score

FIELDS = ("value", "reason", "sources", "confidence", "raise_by_one")
"""What a rater says of an element."""
ARGUED = ("self", "unit", "independent")
"""Kinds whose scores are argued; of others we only ask what they think."""
LEAST_SOURCES, MOST_SOURCES = 2, 12
LONGEST_SOURCE, LONGEST_REASON = 200, 2000
"""Characters."""
Faults = dict[str, str]


def checked(part: Participant, rubric: Rubric, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises ValidationError naming each field that falls short.

    A `value` of None says “I cannot judge this”; it needs neither a reason nor sources.
    """
    said = {
        "value": values.get("value"),
        "reason": as_text("reason", values.get("reason")),
        "sources": as_sources(values.get("sources") or []),
        "confidence": as_text("confidence", values.get("confidence")),
        "raise_by_one": as_text("raise_by_one", values.get("raise_by_one")),
    }
    faults = of_value(rubric, said["value"])
    if not faults and said["value"] is not None and part.kind in ARGUED:
        faults = {**of_reason(said), **of_sources(rubric, said)}
    if faults:
        raise ValidationError({name: [words] for name, words in faults.items()})
    return said


def of_value(rubric: Rubric, value: Any) -> Faults:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if value is None or (whole and 1 <= value <= rubric.points):
        return {}
    return {
        "value": _("Choose one of the %(points)s levels, 1 to %(points)s.")
        % {"points": rubric.points}
    }


def of_reason(said: Mapping[str, Any]) -> Faults:
    if is_reason(said["reason"]):
        return {}
    return {
        "reason": _(
            "Say in at least %(least)s characters what you saw or heard that supports a %(value)s."
        )
        % {"least": LEAST, "value": said["value"]}
    }


def of_sources(rubric: Rubric, said: Mapping[str, Any]) -> Faults:
    """The upper half of the scale is a claim that two sources must carry."""
    named = len(said["sources"])
    if said["value"] not in upper_half(rubric) or named >= LEAST_SOURCES:
        return {}
    words = {"value": said["value"], "least": LEAST_SOURCES, "named": named}
    if not named:
        return {"sources": _("A score of %(value)s needs at least %(least)s sources, and none is "
                             "named. Name them, or choose a lower score.") % words}  # fmt: skip
    return {"sources": ngettext(
        "A score of %(value)s needs at least %(least)s sources, and %(named)s is named. Name "
        "another, or choose a lower score.",
        "A score of %(value)s needs at least %(least)s sources, and %(named)s are named. Name "
        "another, or choose a lower score.", named,
    ) % words}  # fmt: skip


def upper_half(rubric: Rubric) -> range:
    """The levels of a scale that need two sources: 3 and 4 of four."""
    return range(rubric.points // 2 + 1, rubric.points + 1)


def as_text(name: str, text: Any) -> str:
    """A text without blanks around it."""
    if not isinstance(text, str | None):
        raise ValidationError({name: [_("That is not a text.")]})
    if "\x00" in (text or ""):
        raise ValidationError({name: [_("The text holds a NUL character. Take it out.")]})
    if len(text or "") > LONGEST_REASON:
        raise ValidationError({name: [
            _("The text has %(length)s characters; %(most)s are the most. Shorten it.")
            % {"length": len(text or ""), "most": LONGEST_REASON}
        ]})  # fmt: skip
    return (text or "").strip()


def as_sources(rows: Any) -> list[dict[str, str]]:
    """The sources named, each once, in the order given; what has no text is left out."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValidationError({"sources": [_("The sources are not a list.")]})
    kept: dict[str, dict[str, str]] = {}
    for row in rows:
        text = as_text("sources", row.get("text"))
        if text:
            kept.setdefault(text.casefold(), {"kind": known(row.get("kind")), "text": text})
    refuse_too_much(list(kept.values()))
    return list(kept.values())


def known(kind: Any) -> str:
    if kind in Score.Source.values:
        return str(kind)
    raise ValidationError({"sources": [_("Choose what kind of source each one is.")]})


def refuse_too_much(rows: list[dict[str, str]]) -> None:
    if len(rows) > MOST_SOURCES:
        raise ValidationError({"sources": [
            _("%(named)s sources are named; %(most)s are enough. Keep those that carry the most.")
            % {"named": len(rows), "most": MOST_SOURCES}
        ]})  # fmt: skip
    if any(len(row["text"]) > LONGEST_SOURCE for row in rows):
        raise ValidationError({"sources": [
            _("A source is named in %(most)s characters or fewer.") % {"most": LONGEST_SOURCE}
        ]})  # fmt: skip
