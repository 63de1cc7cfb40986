"""What leaders decide, what it means for the unit, and releasing it, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.versions import VersionedForm
from reviews.forms.citing import CitingForm, elements_field, order_field, text_field
from reviews.models import Conclusion, Round

Kind = Conclusion.Kind
KINDS = [
    (_("Leaders"), [(str(Kind(kind).value), Kind(kind).label) for kind in Conclusion.OF_LEADERS]),
    (_("The unit"), [(str(Kind(kind).value), Kind(kind).label) for kind in Conclusion.OF_UNIT]),
]


class ConclusionForm(CitingForm):
    """One thing that leaders choose, stop or leave alone, or that the unit draws from it."""

    kind = forms.ChoiceField(
        label=_("What it is about"),
        choices=KINDS,
        error_messages={"invalid_choice": _("Choose one of those listed.")},
    )
    text = text_field(
        _("What is concluded"), _("One thing, in one or two sentences."),
        _("Say what is concluded."),
    )  # fmt: skip
    elements = elements_field()
    office = forms.CharField(
        label=_("Who sees to it"), help_text=_("An office, not a name."), max_length=120,
        required=False,
    )  # fmt: skip
    order = order_field()


class ReleaseForm(VersionedForm):
    """The next step of the release, confirmed."""

    step = forms.CharField(widget=forms.HiddenInput, max_length=6)
    sure = forms.BooleanField(
        label=_("I know that this cannot be taken back"),
        error_messages={
            "required": _("Tick that you know it cannot be taken back, or leave this page."),
        },
    )

    def held_by(self, row: Round) -> dict[str, Any]:
        return {"step": next_step(row)}

    def compared(self) -> list[str]:
        return []


def next_step(row: Round) -> str:
    """“leader”, then “team”, then nothing more."""
    if row.leader_at is None:
        return "leader"
    return "team" if row.team_at is None else ""
