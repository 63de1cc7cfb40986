"""What people fill in on confidential pages and where people are named."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.confidential.door import not_kept
from people.confidential.sealing import SealedError
from people.forms.entries import EntryForm
from people.models import User


class NoteForm(forms.Form):
    """A note that will be sealed. No browser is asked to keep it or to send it for spelling."""

    body = forms.CharField(
        label=_("A new note"),
        help_text=_("This person may ask to read this."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        max_length=10_000,
        error_messages={"required": _("Write the note first.")},
    )

    def kept(self, write: Callable[[str], Any]) -> int:
        """200 where `write` kept the note; else the status of the page that says why not.

        The form holds the reason and all that was typed, so that nothing of it is lost.
        """
        if not self.is_valid():
            return 400
        try:
            write(self.cleaned_data["body"])
        except ValidationError as problem:
            self.add_error(None, problem)
            return 400
        except SealedError as problem:
            self.add_error(None, not_kept(problem))
            return 503
        return 200


class ReasonForm(EntryForm):
    """Why something is undone."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("At least ten characters. It stays in the trail."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Give the reason.")},
    )


class MemberChoice(forms.ModelChoiceField):
    """A person by name and address: two may share a name."""

    def label_from_instance(self, user: User) -> str:
        return f"{user.name} ({user.email})" if user.name else user.email
