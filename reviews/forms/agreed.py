"""What the panel agreed on one element, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.versions import VersionedForm

CANNOT = "none"
"""The choice that says: we cannot judge this. Unlike no choice at all."""


class AgreedForm(VersionedForm):
    """A point of the rubric's scale, or that it cannot be judged, with reason and dissent.

    `row` is the judgment in force, one not saved where there is none yet; its revision is the
    version. `scale` is the rubric's.
    """

    value = forms.ChoiceField(
        label=_("What we agree"), widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a point of the scale, or say that you cannot judge it."),
            "invalid_choice": _("Choose one of those offered."),
        },
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Evidence and argument, in at least ten characters. It is never an average of "
                    "the scores. Name no rater."),
        error_messages={"required": _("Give the reason: what you saw that settles it.")},
    )  # fmt: skip
    dissent = forms.CharField(
        label=_("Dissent"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Who sees it otherwise, by office, and why. It stays with the score."),
    )

    def __init__(self, data: Any = None, *, row: Any, scale: Any, **options: Any) -> None:
        self.scale = scale
        super().__init__(data, row=row, **options)
        field: Any = self.fields["value"]
        field.choices = [
            *((str(number), point["name"]) for number, point in enumerate(scale, start=1)),
            (CANNOT, _("We cannot judge this")),
        ]

    def held_by(self, row: Any) -> dict[str, Any]:
        value = str(row.value) if row.value else CANNOT if row.revision else ""
        return {"value": value, "reason": row.reason, "dissent": row.dissent}

    def version_of(self, row: Any) -> int:
        return int(row.revision or 0)

    def options_again(self) -> dict[str, Any]:
        return {"scale": self.scale}

    def decided(self) -> dict[str, Any]:
        """Value, reason and dissent as the service takes them. Only of a valid form."""
        read = self.cleaned_data
        value = None if read["value"] == CANNOT else int(read["value"])
        return {"value": value, "reason": read["reason"], "dissent": read["dissent"]}
