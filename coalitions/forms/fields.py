"""Fields of the coalition's forms. No browser is asked to keep what is typed, or to send it on."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalitions.models import Level

PRIVATE = {"autocomplete": "off", "spellcheck": "false"}


def line_field(
    label: Any, hint: Any = "", *, most: int = 120, required: Any = "", **attrs: str
) -> forms.CharField:
    """One line; with `required`, what is said where it is empty."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(required),
        widget=forms.TextInput(attrs={**PRIVATE, **attrs}),
        error_messages={"required": required},
    )  # fmt: skip


def text_field(
    label: Any, hint: Any = "", *, most: int = 1000, rows: int = 3, required: Any = ""
) -> forms.CharField:
    """A few lines; with `required`, what is said where it is empty."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(required),
        widget=forms.Textarea(attrs={**PRIVATE, "rows": rows}),
        error_messages={"required": required},
    )  # fmt: skip


def level_field(label: Any, hint: Any = "", choices: Any = Level.choices) -> forms.ChoiceField:
    """One of four levels; there is none in the middle."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=choices, widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the four."),
            "invalid_choice": _("%(value)s is no level. Choose one of the four."),
        },
    )  # fmt: skip


def one_of(
    label: Any, rows: Iterable[tuple[int, str]], hint: Any = "", *, left_open: Any = "",
    required: Any = "",
) -> forms.TypedChoiceField:  # fmt: skip
    """One of these keys, as a number; with `left_open`, or none of them, in these words."""
    return forms.TypedChoiceField(
        label=label, help_text=hint, coerce=int, empty_value=None, required=not left_open,
        choices=[("", left_open or _("Choose")), *rows],
        error_messages={
            "required": required or _("Choose one."),
            "invalid_choice": _("That is not among what this coalition knows. Choose again."),
        },
    )  # fmt: skip
