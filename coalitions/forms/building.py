"""The work with a coalition, as filled in: one form for each kind of row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalitions.forms.fields import level_field, line_field, one_of, text_field
from coalitions.forms.whom import CandidatesField, Whom, past_day_field
from coalitions.models import (
    Barrier,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
)
from coalitions.services.agreeing import faults_of
from people.forms.fields import day_field
from people.versions import VersionedForm


class WorkForm(VersionedForm):
    """A form over one row of the work. `whom` are the candidates it may name.

    It asks the rules of the service before anything is written.
    """

    def __init__(
        self, data: Any = None, *, row: Any, place: Coalition, whom: Whom, **options: Any
    ) -> None:
        self.place, self.whom = place, whom
        super().__init__(data, row=row, **options)
        self.offer()

    def offer(self) -> None:
        """Fill what can be chosen; nothing, where the form names nobody."""

    def options_again(self) -> dict[str, Any]:
        return {"place": self.place, "whom": self.whom}

    def clean(self) -> dict[str, Any]:
        read: dict[str, Any] = super().clean() or self.cleaned_data
        for name, words in faults_of(self.row, self.values(), self.place).items():
            if name not in self.errors:
                self.add_error(name, words)
        return read


class ContactForm(WorkForm):
    """Who met whom, what for, and what came of it."""

    held_on = day_field(_("Day"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Contact.Kind.choices,
        help_text=_("A one-way message is kept here and does not count as contact."),
    )  # fmt: skip
    candidates = CandidatesField(label=_("With whom"))
    by = line_field(
        _("Who of us"), _("An office, not a name."),
        required=_("Say who of us it was."),
    )  # fmt: skip
    purpose = text_field(_("What for"), most=500, required=_("Say what it was for."))
    outcome = text_field(
        _("What came of it"), _("What was said and agreed, as you could read it out to them."),
        most=2000,
    )  # fmt: skip

    def offer(self) -> None:
        self.fields["candidates"].choices = self.whom.for_boxes  # type: ignore[attr-defined]

    def held_by(self, row: Any) -> dict[str, Any]:
        held = {name: getattr(row, name) for name in ("held_on", "kind", "by", "purpose")}
        return {**held, "outcome": row.outcome, "candidates": self.whom.met(row)}

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "candidates" in values:
            values["candidates"] = [self.whom.rows[int(key)] for key in values["candidates"]]
        return values


class NamingForm(WorkForm):
    """A form that names one candidate at most, in the field `names`, or none in these words."""

    names = "candidate"
    nobody: Any = ""

    def offer(self) -> None:
        field: Any = self.fields[self.names]
        field.choices = [("", self.nobody or _("Choose")), *self.whom.for_list]

    def held_by(self, row: Any) -> dict[str, Any]:
        key = getattr(row, f"{self.names}_id")
        if row.pk is None and self.whom.wanted:
            key = self.whom.wanted[0]
        return {**super().held_by(row), self.names: key}

    def values(self) -> dict[str, Any]:
        values = super().values()
        if self.names in values:
            values[self.names] = self.whom.rows.get(values[self.names] or 0)
        return values


class CommitmentForm(NamingForm):
    """What a member said they would do, and whether they did."""

    candidate = one_of(_("Whose"), (), required=_("Choose whose commitment it is."))
    what = text_field(
        _("What they said they would do"), _("Something that is done on a day, and can be seen."),
        most=500, required=_("Say what was committed to."),
    )  # fmt: skip
    due = day_field(_("Due"))
    state = forms.ChoiceField(label=_("How it stands"), choices=MemberCommitment.State.choices)
    settled_on = past_day_field(_("Settled on"), _("Left empty while it is open."))
    outcome = text_field(_("What came of it"), _("Needed where it was not kept."))


class BarrierForm(NamingForm):
    """What stands in the way, and how it was cleared."""

    names = "removed_by"
    nobody = _("Nobody yet, or somebody else")

    what = text_field(
        _("What stands in the way"), _("A rule, a habit, a shortage or a quarrel: not a person."),
        most=500, required=_("Say what stands in the way."),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind"), required=False,
        choices=[("", _("None of these")), *Barrier.Kind.choices],
        help_text=_("For groups of several sectors: what is to be done, who answers to whom, or "
                    "how people work together."),
    )  # fmt: skip
    raised_on = day_field(_("Since"))
    removed_on = past_day_field(_("Removed on"), _("Left empty while it stands."))
    removed_by = one_of(_("Removed by"), (), left_open=nobody)
    how = text_field(_("How it was removed"))


class NextStepForm(NamingForm):
    """What one of us does next."""

    nobody = _("The whole group")

    candidate = one_of(_("About whom"), (), left_open=nobody)
    what = text_field(_("What"), most=500, required=_("Say what is done next."))
    owner = line_field(
        _("Who does it"), _("An office, not a name."), required=_("Name the office that does it.")
    )
    due = day_field(_("Due"))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=NextStep.Kind.choices,
        help_text=_("Key actions of a group of several sectors also stand under “Across "
                    "boundaries”."),
    )  # fmt: skip
    done_on = past_day_field(_("Done on"), _("Left empty until it is done."))
    outcome = text_field(_("What came of it"))


class VacancyForm(WorkForm):
    """A key post that falls vacant, and who can influence whom it goes to."""

    actor = one_of(
        _("Which office"), (), _("From the map of who has a say in the system."),
        required=_("Choose the office that falls vacant."),
    )  # fmt: skip
    falls_vacant_on = day_field(_("Falls vacant on"))
    influencers = text_field(
        _("Who can influence the choice"), _("By office, and by which way."),
        required=_("Say who can influence whom the post goes to."),
    )  # fmt: skip
    plan = text_field(_("What we do about it"))
    filled_on = past_day_field(_("Filled on"), _("Left empty until it is filled."))
    outcome = text_field(_("What came of it"))

    def offer(self) -> None:
        field: Any = self.fields["actor"]
        field.choices = [("", _("Choose")), *((one.pk, str(one)) for one in self.whom.actors)]

    def held_by(self, row: Any) -> dict[str, Any]:
        return {**super().held_by(row), "actor": row.actor_id}

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "actor" in values:
            values["actor"] = {one.pk: one for one in self.whom.actors}.get(values["actor"] or 0)
        return values


class CircleForm(WorkForm):
    """A ring of leadership around the coalition."""

    order = forms.IntegerField(
        label=_("Number of the circle"), min_value=1, max_value=9,
        help_text=_("1 is the next one out from the coalition; 9 at most."),
        error_messages={
            "required": _("Give a number from 1 to 9."),
            "min_value": _("Give a number from 1 to 9."),
            "max_value": _("Give a number from 1 to 9."),
            "invalid": _("Give a number from 1 to 9."),
        },
    )  # fmt: skip
    name = line_field(
        _("Who they are"), _("Senior leaders, managers, front line, users, the public …"),
        required=_("Say who they are."),
    )  # fmt: skip
    size = forms.IntegerField(
        label=_("How many"), required=False, min_value=1, max_value=2_000_000_000,
        help_text=_("About, or left empty."),
    )  # fmt: skip
    message = text_field(_("What they are told"), most=500)
    channel = line_field(_("By which way"), most=300)
    state = level_field(_("How far it has reached them"), choices=Circle.State.choices)


class GroundForm(VersionedForm):
    """What a member shares with the coalition. Each answer is kept; the version is how many."""

    aspiration = level_field(
        _("The aspiration"), _("They want the same result."), CommonGround.Share.choices
    )
    values_shared = level_field(
        _("The values"), _("They want it for reasons we share."), CommonGround.Share.choices
    )
    strategy = level_field(
        _("The strategy"), _("They think that this is the way."), CommonGround.Share.choices
    )
    approach = level_field(
        _("The approach"), _("They would work as we work."), CommonGround.Share.choices
    )
    note = text_field(_("In their words, or ours"))

    def held_by(self, row: Any) -> dict[str, Any]:
        names = ("aspiration", "strategy", "approach", "note")
        held = {name: getattr(row, name) for name in names}
        return {**held, "values_shared": row.values}

    def version_of(self, row: Any) -> int:
        return int(row.seq or 0)

    def trail_name(self, name: str) -> str:
        return "values" if name == "values_shared" else name

    # TRAP: a form's own `values` is what it holds, so the field that the row calls so cannot be.
    def values(self) -> dict[str, Any]:
        read = super().values()
        return {self.trail_name(name): value for name, value in read.items()}
