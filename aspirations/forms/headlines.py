"""What people fill in to word the finding at the top of a dashboard."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import Headline
from people.versions import VersionedForm

LONGEST: int = Headline._meta.get_field("text").max_length or 0


class HeadlineForm(VersionedForm):
    """One sentence or two over the rules' draft. `over` says which draft its writer saw."""

    over = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("The finding in your words"),
        help_text=_(
            "A sentence or two that the leader could say aloud. It stands at the top for as long "
            "as the rules draft the same, and is printed once a leader has approved it."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        max_length=LONGEST,
        error_messages={
            "required": _("Write the sentence that shall stand at the top of the dashboard."),
            "max_length": _(
                "That is %(show_value)s characters; a headline has at most %(limit_value)s. "
                "Say less."
            ),
        },
    )

    def __init__(self, data: Any = None, *, row: Headline, draft: str) -> None:
        self.draft = draft
        super().__init__(data, row=row)

    def held_by(self, row: Headline) -> dict[str, Any]:
        return {"text": row.text or self.draft, "over": mark_of(self.draft)}

    def compared(self) -> list[str]:
        return ["text"]

    def options_again(self) -> dict[str, Any]:
        return {"draft": self.draft}

    def clean_over(self) -> str:
        """Figures may move the draft while somebody words it: they read it before it is kept."""
        seen: str = self.cleaned_data["over"]
        if seen and seen != mark_of(self.draft):
            moved = {name: self.data[name] for name in self.data}
            self.data = {**moved, "over": mark_of(self.draft)}
            raise forms.ValidationError(
                _("The rules’ draft changed while you wrote. Read it below, and save again if "
                  "your words still hold."),
            )  # fmt: skip
        return seen


def mark_of(draft: str) -> str:
    """Tells one draft from another without sending it along."""
    return hashlib.sha256(draft.encode()).hexdigest()[:16]
