"""What a rater says of one element, as filled in."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.forms.entries import EntryForm
from reviews.models import Rubric, Score
from reviews.services.fitness import SIZES
from reviews.services.scoring_rules import LONGEST_REASON, LONGEST_SOURCE, MOST_SOURCES

LEVELS = {str(number) for number in range(1, max(SIZES) + 1)}
ROWS = 3
"""Rows for sources that a fresh form offers."""


class ScoreForm(EntryForm):
    """One element's score. `cannot`: sent by the button that says so, so no level is asked for.

    `seen` carries the revision that the rater saw, `rows` how many sources there is room for.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)
    rows = forms.CharField(widget=forms.HiddenInput, required=False)
    value = forms.TypedChoiceField(
        label=_("Your score"), required=False, widget=forms.RadioSelect, coerce=int,
        empty_value=None, error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("What evidence supports this?"), required=False, max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    confidence = forms.ChoiceField(
        label=_("How sure are you?"), required=False,
        choices=[("", _("Not said")), *Score.Confidence.choices],
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip
    raise_by_one = forms.CharField(
        label=_("What would raise the score by one?"), required=False, max_length=300
    )

    def __init__(
        self,
        data: Any = None,
        *,
        rubric: Rubric,
        hint: str = "",
        cannot: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.cannot, self.room = cannot, room(data, self.initial)
        self.fields["reason"].help_text = hint
        levels: Any = self.fields["value"]
        levels.choices = [(n, row["name"]) for n, row in enumerate(rubric.scale, start=1)]
        for number in range(self.room):
            self.fields[f"source_kind_{number}"] = kind_field(number)
            self.fields[f"source_text_{number}"] = text_field(number)

    def clean(self) -> dict[str, Any]:
        chosen = self.errors.get("value") or self.cleaned_data.get("value")
        if not self.cannot and not chosen:
            self.add_error("value", _("Choose a level, or say “I cannot judge this”."))
        if self.errors.get("seen"):
            del self.errors["seen"]
            raise ValidationError(_(
                "This page no longer says which of your scores it showed, so nothing was saved. "
                "Keep a copy of what you typed, open the page again and enter it there."
            ))  # fmt: skip
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """What is to be kept. Only of a valid form."""
        held = self.cleaned_data
        return {
            "value": None if self.cannot else held["value"],
            "reason": held["reason"],
            "sources": [
                {"kind": held[f"source_kind_{n}"], "text": held[f"source_text_{n}"]}
                for n in range(self.room)
            ],
            "confidence": held["confidence"],
            "raise_by_one": held["raise_by_one"],
        }

    def refused(self, problem: ValidationError) -> None:
        """What is said of the sources stands at the first row that is free."""
        if hasattr(problem, "error_dict") and "sources" in problem.error_dict:
            faults = problem.error_dict.pop("sources")
            texts = [self.cleaned_data.get(f"source_text_{n}") for n in range(self.room)]
            free = next((n for n, text in enumerate(texts) if not text), self.room - 1)
            self.add_error(f"source_text_{free}", faults)
        super().refused(problem)

    def sources(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for number in range(self.room):
            yield self[f"source_kind_{number}"], self[f"source_text_{number}"]

    @property
    def has_room(self) -> bool:
        """Whether a row more may be asked for."""
        return self.room < MOST_SOURCES


def held_by(score: Score | None, revision: int) -> dict[str, Any]:
    """What a form begins with: what the rater said last."""
    if score is None:
        return {"seen": revision}
    rows = {}
    for number, row in enumerate(score.sources):
        rows[f"source_kind_{number}"], rows[f"source_text_{number}"] = row["kind"], row["text"]
    return {
        "seen": revision, "rows": max(ROWS, len(score.sources)), "value": score.value,
        "reason": score.reason, "confidence": score.confidence,
        "raise_by_one": score.raise_by_one, **rows,
    }  # fmt: skip


def with_a_row_more(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, as the beginning of a form with room for one source more."""
    return {**{name: data[name] for name in data}, "rows": room(data, {}) + 1}


def typed(data: Mapping[str, Any]) -> list[str]:
    """What was chosen and written, to hand it back where no form can be shown."""
    names = ("reason", *(f"source_text_{n}" for n in range(MOST_SOURCES)), "raise_by_one")
    return [*chosen(data), *(data[name] for name in names if data.get(name))]


def chosen(data: Mapping[str, Any]) -> list[str]:
    """The level by its number, for whose scale it was is not known there, and how sure one is."""
    level, sure = (
        data.get("value", ""),
        dict(Score.Confidence.choices).get(data.get("confidence", "")),
    )
    said = [
        _("I cannot judge this") if "cannot" in data
        else _("Your score: %s") % level if level in LEVELS else "",
        _("How sure you are: %s") % sure if sure else "",
    ]  # fmt: skip
    return [str(words) for words in said if words]


def room(data: Mapping[str, Any] | None, initial: Mapping[str, Any]) -> int:
    """How many rows for sources: as many as were sent or begun with, within reason."""
    text = str((initial if data is None else data).get("rows") or ROWS)
    asked = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else ROWS
    return min(max(asked, ROWS), MOST_SOURCES)


def kind_field(number: int) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Kind of source %(number)s") % {"number": number + 1},
        choices=Score.Source.choices, initial=Score.Source.DOCUMENT,
        error_messages={
            "required": _("Choose what kind of source it is."),
            "invalid_choice": _("Choose one of those offered."),
        },
    )  # fmt: skip


def text_field(number: int) -> forms.CharField:
    return forms.CharField(
        label=_("Source %(number)s") % {"number": number + 1}, required=False,
        max_length=LONGEST_SOURCE,
    )  # fmt: skip
