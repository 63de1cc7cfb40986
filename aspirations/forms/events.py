"""What people fill in about events, the quality of figures, and figures themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import Event
from aspirations.models.quality import BESIDE, DECIDES
from people.forms.entries import EntryForm
from people.forms.fields import day_field


class EventForm(EntryForm):
    """What happened or is due, and when."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose")), *Event.Kind.choices],
        help_text=_(
            "An intervention starts or ends; a milestone is due; a learning cycle is tried; a "
            "data note says what changed in counting; an outside event is nobody’s plan."
        ),
        error_messages={"required": _("Choose the kind of event.")},
    )  # fmt: skip
    date = day_field(_("Day"), _("Of a milestone: the day it is due. It never moves."))
    label = forms.CharField(
        label=_("What happened"), max_length=160,
        help_text=_("A few words, such as “Reading coaches in all schools”."),
        error_messages={"required": _("Say in a few words what happened.")},
    )  # fmt: skip
    address = forms.CharField(
        label=_("Page that tells more"), max_length=300, required=False,
        help_text=_("An address of this installation, from its first /, or a web address."),
    )  # fmt: skip


class DoneForm(EntryForm):
    """When a milestone was reached."""

    done_on = day_field(_("Reached on"))


SCORES = [(4, _("4: good")), (3, _("3: fair")), (2, _("2: weak")), (1, _("1: poor"))]
DIMENSIONS = {
    "accuracy": (
        _("Accuracy and reliability"), _("Do the figures show what is so, each time alike?"),
    ),
    "timeliness": (
        _("Timeliness and punctuality"), _("Do they come soon enough to act on, and on the day?"),
    ),
    "comparability": (
        _("Coherence and comparability"), _("Can periods and groups be set side by side?"),
    ),
    "relevance": (_("Relevance"), _("Do they measure what the aspiration is about?")),
    "clarity": (_("Accessibility and clarity"), _("Can anyone find and understand them?")),
}  # fmt: skip


class QualityForm(forms.Form):
    """A rating on each dimension, with a note."""

    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the ratings rest on, and what would mend the weakest."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        rated = {name: score_field(name) for name in (*DECIDES, *BESIDE)}
        self.fields = {**rated, "note": self.fields["note"]}

    def ratings(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def score_field(name: str) -> forms.Field:
    label, hint = DIMENSIONS[name]
    needed = name in DECIDES
    wanting = _("Rate “%(dimension)s”: choose from 1 to 4.") % {"dimension": label}
    return forms.TypedChoiceField(
        label=label, help_text=hint, required=needed, coerce=int, empty_value=None,
        choices=[("", _("Choose") if needed else _("Not rated")), *SCORES],
        error_messages={"required": wanting, "invalid_choice": wanting},
    )  # fmt: skip
