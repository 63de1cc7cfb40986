"""Fields by which a text of a review cites elements of its rubric and takes its place."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import ManyField
from people.versions import VersionedForm
from reviews.models import Element

Choices = list[tuple[str, list[tuple[str, str]]]]


def text_field(label: Any, hint: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        error_messages={"required": missing},
    )  # fmt: skip


def elements_field() -> ManyField:
    return ManyField(
        label=_("Elements it rests on"), required=False,
        help_text=_("Any number, or none."),
        error_messages={
            "invalid_choice": _("An element that was chosen is not in the rubric of this review."),
        },
    )  # fmt: skip


def order_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Place in its list"), required=False, min_value=1, max_value=999,
        help_text=_("1 stands first. Left empty, a new one comes last."),
        widget=forms.NumberInput(attrs={"min": 1, "max": 999}),
    )  # fmt: skip


def by_section(elements: list[Element]) -> Choices:
    """Choices of elements under their sections, in the order of the rubric."""
    return [
        (section, [(str(one.pk), str(one)) for one in some])
        for section, some in groupby(elements, key=lambda one: one.section)
    ]


class CitingForm(VersionedForm):
    """A form whose row cites elements. `elements` are those of the rubric."""

    def __init__(
        self, data: Any = None, *, row: Any, elements: list[Element], **options: Any
    ) -> None:
        self.known = {str(one.pk): one for one in elements}
        super().__init__(data, row=row, **options)
        field: Any = self.fields["elements"]
        field.choices = by_section(elements)
        if not elements:
            del self.fields["elements"]

    def options_again(self) -> dict[str, Any]:
        return {"elements": list(self.known.values())}

    def held_by(self, row: Any) -> dict[str, Any]:
        names = set(self.base_fields) - {"version", "elements"}
        held = {name: getattr(row, name) for name in names}
        cited = [str(one.pk) for one in row.elements.all()] if row.pk else []
        return {**held, "order": row.order or None, "elements": cited}

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "elements" in values:
            values["elements"] = [self.known[key] for key in values["elements"]]
        return values
