"""What people fill in to doubt a path or a judgment, and to answer the doubt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import Challenge
from people.forms.entries import EntryForm


class ChallengeForm(EntryForm):
    """A doubt."""

    text = forms.CharField(
        label=_("What do you doubt, and why?"), max_length=4000,
        help_text=_("Argue from evidence. At least ten characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what you doubt, and why.")},
    )  # fmt: skip


class AnswerForm(EntryForm):
    """What came of a doubt."""

    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=Challenge.Outcome.choices, widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether it was kept as it was, or changed."),
            "invalid_choice": _("Choose one of the two."),
        },
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your answer"), max_length=4000,
        help_text=_("Where something changed, also save the change itself. At least ten "
                    "characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Answer the doubt in a sentence or two.")},
    )  # fmt: skip
