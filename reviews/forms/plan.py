"""A step of the plan, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import day_field
from people.versions import VersionedForm


class StepForm(VersionedForm):
    """The days of a step, and when it was done."""

    starts = day_field(_("Starts"))
    ends = day_field(_("Ends"))
    done_on = day_field(_("Done on"), _("Empty while it is not done."))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("Where, with whom. Everyone who takes part can read it."),
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["done_on"].required = False
