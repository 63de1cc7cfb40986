"""What people fill in about their own judgment: rounds, sheets, moderation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.standing import ORDER
from aspirations.models import Assessment, Light
from aspirations.sentences import assessments as words
from people.forms.confidential import MemberChoice
from people.forms.entries import EntryForm
from people.forms.fields import day_field
from people.versions import VersionedForm

LIGHTS = [(light, words.MEANINGS[light]) for light in ORDER]
CONFIDENCE = Assessment.Confidence.choices


def numbered(texts: Iterable[Any]) -> list[tuple[int, Any]]:
    return list(enumerate(texts, start=1))


def radios(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    """One of several, or not chosen yet."""
    return forms.ChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip


def rating(label: Any, choices: Any, hint: Any = "") -> forms.TypedChoiceField:
    """One point of a scale from 1 to 4; None where none is chosen."""
    return forms.TypedChoiceField(
        label=label, choices=choices, help_text=hint, required=False, widget=forms.RadioSelect,
        coerce=int, empty_value=None,
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip


def chosen_rating(label: Any) -> forms.TypedChoiceField:
    """The same as a short list."""
    return forms.TypedChoiceField(
        label=label, choices=[("", "–"), *((n, str(n)) for n in range(1, 5))], required=False,
        coerce=int, empty_value=None,
    )  # fmt: skip


def text(label: Any, hint: Any = "", rows: int = 3, most: int = 4000) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class OpenRoundForm(EntryForm):
    """A round: what it is called, when sheets are due, and who is asked."""

    title = forms.CharField(
        label=_("Title"),
        help_text=_("For example “March 2026”."),
        max_length=120,
        error_messages={"required": _("Give the round a title, such as “March 2026”.")},
    )
    due = day_field(_("Sheets are due on"))
    assessors: "forms.ModelMultipleChoiceField[Any]" = forms.ModelMultipleChoiceField(
        label=_("Who is asked"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each writes alone. Ask people of different backgrounds."),
        error_messages={
            "required": _("Ask at least one person."),
            "invalid_choice": _("Someone chosen may not assess here. Choose from those listed."),
            "invalid_pk_value": _("Choose from those listed."),
        },
    )

    def __init__(self, data: Any = None, *, people: Any, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["assessors"]
        field.queryset = people
        field.label_from_instance = MemberChoice.label_from_instance.__get__(field)


class ViewForm(EntryForm):
    """A short sheet on one metric."""

    light = radios(_("Likelihood of delivery"), LIGHTS)
    reason = text(
        _("Why"), _("What you saw that the figures do not tell. At least ten characters.")
    )
    difference_reason = text(
        _("Why this differs from the rules’ light"),
        _("Only where you choose another light than the rules."), rows=2,
    )  # fmt: skip
    confidence = radios(_("How confident are you?"), CONFIDENCE)
    change_mind = text(_("What would change my mind"), rows=2, most=2000)


class SheetForm(ViewForm):
    """A whole sheet on one aspiration. A draft may leave out anything; what is sent may not."""

    field_order = [
        "recent_performance", "challenge", "planning", "capacity", "progress", "stage",
        "stage_evidence", "light", "reason", "difference_reason", "confidence", "change_mind",
        "kind",
    ]  # fmt: skip
    recent_performance = text(
        _("Recent performance"),
        _("Evidence against the path and the milestones. Green is not accepted without it."),
    )
    challenge = radios(_("Degree of challenge"), list(words.CHALLENGES.items()))
    planning = rating(
        _("Quality of planning, implementation and performance management"),
        numbered(words.SCALES["planning"]),
        _("Does the plan lead to the aspiration, with a team that answers for it, and is it used?"),
    )
    capacity = rating(
        _("Capacity to drive progress"),
        numbered(words.SCALES["capacity"]),
        _("At every level, from the leader to the front line."),
    )
    progress = rating(_("Evidence of progress"), numbered(words.SCALES["progress"]))
    stage = rating(_("Stage of delivery"), list(words.STAGES.items()))
    stage_evidence = text(
        _("Evidence that progress is irreversible"),
        _("Only for the last stage: changed structures and incentives, leadership, culture, "
          "visible results and credibility."), rows=2,
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("I write as"), choices=list(words.KINDS.items()), required=False,
        help_text=_("Those who answer for something tend to see it a little brighter; their "
                    "sheets are shown apart."),
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip
    reason = text(
        _("Summary reason"),
        _("The reason for the light as a whole: it is not an average of the ratings above. "
          "At least ten characters."),
    )  # fmt: skip

    def written(self) -> dict[str, Any]:
        """What can be kept; a kind left out is a peer's."""
        return {**self.cleaned_data, "kind": self.cleaned_data.get("kind") or "peer"}


class CloseForm(EntryForm):
    """Closing a round; the reason only counts while sheets are missing."""

    reason = forms.CharField(
        label=_("Why it closes while sheets are missing"),
        help_text=_("At least ten characters. It stays in the trail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class FinalForm(VersionedForm):
    """What is settled of one aspiration; its version is the round's."""

    rank = forms.IntegerField(
        label=_("Place"), required=False, min_value=1, max_value=500,
        help_text=_("1 is the most likely to be delivered."),
        error_messages={
            "invalid": _("Give the place as a whole number."),
            "min_value": _("Places start at 1."), "max_value": _("That place is too far down."),
        },
    )  # fmt: skip
    light = forms.ChoiceField(
        label=_("Moderated light"), required=False,
        choices=[("", _("Not settled")), *((light, Light(light).label) for light in ORDER)],
    )  # fmt: skip
    reason = text(
        _("Why this light"), _("And, where it is not what most sheets said, what changed."), rows=3
    )
    difference_reason = text(
        _("Why it differs from the rules’ light"), _("Only where the two are not the same."), rows=2
    )
    dissent = text(
        _("Dissent"), _("Who disagrees by office, and why. It stays with the result."), rows=2
    )
    planning = chosen_rating(_("Planning"))
    capacity = chosen_rating(_("Capacity"))
    progress = chosen_rating(_("Progress"))

    def version_of(self, row: Any) -> int:
        return int(row.round.version)


class ConfirmForm(VersionedForm):
    """A press of a button on what was seen: it holds for that version alone."""
