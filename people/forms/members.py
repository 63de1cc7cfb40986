"""What is asked when people are given roles, and when they take them up."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from people.labels import personal_name, role_choices
from people.models import Membership, Role, System, User
from people.services.reasons import LEAST

OPENS = {
    Role.SYSTEM_LEADER: _("owns the aspirations, decides, and opens the confidential rooms"),
    Role.DELIVERY_LEADER: _("runs the unit: everything a leader may, and who works here"),
    Role.UNIT_STAFF: _("works on plans, figures, assessments and reviews"),
    Role.LEADER_OFFICE: _("reads, and drafts for the leader"),
    Role.ACCOUNTABLE_HEAD: _("answers for an aspiration, and brings its figures"),
    Role.PLAN_OWNER: _("keeps trajectory and plan, and brings figures"),
    Role.DATA_PROVIDER: _("brings figures, and sees no dashboard"),
    Role.REVIEWER: _("sees the capacity review they are named on, and nothing else"),
    Role.STEWARD: _("reads, and keeps the learning cycles"),
    Role.VIEWER: _("reads what is shared"),
}
"""What each role is for, in a line."""
REASON = forms.CharField(
    label=_("Reason"),
    widget=forms.Textarea(attrs={"rows": 3}),
    max_length=2000,
    help_text=_("At least %s characters. It stands in the trail.") % LEAST,
    error_messages={"required": _("Say why: this needs a reason.")},
)


OFFICE = forms.CharField(
    label=_("Office"),
    max_length=120,
    required=False,
    help_text=_(
        "The office they speak for, written as metrics name their owner, such as “Data Office”. "
        "Notices about its figures then reach them. It opens nothing. May be left empty."
    ),
)


def offered(system: System) -> list[tuple[str, str]]:
    """Every role by the system's name for it, with what it is for."""
    return [(code, f"{name}: {OPENS[Role(code)]}") for code, name in role_choices(system, OPENS)]


class InviteForm(forms.Form):
    """To whom a role is offered."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        error_messages={
            "required": _("Give the e-mail address to invite."),
            "invalid": _("This is no e-mail address. Write one such as name@example.org."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose what they will be.")}
    )
    office = OFFICE
    note = forms.CharField(
        label=_("A line to them"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the mail. May be left empty."),
    )

    def __init__(self, system: System, data: Any = None) -> None:
        super().__init__(data, initial={"role": Role.VIEWER})
        self.fields["role"].choices = offered(system)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()


class RoleForm(forms.Form):
    """Another role or office, why, and what its writer saw."""

    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose the new role.")}
    )
    office = OFFICE
    reason = REASON
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    seen_office = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, system: System, row: Membership, data: Any = None) -> None:
        held = {"role": row.role, "office": row.office}
        super().__init__(data, initial={**held, "seen": row.role, "seen_office": row.office})
        self.fields["role"].choices = offered(system)  # type: ignore[attr-defined]


class RemovalForm(forms.Form):
    """Why a role is taken away, and which one its writer saw."""

    reason = REASON
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, role: str, data: Any = None) -> None:
        super().__init__(data, initial={"seen": role})


class NameForm(forms.ModelForm):
    """What others read of a person."""

    class Meta:
        model = User
        fields = ["name"]
        help_texts = {"name": _("An office says more than a name, such as “Director, Reading”.")}

    def clean_name(self) -> str:
        return personal_name(self.cleaned_data["name"])


class JoinForm(forms.Form):
    """What a new person adds to what the invitation says."""

    name = forms.CharField(
        label=_("Your name or office"),
        max_length=120,
        help_text=_("Others see it beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Give your name or office.")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=password_validation.password_validators_help_text_html,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )

    def clean_name(self) -> str:
        return personal_name(self.cleaned_data["name"])
