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


class JoinedInput(forms.HiddenInput):
    """Several values in one hidden field, so that none at all can be told from not sent."""

    def format_value(self, value: Any) -> str:
        return ",".join(map(str, value or []))


class ManyField(forms.MultipleChoiceField):
    """Several boxes to tick, in a form over a row: what it holds is a list of texts."""

    widget = forms.CheckboxSelectMultiple
    hidden_widget = JoinedInput

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(parted(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(parted(initial), parted(data))


def parted(value: Any) -> Any:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value
