"""What is asked of who makes a token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Role, Token

LASTS = [(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("One year"))]
OPENS = [
    (Role.VIEWER.value, _("Reads: dashboards, plans, figures and judgments")),
    (Role.DATA_PROVIDER.value, _("Loads figures: reads the figures, and may send new ones")),
]


class TokenForm(forms.Form):
    """What the program is, what its token opens, and for how long."""

    name = forms.CharField(
        label=_("Name of the program"),
        max_length=Token._meta.get_field("name").max_length,
        help_text=_("So that colleagues know whom a token serves, such as “Warehouse, nightly”."),
        error_messages={"required": _("Name the program, so that others know what uses it.")},
    )
    role = forms.ChoiceField(
        label=_("What it may do"),
        choices=OPENS,
        error_messages={"required": _("Choose what the program may do.")},
    )
    days = forms.TypedChoiceField(
        label=_("How long it lasts"),
        choices=LASTS,
        coerce=int,
        initial=90,
        help_text=_("Then it ends by itself. Make the next one before that day."),
        error_messages={"required": _("Choose how long the token lasts.")},
    )

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
