"""What people fill in about candidates: who they are, what is thought of them, where they stand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from coalitions.forms.fields import level_field, line_field, one_of, text_field
from coalitions.models import Appraisal, Power, Standing, Status
from people.forms.entries import EntryForm
from people.forms.fields import ManyField, day_field
from people.models import Actor
from people.versions import VersionedForm

VIEW = ("alignment", "potential", "power", "powers", "main", "cause")


class ViewFields(forms.Form):
    """What is thought of a candidate: three levels, kinds of power, and why."""

    alignment = level_field(
        lazy("Alignment with the aspiration, now"),
        lazy("What they say and do, not what you fear or hope."),
    )
    potential = level_field(
        lazy("Alignment it could reach"), lazy("If somebody listened and worked at it.")
    )
    power = level_field(
        lazy("Power over the aspiration"), lazy("How much they could help or hinder it.")
    )
    powers = ManyField(
        label=lazy("Kinds of power"), choices=Power.choices,
        error_messages={
            "required": lazy("Tick one or more of the five."),
            "invalid_choice": lazy("%(value)s is no kind of power. Tick one of the five."),
        },
    )  # fmt: skip
    main = forms.ChoiceField(
        label=lazy("The main one"), required=False,
        choices=[("", lazy("Choose")), *Power.choices],
        help_text=lazy("It may be left open where only one is ticked."),
        error_messages={
            "invalid_choice": lazy("%(value)s is no kind of power. Choose one of the five."),
        },
    )  # fmt: skip
    cause = line_field(
        lazy("Why they stand where they stand"),
        lazy("In a few words, as they would put it themselves."), most=300,
    )  # fmt: skip

    def clean(self) -> None:
        super().clean()
        self.check_main()

    def check_main(self) -> None:
        kinds, main = self.cleaned_data.get("powers"), self.cleaned_data.get("main")
        if not kinds or main is None or (not main and len(kinds) == 1):
            return
        if not main:
            self.add_error("main", _("Say which of the kinds you ticked is the main one."))
        elif main not in kinds:
            words = _("%s is not among the kinds you ticked. Tick it too, or choose another.")
            self.add_error("main", words % Power(main).label)

    def view(self) -> dict[str, str]:
        """The values of a judgment, the main kind of power first. Only of a valid form."""
        read = self.cleaned_data
        main = read["main"] or read["powers"][0]
        kinds = [main, *(kind for kind in Power.values if kind in read["powers"])]
        levels = {name: read[name] for name in ("alignment", "cause", "potential", "power")}
        return {**levels, "powers": ",".join(dict.fromkeys(kinds))}


class JudgeForm(ViewFields, VersionedForm):
    """A new judgment over the latest one; `row` is that one, or None."""

    def held_by(self, row: Appraisal | None) -> dict[str, Any]:
        if row is None:
            return {**dict.fromkeys(VIEW, ""), "powers": []}
        held = {name: getattr(row, name) for name in ("alignment", "potential", "power", "cause")}
        return {**held, "powers": row.kinds, "main": row.kinds[0]}

    def version_of(self, row: Appraisal | None) -> int:
        return row.seq if row else 0


class PlaceForm(VersionedForm):
    """Where a candidate stands from now on; `row` is the latest standing, or None."""

    status = forms.ChoiceField(
        label=lazy("Where it stands"), choices=Status.choices, widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Choose one of the five."),
            "invalid_choice": lazy("%(value)s is no place to stand. Choose one of the five."),
        },
    )  # fmt: skip
    reason = text_field(
        lazy("Reason"),
        lazy("Needed where it is excluded, leaves, or is taken back. Disagreement alone is no "
             "ground to exclude anyone."),
    )  # fmt: skip
    plan = text_field(
        lazy("How we work around it"), lazy("Only for who is excluded: they may still have power.")
    )

    def held_by(self, row: Standing | None) -> dict[str, Any]:
        # The reason belongs to this save alone.
        return {"status": row.status if row else Status.PROPOSED, "plan": row.plan if row else ""}

    def version_of(self, row: Standing | None) -> int:
        return row.seq if row else 0

    def sent(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("status", "reason", "plan")}


class NewCandidateForm(ViewFields, EntryForm):
    """Which office comes on the list: one that is known, or a new one where `adds` allows it.

    It may be judged at once: then all levels are given.
    """

    name = line_field(lazy("A new office or body"), lazy("By its office, not by who holds it."))
    kind = forms.ChoiceField(
        label=lazy("It is"), choices=Actor.Kind.choices, required=False,
        initial=Actor.Kind.PERSON,
        help_text=lazy("A board or a union is a body."),
    )  # fmt: skip
    sphere = line_field(
        lazy("Its sphere of influence"), lazy("Such as the legislature, unions, families."),
        most=80, list="spheres",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, offices: Sequence[Actor], adds: bool, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.known = {row.pk: row for row in offices}
        self.fields["office"] = one_of(
            lazy("An office of this system"), [(row.pk, str(row)) for row in offices],
            left_open=lazy("Choose an office") if offices else lazy("All of them are on the list"),
        )  # fmt: skip
        self.fields["office"].error_messages["invalid_choice"] = _(
            "That is no office of this system that can come on the list. Choose again."
        )
        for name in () if adds else ("name", "kind", "sphere"):
            del self.fields[name]
        for name in VIEW:
            self.fields[name].required = False

    def clean(self) -> None:
        self.check_who()
        if self.judges:
            for name in ("alignment", "potential", "power", "powers"):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, self.fields[name].error_messages["required"])
        super().clean()

    def check_who(self) -> None:
        read = self.cleaned_data
        office, name = read.get("office"), read.get("name", "")
        if office and name:
            self.add_error("name", _("Choose an office above, or write a new one: not both."))
        elif not office and not name and not self.errors.keys() & {"office", "name"}:
            self.add_error("office", _("Say which office comes on the list."))
        elif name and not read.get("sphere") and "sphere" not in self.errors:
            self.add_error("sphere", _("Say in which sphere the new office has influence."))

    @property
    def judges(self) -> bool:
        """Whether any part of a judgment was given."""
        return any(self.cleaned_data.get(name) for name in VIEW)

    @property
    def judges_open(self) -> bool:
        """Whether the part about judging is shown open: something was sent for it."""
        return self.is_bound and any(self[name].data for name in VIEW)

    def sent(self) -> dict[str, Any]:
        """What the service takes. Only of a valid form."""
        read = self.cleaned_data
        office = self.known.get(read["office"]) if read["office"] else None
        new = None if office else {
            "name": read["name"], "kind": read["kind"] or Actor.Kind.PERSON,
            "sphere": read["sphere"],
        }  # fmt: skip
        return {"office": office, "new": new, "view": self.view() if self.judges else None}


class DifficultyForm(VersionedForm):
    """Two who find it hard to work together. `offices`: groups of keys and names to choose from."""

    note = text_field(
        lazy("What stands between them"), lazy("What happened, rather than whose fault it is."),
        required=lazy("Say what stands between them."),
    )  # fmt: skip
    plan = text_field(lazy("Who will deal with it, and how"), lazy("An office, and what it does."))
    settled_on = day_field(lazy("Settled on"), lazy("Leave it empty while it lasts."))

    field_order = ["first", "second", "note", "plan", "settled_on"]

    def __init__(self, data: Any = None, *, row: Any, offices: Any, **options: Any) -> None:
        self.offices = offices
        super().__init__(data, row=row, **options)
        self.fields["settled_on"].required = False
        self.order_fields(["version", *self.field_order])

    def more_fields(self) -> dict[str, forms.Field]:
        return {
            "first": one_of(lazy("One office"), self.offices),
            "second": one_of(lazy("Finds it hard to work with"), self.offices),
        }

    def held_by(self, row: Any) -> dict[str, Any]:
        if row.pk is None:
            return {"first": None, "second": None, "note": "", "plan": "", "settled_on": None}
        first, second = row.pair
        held = {name: getattr(row, name) for name in ("note", "plan", "settled_on")}
        return {"first": first, "second": second, **held}

    def trail_name(self, name: str) -> str:
        return "between" if name in {"first", "second"} else name

    def options_again(self) -> dict[str, Any]:
        return {"offices": self.offices}
