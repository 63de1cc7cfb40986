"""A rubric as filled in: its title and scale."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.forms.entries import EntryForm
from people.versions import VersionedForm
from reviews.models import MOST_POINTS, Rubric
from reviews.services.fitness import LONGEST_MEANING, LONGEST_NAME, SIZES


class CopyForm(EntryForm):
    """What a copy of a rubric is called."""

    title = forms.CharField(
        label=_("Title of your own rubric"),
        max_length=120,
        help_text=_("Another than the original’s, so that nobody takes one for the other."),
        error_messages={"required": _("Give your rubric a title.")},
    )


class RubricForm(VersionedForm):
    """A draft’s title, view and scale. `scale` is a list of rows: name and meaning."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        error_messages={"required": _("Give the rubric a title.")},
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        required=False,
        max_length=400,
        help_text=_("Whose work it rests on, and what is your own. Everyone who scores reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lens = forms.ChoiceField(
        label=_("How its results are seen"),
        choices=Rubric.Lens.choices,
        help_text=_("Only lights are coloured; the others keep the words of their scale."),
        error_messages={"invalid_choice": _("Choose one of the four.")},
    )
    points = forms.TypedChoiceField(
        label=_("Points of the scale"),
        coerce=int,
        choices=[(str(size), str(size)) for size in SIZES],
        help_text=_("An even number, the weakest first: an odd one has a middle to hide in."),
        error_messages={"invalid_choice": _("Choose 2, 4 or 6 points.")},
    )
    relies = forms.CharField(
        label=_("Which component rests on which"),
        required=False,
        max_length=4000,
        help_text=_(
            "For a grid. One line for each component, then those it rests on: “Data: Governance; "
            "Funding”. A component far above what it rests on is pointed out in the results."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def more_fields(self) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {}
        for place in range(1, MOST_POINTS + 1):
            named = {"place": place}
            found[f"name_{place}"] = forms.CharField(
                label=gettext("Name of point %(place)s") % named,
                max_length=LONGEST_NAME, required=False,
            )  # fmt: skip
            found[f"meaning_{place}"] = forms.CharField(
                label=gettext("Meaning of point %(place)s") % named,
                max_length=LONGEST_MEANING, required=False,
            )  # fmt: skip
        return found

    def held_by(self, row: Rubric) -> dict[str, Any]:
        held = {
            "title": row.title, "source": row.source, "lens": row.lens,
            "points": str(len(row.scale)), "relies": as_lines(row.relies),
        }  # fmt: skip
        blank = {"name": "", "meaning": ""}
        for place in range(1, MOST_POINTS + 1):
            point = row.scale[place - 1] if place <= len(row.scale) else blank
            held |= {f"name_{place}": point["name"], f"meaning_{place}": point["meaning"]}
        return held

    def trail_name(self, name: str) -> str:
        of_scale = name == "points" or name.startswith(("name_", "meaning_"))
        return "scale" if of_scale else name

    def clean_relies(self) -> dict[str, list[str]]:
        lines = (line.strip() for line in self.cleaned_data["relies"].splitlines())
        return dict(reliance(line) for line in lines if line)

    def clean(self) -> dict[str, Any]:
        """A name and a meaning for each point, and none beyond them."""
        points = self.cleaned_data.get("points", MOST_POINTS)
        for place in range(1, MOST_POINTS + 1):
            for part, words in self.parts_of(place):
                if place <= points and not words:
                    self.add_error(part, wanting(part) % place)
                if place > points and words:
                    self.add_error(part, gettext(
                        "The scale has %(points)s points, and this is number %(place)s. Empty it, "
                        "or choose more points."
                    ) % {"points": points, "place": place})  # fmt: skip
        return self.cleaned_data

    def parts_of(self, place: int) -> list[tuple[str, str]]:
        """Field and words of a point; those found faulty already are left out."""
        names = (f"name_{place}", f"meaning_{place}")
        read = self.cleaned_data
        return [(name, read[name]) for name in names if name in read]

    def values(self) -> dict[str, Any]:
        read = self.cleaned_data
        scale = [
            {"name": read[f"name_{place}"], "meaning": read[f"meaning_{place}"]}
            for place in range(1, read["points"] + 1)
        ]
        kept = {name: read[name] for name in ("title", "source", "lens", "relies")}
        return {**kept, "scale": scale}

    @cached_property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The points as the page shows them: name and meaning."""
        places = range(1, MOST_POINTS + 1)
        return [(self[f"name_{place}"], self[f"meaning_{place}"]) for place in places]


def wanting(part: str) -> str:
    if part.startswith("name"):
        return gettext("Name point %s.")
    return gettext("Say what point %s means.")


def as_lines(relies: dict[str, list[str]]) -> str:
    return "\r\n".join(f"{base}: {'; '.join(others)}" for base, others in relies.items())


def reliance(line: str) -> tuple[str, list[str]]:
    """One line of what rests on what. ValidationError says how to write it."""
    base, _colon, rest = line.partition(":")
    others = [name.strip() for name in rest.split(";") if name.strip()]
    if not base.strip() or not others:
        raise ValidationError(
            gettext("“%s” does not say what rests on what. Write: Data: Governance; Funding")
            % line[:80]
        )
    return base.strip(), others
