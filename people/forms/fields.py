"""Fields that several rooms ask for in the same way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day as browsers send it; 03/04/2026 could be read in two ways."""
    return forms.DateField(
        label=label, help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "required": _("Give the day."),
            "invalid": _("That is no day. Write it as year, month and day: 2026-03-24."),
        },
    )  # fmt: skip
