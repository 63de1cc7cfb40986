"""The group as it is ticked. Numbers only: nothing that was written of anybody travels here."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms.entries import EntryForm

SEEN = re.compile(r"[0-9]{1,5}:[0-9]{1,9}( [0-9]{1,5}:[0-9]{1,9})*", re.ASCII)


class TickForm(EntryForm):
    """Who is ticked, by number."""

    on = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On the short list"), required=False, coerce=int,
        error_messages={
            "invalid_choice": gettext_lazy(
                "%(value)s is not on the long list. Open the page again and tick anew."
            ),
        },
    )  # fmt: skip

    def __init__(self, data: Any = None, *, numbers: Iterable[int], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["on"].choices = [(n, str(n)) for n in numbers]  # type: ignore[attr-defined]


class SeenForm(EntryForm):
    """What the page showed, as “number:standing” by candidate."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> dict[int, int]:
        text: str = self.cleaned_data["seen"]
        if text and not SEEN.fullmatch(text):
            # Above the form: a hidden field has no place of its own.
            self.add_error(None, _(
                "This page no longer says what it showed, so nothing was saved. Look at the table "
                "and save again."
            ))  # fmt: skip
            return {}
        pairs = (part.split(":") for part in text.split())
        return {int(number): int(standing) for number, standing in pairs}


class KeepForm(TickForm, SeenForm):
    """The short list as it shall be."""


class MembersForm(SeenForm):
    """The short list becomes the coalition."""

    sure = forms.BooleanField(
        label=gettext_lazy("We have talked about these checks and choose this group."),
        error_messages={
            "required": gettext_lazy("Tick this too, or go on choosing."),
        },
    )  # fmt: skip
