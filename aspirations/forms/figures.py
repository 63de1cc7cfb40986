"""What people fill in to bring in figures of one metric."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 1_000_000
MOST_CHARACTERS = 1_000_000


class FiguresForm(forms.Form):
    """Figures as lines or as a file, and why stored ones change."""

    figures = forms.CharField(
        label=_("Figures"), required=False, max_length=MOST_CHARACTERS, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or a CSV file"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        help_text=_("At most 1 MB, with the columns period and value."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why stored figures change"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("At least 10 characters. It stands beside the figures that were there before."),
    )  # fmt: skip
    stamp = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        file: Any = self.cleaned_data["file"]
        if file is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 1 MB. Send it in parts, or take out other metrics.")
            )
        return file

    def kept(self, text: str, stamp: str, name: str) -> None:
        """Show the text that was read, whichever way it came, with the stamp of its preview."""
        sent: Any = self.data
        data = sent.copy()
        data["figures"], data["stamp"], data["name"] = text, stamp, name
        self.data = data
