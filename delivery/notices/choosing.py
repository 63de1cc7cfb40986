"""What people choose: which kinds they are told of, and how often by mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from delivery.notices.kinds import KINDS
from people.models import NoticeChoice

HOW_OFTEN = [
    (NoticeChoice.Digest.NEVER, lazy("Never: I look at this page")),
    (NoticeChoice.Digest.DAILY, lazy("Every working day, where something waits")),
    (NoticeChoice.Digest.WEEKLY, lazy("Every Monday, where something waits")),
]


class ChoiceForm(forms.Form):
    """Boxes for the kinds that are wanted; the row keeps those that are not."""

    wanted = forms.MultipleChoiceField(
        label=lazy("Tell me of"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(code, kind.told) for code, kind in KINDS.items()],
        required=False,
        error_messages={"invalid_choice": lazy("%(value)s is no kind of notice. Tick one here.")},
    )
    digest = forms.ChoiceField(
        label=lazy("By mail"),
        widget=forms.RadioSelect,
        choices=HOW_OFTEN,
        error_messages={
            "required": lazy("Choose how often mails tell you."),
            "invalid_choice": lazy("%(value)s is not offered. Choose how often mails tell you."),
        },
    )

    def __init__(self, data: Any = None, *, choice: NoticeChoice) -> None:
        wanted = [code for code in KINDS if code not in choice.muted]
        super().__init__(data, initial={"wanted": wanted, "digest": choice.digest})

    @property
    def muted(self) -> list[str]:
        return [code for code in KINDS if code not in self.cleaned_data["wanted"]]
