"""An element of a rubric as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.versions import VersionedForm
from reviews.models import Element, Rubric
from reviews.services.elements import BARRIERS, CORNERS, LONGEST_LINE, MOST_LINES
from reviews.services.fitness import element_stamp

MOST_IN_LIST = MOST_LINES * (LONGEST_LINE + 2)
# One box for each corner: what is ticked is compared one by one when two people save.
CORNER_FIELDS = {f"corner_{place}": name for place, name in enumerate(CORNERS, 1)}
PLACES = {
    Rubric.Lens.GRID.value: {"component", "perspective"},
    Rubric.Lens.TRIANGLE.value: {*CORNER_FIELDS, "barrier"},
}


def text(label: Any, most: int, rows: int, hint: Any = "", required: Any = "") -> forms.CharField:
    """Some sentences."""
    errors = {"required": required} if required else {}
    return forms.CharField(
        label=label, max_length=most, help_text=hint, required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows}), error_messages=errors,
    )  # fmt: skip


def listed(label: Any, most: int, name: str, hint: Any, required: Any) -> forms.CharField:
    """A line, with what the other elements have offered beside it."""
    return forms.CharField(
        label=label, max_length=most, help_text=hint,
        widget=forms.TextInput(attrs={"list": f"known-{name}"}),
        error_messages={"required": required},
    )  # fmt: skip


class ElementForm(VersionedForm):
    """What one element asks. Lists are written one to a line; its place depends on the view."""

    code = forms.CharField(
        label=_("Code"), max_length=12,
        help_text=_("Letters, digits and hyphens, such as 3B. No two elements share one."),
        error_messages={"required": _("Give the element a code, such as 3B.")},
    )  # fmt: skip
    section = listed(
        _("Section"), 120, "sections", _("A new name makes a new section, at the end."),
        _("Say which section it belongs to."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Title"), max_length=160,
        error_messages={"required": _("Give the element a title.")},
    )  # fmt: skip
    question = text(_("What it asks"), 600, 2, required=_("Say what the element asks."))
    weak = text(_("What weak looks like"), 1200, 4, required=_("Say what weak looks like."))
    strong = text(_("What strong looks like"), 1200, 4, required=_("Say what strong looks like."))
    evidence = text(
        _("Kinds of evidence"), MOST_IN_LIST, 4,
        _("One to a line: what a rater may look at or listen for."),
    )  # fmt: skip
    asks = text(
        _("Questions to ask people"), MOST_IN_LIST, 4,
        _("One to a line, in plain words: they are read aloud in interviews."),
    )  # fmt: skip
    component = listed(
        _("Component"), 120, "components", _("Its row of the grid."),
        _("Say which component it belongs to."),
    )  # fmt: skip
    perspective = listed(
        _("Perspective"), 120, "perspectives", _("Its column of the grid."),
        _("Say from whose perspective it asks."),
    )  # fmt: skip
    corner_1 = forms.BooleanField(label=_("Public value"), required=False)
    corner_2 = forms.BooleanField(label=_("Legitimacy and support"), required=False)
    corner_3 = forms.BooleanField(label=_("Operational capacity"), required=False)
    barrier = forms.ChoiceField(
        label=_("Barrier it speaks of"),
        choices=[("", _("Choose one")), *((name, name) for name in BARRIERS)],
        error_messages={
            "required": _("Choose the barrier."), "invalid_choice": _("Choose one of the three."),
        },
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, row: Element, known: Any = None, **options: Any
    ) -> None:
        self.known = known or {}
        self.lens = row.rubric.lens
        super().__init__(data, row=row, **options)

    @property
    def corners(self) -> list[forms.BoundField]:
        """A box for each corner."""
        return [self[name] for name in CORNER_FIELDS if name in self.fields]

    def options_again(self) -> dict[str, Any]:
        return {"known": self.known}

    def more_fields(self) -> dict[str, forms.Field]:
        """No more, but fewer: another view’s places are not asked for."""
        for lens, names in PLACES.items():
            if lens != self.lens:
                for name in names:
                    del self.fields[name]
        return {}

    def held_by(self, row: Element) -> dict[str, Any]:
        held = super().held_by(row)
        held |= {name: "\r\n".join(held[name]) for name in ("evidence", "asks")}
        return held | {field: name in row.corners for field, name in CORNER_FIELDS.items()}

    def compared(self) -> list[str]:
        return [name for name in super().compared() if name in self.fields]

    def version_of(self, row: Element) -> int:
        return element_stamp(row) if row.pk else 0

    def trail_name(self, name: str) -> str:
        return "corners" if name in CORNER_FIELDS else name

    def clean(self) -> dict[str, Any]:
        ticked = [self.cleaned_data.get(name) for name in CORNER_FIELDS]
        if self.lens == Rubric.Lens.TRIANGLE and not any(ticked):
            self.add_error("corner_1", _("Tick the corner it stands at, or several."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        read = {name: said for name, said in super().values().items() if name not in CORNER_FIELDS}
        for name in ("evidence", "asks"):
            read[name] = [line.strip() for line in read[name].splitlines() if line.strip()]
        if self.lens == Rubric.Lens.TRIANGLE:
            read["corners"] = [
                name for field, name in CORNER_FIELDS.items() if self.cleaned_data[field]
            ]
        return read
