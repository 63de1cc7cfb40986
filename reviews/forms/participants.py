"""Who takes part, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.confidential import MemberChoice
from people.forms.entries import EntryForm
from reviews.models import Participant

Kind = Participant.Kind
# What each part means, beside its name in the list.
PARTS = [
    (Kind.SELF, _("The organisation itself: scores for the self-review")),
    (Kind.UNIT, _("The delivery unit: one signed sheet")),
    (Kind.INDEPENDENT, _("An independent body: one signed sheet")),
    (Kind.INTERVIEWEE, _("Interviewee: scores in an interview")),
    (Kind.FOCUS_GROUP, _("Focus group: scores in a group")),
    (Kind.SURVEY, _("Survey: scores alone")),
]
OF_GUESTS = [(kind, label) for kind, label in PARTS if kind != Kind.UNIT]
LEVELS = [("", _("Not said")), *Participant.Tier.choices]


class PartForm(EntryForm):
    """In which part someone is there, for whom, and whether they sign."""

    kind = forms.ChoiceField(
        label=_("Takes part as"),
        choices=PARTS,
        help_text=_(
            "Scores of a group are shown together only, and only where four or more gave them."
        ),
        error_messages={
            "required": _("Choose the part."), "invalid_choice": _("Choose one of the list."),
        },
    )  # fmt: skip
    tier = forms.ChoiceField(
        label=_("Level"),
        choices=LEVELS,
        required=False,
        help_text=_("So that leaders, middle, front line and outsiders are all heard."),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    body = forms.CharField(
        label=_("Organisation"),
        required=False,
        help_text=_("For whom they speak."),
        widget=forms.TextInput(attrs={"list": "offices"}),
        max_length=120,
    )
    signs = forms.BooleanField(
        label=_("Signs the sheet"),
        required=False,
        help_text=_(
            "For the unit or an independent body only: gives its one signed sheet, which the joint "
            "team sees under its name once the review is closed. One person for each."
        ),
    )


class ParticipantForm(PartForm):
    """A member of the system. Only leaders choose the joint team."""

    user = MemberChoice(
        label=_("Person"),
        queryset=None,
        empty_label=_("Choose a member"),
        help_text=_("Members of this system who are not named yet."),
        error_messages={
            "required": _("Choose the person."),
            "invalid_choice": _("Choose a member of this system who is not named yet."),
        },
    )
    joint_team = forms.BooleanField(
        label=_("In the joint team"),
        required=False,
        help_text=_("Reads and writes the notes of interviews, and draws the conclusions."),
    )
    field_order = ("user",)

    def __init__(self, data: Any = None, *, people: Any, leads: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
        if not leads:
            del self.fields["joint_team"]


class GuestForm(PartForm):
    """Someone without an account, who comes in by a link."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As the mail to them begins. The unit sees it, nobody else."),
        error_messages={"required": _("Give the name.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The link goes there."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Give the address."),
            "invalid": _("That is no e-mail address. Write it as name@example.org."),
        },
    )
    field_order = ("name", "email", "body")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["kind"].choices = OF_GUESTS  # type: ignore[attr-defined]
        self.fields["signs"].help_text = _(
            "For an independent body only: gives its one signed sheet, which the joint team sees "
            "under its name once the review is closed. One person for each."
        )
        self.initial.setdefault("kind", Kind.INTERVIEWEE)
