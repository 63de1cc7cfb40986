"""All that the builder asks at once: the path, its points, its effects and their overlaps."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import QueryDict

from aspirations.forms.trajectories import PathForm
from aspirations.forms.works import EffectSet, OverlapSet, PointSet, Works, kept
from aspirations.models import Trajectory
from aspirations.services.baselines import Start
from aspirations.services.versions import start_of

SETS = ("point", "effect", "overlap")
BLANK = {
    "effect": {"funding": "unknown", "lag": "0", "ramp": "1", "evidence": "none",
               "attribution": "100"},
}  # fmt: skip
"""What a row holds before anybody fills it in, so that a spare one is known as such."""


class BuilderForm:
    """The form of the builder, of which the sets of rows are parts.

    `effects` are the stored ones as services state them; `data` is what was typed, or None.
    """

    def __init__(
        self, row: Trajectory, data: Any, *, effects: Sequence[Mapping[str, Any]], works: Works,
        may_name: bool, path: PathForm | None = None,
    ) -> None:  # fmt: skip
        self.row, metric = row, row.series.metric
        self.path = path or PathForm(data, row=row)
        self.points = PointSet(
            data, prefix="point", initial=points_of(row), form_kwargs={"metric": metric}
        )
        self.effects = EffectSet(
            data, prefix="effect", initial=[shown(effect) for effect in effects],
            form_kwargs={"metric": metric, "works": works, "may_name": may_name},
        )  # fmt: skip
        names = [form.title for form in self.effects.forms]
        self.overlaps = OverlapSet(
            data, prefix="overlap", initial=overlaps_of(effects),
            form_kwargs={"metric": metric, "names": names},
        )  # fmt: skip

    @property
    def sets(self) -> list[Any]:
        return [self.points, self.effects, self.overlaps]

    @property
    def read(self) -> list[Any]:
        """The sets that count for the chosen shape."""
        return self.sets if self.path.is_by_points else self.sets[1:]

    def is_valid(self) -> bool:
        # Each is asked, so that all that is wrong is said at once.
        wrong = [part for part in (self.path, *self.read) if not part.is_valid()]
        return not wrong

    def faults(self) -> list[tuple[str, str]]:
        """What is wrong, in words, each with the id of its field, or none."""
        found = [("", str(error)) for error in self.path.non_field_errors()]
        for group in self.read:
            found += [("", str(error)) for error in group.non_form_errors()]
        every = [self.path, *(form for group in self.read for form in group.forms)]
        return found + [
            (field.id_for_label, str(error))
            for form in every
            for field in form.visible_fields()
            for error in field.errors
        ]

    # ------------------------------------------------------------- as services take it
    def start(self) -> Start | None:
        """Where the path is to start; None where that stays as it is stored."""
        given, stored = self.path.start(), start_of(self.row.baseline)
        worked_out = given.method != "single"
        value = stored.value if worked_out else given.value
        same = Start(given.period, value, given.method, given.periods) == stored
        return None if same else given

    def terms(self) -> dict[str, Any]:
        """Fields of the path's `Form`."""
        rows = [form.cleaned_data for form in kept(self.points)] if self.path.is_by_points else []
        points = sorted((row["period"].isoformat(), row["value"]) for row in rows)
        carried = any(True for _form in kept(self.effects))
        return {**self.path.shape_terms(carried=carried), "points": [list(pair) for pair in points]}

    def stated(self) -> list[dict[str, Any]]:
        """The effects, each overlap with the one that stands first."""
        rows = {str(n): form for n, form in enumerate(self.effects.forms, start=1)}
        standing = set(map(id, kept(self.effects)))
        claimed: dict[str, list[dict[str, Any]]] = {}
        for form in kept(self.overlaps):
            data = form.cleaned_data
            first, second = (rows[data[name]] for name in ("first", "second"))
            # An overlap goes with either of its two.
            if id(first) in standing and id(second) in standing:
                both = {"with": second.key, "amount": data["amount"], "note": data["note"]}
                claimed.setdefault(first.key, []).append(both)
        return [
            {**form.stated(), "overlaps": claimed.get(form.key, [])} for form in kept(self.effects)
        ]

    def named(self) -> dict[str, dict[str, str]]:
        """Work that is named here for the first time, by the key that its effect has."""
        new = (form for form in kept(self.effects) if not form.cleaned_data["intervention"])
        return {form.key: form.new_values() for form in new}


def points_of(row: Trajectory) -> list[dict[str, Any]]:
    return [{"period": date.fromisoformat(day), "value": value} for day, value in row.points]


def shown(effect: Mapping[str, Any]) -> dict[str, Any]:
    """A stored effect as its row shows it."""
    share = round(effect["attribution"] * 100, 6)
    return {**effect, "start": date.fromisoformat(effect["start"]), "attribution": share}


def overlaps_of(effects: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Overlaps by the numbers of their rows."""
    number = {effect["intervention"]: str(n) for n, effect in enumerate(effects, start=1)}
    return [
        {"first": number[effect["intervention"]], "second": number[both["with"]],
         "amount": both["amount"], "note": both["note"]}
        for effect in effects
        for both in effect["overlaps"]
    ]  # fmt: skip


def with_one_more(data: QueryDict, which: str) -> QueryDict:
    """What was typed, with a blank row at the end of the set that is named."""
    if which not in SETS:
        return data
    more, name = data.copy(), f"{which}-TOTAL_FORMS"
    count = data.get(name, "0")
    if count.isascii() and count.isdigit() and len(count) < len("1000"):
        more[name] = str(int(count) + 1)
        for field, value in BLANK.get(which, {}).items():
            more[f"{which}-{count}-{field}"] = value
    return more
