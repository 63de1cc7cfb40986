"""What leaders say when they erase a candidate."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from coalitions.forms.fields import line_field
from coalitions.services.erasing import Why
from people.forms.entries import EntryForm


class EraseForm(EntryForm):
    """Why, which texts of others go along, and the candidate's letter as a second thought.

    Why is chosen and not written: it stays in the trail.
    """

    also = forms.MultipleChoiceField(
        label=lazy("Take these away as well"), required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": lazy(
                "One of the texts does not name this office any more, or cannot be opened now. "
                "Nothing was erased: look at the list again."
            ),
        },
    )  # fmt: skip
    why = forms.ChoiceField(
        label=lazy("Why"), choices=Why.choices, widget=forms.RadioSelect,
        help_text=lazy("It stays in the trail, without the office."),
        error_messages={"required": lazy("Choose why."), "invalid_choice": lazy("Choose why.")},
    )  # fmt: skip
    letter = line_field(
        lazy("The letter of this candidate"),
        lazy("Type it to show that you mean this one. What is erased cannot be brought back."),
        most=3, required=lazy("Type the letter of this candidate."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, letter: str, strikes: list[str]) -> None:
        super().__init__(data)
        self.expected = letter
        self.fields["also"].choices = [(key, "") for key in strikes]  # type: ignore[attr-defined]

    def clean_letter(self) -> str:
        typed = str(self.cleaned_data["letter"]).strip().upper()
        if typed != self.expected:
            raise ValidationError(
                _("“%(typed)s” is another letter. This candidate is %(letter)s: type that.")
                % {"typed": typed, "letter": self.expected}
            )
        return typed

    def values(self) -> dict[str, Any]:
        return {"why": self.cleaned_data["why"], "also": self.cleaned_data["also"]}
