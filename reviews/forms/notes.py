"""What is noted of conversations, as filled in. No choice here shows anything sealed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.confidential.door import not_kept
from people.confidential.sealing import SealedError
from people.forms.confidential import NoteForm
from people.forms.entries import EntryForm
from people.forms.fields import day_field
from reviews.models import Conversation, Participant

MOST_PEOPLE = 500
# No browser is asked to keep what will be sealed, nor to send it for spelling.
UNKEPT = {"autocomplete": "off", "spellcheck": "false"}


class ConversationForm(EntryForm):
    """That an interview or a focus group was held: when, with how many, and with whom."""

    kind = forms.ChoiceField(
        label=_("What it was"),
        choices=Conversation.Kind.choices,
        error_messages={
            "required": _("Say whether it was an interview or a focus group."),
            "invalid_choice": _("Choose interview or focus group."),
        },
    )
    tier = forms.ChoiceField(
        label=_("Level"),
        choices=[("", _("Of several levels, or not said")), *Participant.Tier.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the levels.")},
    )
    held_on = day_field(_("Held on"))
    people = forms.IntegerField(
        label=_("How many people"),
        initial=1,
        min_value=1,
        max_value=MOST_PEOPLE,
        help_text=_("Without those who asked."),
        error_messages={
            "required": _("Say how many people took part."),
            "invalid": _("Give the number of people in figures: 8."),
            "min_value": _("At least one person takes part in a conversation."),
            "max_value": _("%(limit_value)s people are the most. Count this one again."),
        },
    )
    label = forms.CharField(
        label=_("With whom"),
        help_text=_("An office rather than a name, where that will do. It is sealed as notes are."),
        widget=forms.TextInput(attrs={**UNKEPT, "list": "offices"}),
        max_length=300,
        error_messages={"required": _("Say with whom; only the joint team will read it.")},
    )

    def kept(self, write: Any) -> int:
        """200 where `write` kept it; else the status of the page that says why not."""
        if not self.is_valid():
            return 400
        try:
            self.made = write(**self.cleaned_data)
        except ValidationError as problem:
            self.refused(problem)
            return 400
        except SealedError as problem:
            self.add_error(None, not_kept(problem))
            return 503
        return 200


class RowChoice(forms.TypedChoiceField):
    """One of the rows at hand, by its key, each in the words it is given with."""

    def offer(self, choices: list[Any], rows: dict[int, Any]) -> None:
        self.rows = {str(key): row for key, row in rows.items()}
        self.choices = choices
        self.coerce = self.rows.__getitem__


class InterviewNoteForm(NoteForm):
    """A note, of which conversation and on which element."""

    conversation = RowChoice(
        label=_("From which conversation"),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose a conversation of this review.")},
    )
    element = RowChoice(
        label=_("On which element"),
        required=False,
        empty_value=None,
        help_text=_("Leave it open where it is on none, or on all."),
        error_messages={"invalid_choice": _("Choose an element of this review’s rubric.")},
    )
    field_order = ("conversation", "element", "body")

    def __init__(self, data: Any = None, *, offers: dict[str, Any], **options: Any) -> None:
        """`offers`: for each field the choices and the rows by key; a field without goes."""
        super().__init__(data, **options)
        for name in ("conversation", "element"):
            if name in offers:
                self.fields[name].offer(*offers[name])  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def where(self) -> dict[str, Any]:
        """Conversation and element, as far as they were asked. Only of a valid form."""
        names = ("conversation", "element")
        return {name: self.cleaned_data[name] for name in names if name in self.fields}
