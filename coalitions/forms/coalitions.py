"""What people fill in about guiding coalitions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition
from people.forms.confidential import MemberChoice


class StartForm(forms.Form):
    """Which form a coalition takes."""

    form = forms.ChoiceField(
        label=_("Form"),
        choices=Coalition.Form.choices,
        help_text=_(
            "In an informal network listening wins critics, and it may fragment. A coordinated "
            "team stands united and gathers momentum, and it may turn bureaucratic."
        ),
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )


class DelegateForm(forms.Form):
    """Whom a leader lets in."""

    user = MemberChoice(
        label=_("Person"),
        queryset=None,
        empty_label=_("Choose a member"),
        help_text=_("Members of this system whose role reads its dashboard."),
        error_messages={
            "required": _("Choose the person."),
            "invalid_choice": _("Choose a member of this system who is not a delegate yet."),
        },
    )

    def __init__(self, data: Any = None, *, people: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]
