"""What people fill in about capacity reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.confidential import MemberChoice
from people.forms.fields import day_field
from people.versions import VersionedForm
from reviews.models import Participant


class RoundForm(VersionedForm):
    """What a round is for, and when. `aspirations` are those the writer may read here."""

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
    aspiration: "forms.ModelChoiceField[Any]" = forms.ModelChoiceField(
        label=_("Aspiration"),
        queryset=None,
        required=False,
        empty_label=_("The system as a whole"),
        error_messages={"invalid_choice": _("That aspiration is not one of this system’s.")},
    )
    starts = day_field(_("Starts"))
    due = day_field(_("Due"))

    def __init__(self, data: Any = None, *, row: Any, aspirations: Any, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self.aspirations = aspirations
        self.fields["aspiration"].queryset = aspirations  # type: ignore[attr-defined]

    def options_again(self) -> dict[str, Any]:
        return {"aspirations": self.aspirations}


class ParticipantForm(forms.Form):
    """Who takes part, and in which part. Only leaders choose the joint team."""

    user = MemberChoice(
        label=_("Person"),
        queryset=None,
        empty_label=_("Choose a member"),
        help_text=_(
            "Members of this system who are not named yet. Invite anyone else as a reviewer first: "
            "reviewers see their review and nothing else."
        ),
        error_messages={
            "required": _("Choose the person."),
            "invalid_choice": _("Choose a member of this system who is not named yet."),
        },
    )
    kind = forms.ChoiceField(
        label=_("Takes part for"),
        choices=Participant.Kind.choices,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )
    joint_team = forms.BooleanField(
        label=_("In the joint team"),
        required=False,
        help_text=_("Reads and writes the notes of interviews."),
    )

    def __init__(self, data: Any = None, *, people: Any, leads: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        if not leads:
            del self.fields["joint_team"]
