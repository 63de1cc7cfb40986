"""What people fill in about stocktakes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import day_field
from people.versions import VersionedForm


class StocktakeForm(VersionedForm):
    """When stock is taken, what of, and who chairs."""

    date = day_field(_("Day"))
    title = forms.CharField(
        label=_("What it is about"),
        help_text=_("Leave it empty where it takes stock of everything."),
        max_length=120,
        required=False,
    )
    chair = forms.CharField(
        label=_("Who chairs it"),
        help_text=_("An office, not a name."),
        max_length=120,
        required=False,
    )


class CancelForm(forms.Form):
    """Why a stocktake is called off."""

    reason = forms.CharField(
        label=_("Why it is called off"),
        help_text=_("At least ten characters. It stays on the page and in the trail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why it is called off.")},
    )
