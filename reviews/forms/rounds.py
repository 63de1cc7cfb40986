"""What a round is for, what it asks and when, as filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import day_field
from people.versions import VersionedForm

Choices = Sequence[tuple[str, Any]]
MOST_USED = "supplied:delivery-capacity-review"


class RoundForm(VersionedForm):
    """`aspirations` are those the writer may read here; `rubrics` and `earlier` are choices."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give the review a title, such as “Round 2”.")},
    )
    purpose = forms.CharField(
        label=_("What it is to find out"),
        help_text=_("Everyone who takes part reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say what the review is to find out.")},
    )
    rubric = forms.ChoiceField(
        label=_("Rubric"),
        help_text=_("What is asked, element by element. It stays as it is once people are asked."),
        error_messages={
            "required": _("Choose the rubric."),
            "invalid_choice": _("Choose one of the rubrics in use in this system."),
        },
    )
    aspiration: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Anchored in"),
        queryset=None,
        required=False,
        empty_label=_("The system as a whole"),
        help_text=_(
            "The aspiration that people think of as they score. Is it new? Then choose an earlier "
            "one: people can judge only what they have lived through."
        ),
        error_messages={"invalid_choice": _("That aspiration is not one of this system’s.")},
    )
    follows = forms.ChoiceField(
        label=_("Compared with"),
        required=False,
        help_text=_("An earlier review with the same rubric. Without one, this is the baseline."),
        error_messages={"invalid_choice": _("Choose one of the closed reviews, or none.")},
    )
    is_light = forms.BooleanField(
        label=_("Light version"),
        required=False,
        help_text=_(
            "An introduction, a few interviews and one meeting. Findings suffice, without scores."
        ),
    )
    starts = day_field(_("Starts"))
    due = day_field(_("Due"), _("Aim for about a week."))
    next_due = day_field(
        _("Next review due"),
        _("Usually 18 to 24 months later, by a fresh joint team. Leave it empty to decide later."),
    )
    vision = forms.CharField(
        label=_("Shared vision and behaviours"),
        required=False,
        help_text=_(
            "For reviews of a place, said before anyone scores: what is wanted in common, and how "
            "people mean to work: citizen-centred, collaborative, strengths-based."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(
        self, data: Any = None, *, row: Any, aspirations: Any, rubrics: Choices, earlier: Choices,
        **options: Any,
    ) -> None:  # fmt: skip
        self.lists: dict[str, Any] = {
            "aspirations": aspirations, "rubrics": rubrics, "earlier": earlier,
        }  # fmt: skip
        super().__init__(data, row=row, **options)
        self.fields["aspiration"].queryset = aspirations  # type: ignore[attr-defined]
        self.fields["rubric"].choices = rubrics  # type: ignore[attr-defined]
        self.fields["follows"].choices = earlier  # type: ignore[attr-defined]
        self.fields["next_due"].required = False

    def held_by(self, row: Any) -> dict[str, Any]:
        """Rubric and earlier round by the value of their choice; a new row has the first ones."""
        held = super().held_by(row)
        latest = "" if row.pk else first_of(self.lists["earlier"])
        held["rubric"] = str(row.rubric_id or "") or usual(self.lists["rubrics"], row)
        held["follows"] = str(row.follows_id or latest)
        return held

    def options_again(self) -> dict[str, Any]:
        return self.lists


def usual(rubrics: Choices, row: Any) -> str:
    """What a new row begins with, where no review was held yet."""
    supplied = [value for value, _label in rubrics if value == MOST_USED]
    return "" if row.pk else (supplied or [first_of(rubrics)])[0]


def first_of(choices: Choices) -> str:
    return next((value for value, _label in choices), "")
