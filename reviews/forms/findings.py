"""Findings, what they imply, and the actions that follow, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.confidential import ReasonForm
from people.forms.entries import EntryForm
from people.forms.fields import day_field
from people.models import Action
from people.versions import VersionedForm
from reviews.forms.citing import CitingForm, elements_field, order_field, text_field
from reviews.models import Element, Finding, Implication, ReviewAction, Rubric

Levels = dict[int, int | None]


class FindingForm(CitingForm):
    """What the review saw."""

    text = text_field(
        _("What we found"),
        _("One sentence that can be checked. Say what was seen, not who said it."),
        _("Say what the review found."),
    )
    nature = forms.ChoiceField(label=_("It is"), choices=Finding.Nature.choices)
    elements = elements_field()
    order = order_field()


class ImplicationForm(VersionedForm):
    """So what: what the finding means for delivery."""

    text = text_field(
        _("So what"),
        _("What it means for delivery, if nothing changes or if it is built upon."),
        _("Say what the finding means."),
    )
    is_question = forms.BooleanField(
        label=_("It is a question"), required=False,
        help_text=_("Something to find out first. It is solved, or worked around."),
    )  # fmt: skip
    answer = forms.ChoiceField(
        label=_("The answer to the question"), required=False,
        choices=[("", _("Not decided yet")), *Implication.Answer.choices],
    )  # fmt: skip
    answer_reason = forms.CharField(
        label=_("Why this answer"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    order = order_field()

    def held_by(self, row: Implication) -> dict[str, Any]:
        return {**super().held_by(row), "order": row.order or None}


def number_field(label: Any, hint: Any, wrong: Any) -> Any:
    return forms.TypedChoiceField(
        label=label, help_text=hint, required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": wrong},
    )  # fmt: skip


class ReviewActionForm(VersionedForm):
    """An action over its task: `row` is an Action, whose `of_review` is there once it is saved.

    `levels` tells where each element stands now. With `meant`, it can be moved to one of these.
    """

    what = forms.CharField(
        label=_("What is done"), max_length=300,
        help_text=_("Something that is finished on the day, and can be seen to be."),
        error_messages={"required": _("Say what is done.")},
    )  # fmt: skip
    owner = forms.CharField(
        label=_("Who does it"), max_length=120, help_text=_("An office, not a name."),
        widget=forms.TextInput(attrs={"list": "offices"}),
        error_messages={"required": _("Name the office that does it.")},
    )  # fmt: skip
    due = day_field(_("Until when"))
    term = forms.ChoiceField(label=_("Term"), choices=ReviewAction.Term.choices)
    element = number_field(
        _("Element it is to move"), _("It may be left open."),
        _("That element is not in the rubric of this review."),
    )  # fmt: skip
    towards = number_field(
        _("Towards which level"), _("Above the one agreed on now."),
        _("That is no level of this rubric."),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, row: Any, rubric: Rubric | None, elements: list[Element],
        levels: Levels, meant: list[Implication] | None = None, **options: Any,
    ) -> None:  # fmt: skip
        self.rubric, self.known = rubric, {one.pk: one for one in elements}
        self.levels, self.meant = levels, {one.pk: one for one in meant or []}
        super().__init__(data, row=row, **options)
        offer(self, "element", [(one.pk, self.at(one)) for one in elements])
        scale = rubric.scale if rubric and elements else []
        offer(self, "towards", [(n, point["name"]) for n, point in enumerate(scale, 1)])

    def at(self, element: Element) -> str:
        now = self.levels.get(element.pk)
        name = self.rubric.name_of(now) if self.rubric else ""
        return (
            _("%(element)s (now %(level)s)") % {"element": element, "level": name}
            if (name)
            else str(element)
        )

    def more_fields(self) -> dict[str, forms.Field]:
        if not self.meant:
            return {}
        field = forms.TypedChoiceField(
            label=_("It follows from"), coerce=int,
            choices=[(one.pk, str(one)) for one in self.meant.values()],
            help_text=_("Move it to another implication where it fits better."),
            error_messages={"invalid_choice": _("Choose an implication of this review.")},
        )  # fmt: skip
        return {"implication": field}

    def held_by(self, row: Action) -> dict[str, Any]:
        held = {name: getattr(row, name) for name in ("what", "owner", "due")}
        agreed = getattr(row, "of_review", None)
        if agreed is None:
            return {**held, "term": ReviewAction.Term.SHORT, "element": None, "towards": None}
        return {
            **held, "term": agreed.term, "element": agreed.element_id, "towards": agreed.towards,
            "implication": agreed.implication_id,
        }  # fmt: skip

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["element"] = self.known.get(values.get("element") or 0)
        if "implication" in values:
            values["implication"] = self.meant[values["implication"]]
        return values

    def options_again(self) -> dict[str, Any]:
        return {
            "rubric": self.rubric, "elements": list(self.known.values()), "levels": self.levels,
            "meant": list(self.meant.values()),
        }  # fmt: skip


def offer(form: forms.Form, name: str, choices: list[tuple[int, Any]]) -> None:
    """Let a field offer these and leaving it open; without any, it is not asked."""
    field: Any = form.fields[name]
    field.choices = [("", _("Left open")), *choices]
    if not choices:
        del form.fields[name]


def withdraw_form(data: Any, *, with_reason: bool) -> EntryForm:
    """What the team has read takes a reason to withdraw; anything else one press."""
    return ReasonForm(data) if with_reason else EntryForm(data)
