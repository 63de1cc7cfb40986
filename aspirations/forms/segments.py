"""What people fill in about a segment: a group or place, and the parts that make it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.models import Segment
from aspirations.services.segments import version_of
from people.versions import VersionedForm

MOST_PARTS = 12


def as_lines(parts: dict[str, str]) -> str:
    """`{"area": "north"}` → “area = north”, a line each."""
    return "\n".join(f"{dimension} = {value}" for dimension, value in parts.items())


class SegmentForm(VersionedForm):
    """Name, parts and place in lists."""

    name = forms.CharField(
        label=_("Name"), max_length=255, help_text=_("Such as “North of the river”."),
        error_messages={"required": _("Give the segment a name.")},
    )  # fmt: skip
    parts = forms.CharField(
        label=_("What makes it"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "A dimension and its value on each line: “area = north”. Two lines, such as “area = "
            "north” and “income = low”, mean those who are in both."
        ),
    )  # fmt: skip
    order = forms.IntegerField(
        label=_("Place in lists"), min_value=0, max_value=100_000, initial=0,
        help_text=_("Smaller numbers come first; equal ones by name."),
        error_messages={"required": _("Give a number, such as 0.")},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, row: Segment, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        if row.is_whole:
            del self.fields["parts"]

    def held_by(self, row: Segment) -> dict[str, Any]:
        found = {**super().held_by(row), "parts": as_lines(row.parts)}
        return {name: held for name, held in found.items() if name != "parts" or not row.is_whole}

    def version_of(self, row: Segment) -> int:
        return version_of(row) if row.pk else 0

    def clean_parts(self) -> dict[str, str]:
        return parts_in(self.cleaned_data["parts"])


def parts_in(text: str) -> dict[str, str]:
    """Pairs of dimension and value, a line each; ValidationError names the line."""
    parts: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        dimension, sign, found = (piece.strip() for piece in line.partition("="))
        if not (dimension and sign and found):
            words = gettext("“%s”: write a dimension, = and its value, such as area = north.")
            raise forms.ValidationError(words % line)
        if dimension in parts:
            words = gettext("“%s” stands twice. A segment has one value of each dimension.")
            raise forms.ValidationError(words % dimension)
        parts[dimension] = found
    if len(parts) > MOST_PARTS:
        raise forms.ValidationError(gettext("Use at most %s lines.") % MOST_PARTS)
    return parts


class NewSegmentForm(SegmentForm):
    """A segment that is not there yet."""

    def more_fields(self) -> dict[str, forms.Field]:
        code = forms.CharField(
            label=_("Code"), required=False, max_length=255,
            help_text=_(
                "The word that files use for it, such as “north”. Empty: made of the name. It "
                "never changes."
            ),
        )  # fmt: skip
        return {"code": code}

    def new_values(self) -> dict[str, Any]:
        return {name: found for name, found in self.cleaned_data.items() if name != "version"}
