"""Actors and relations, as filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.entries import EntryForm
from people.forms.fields import day_field
from people.models import Actor, Relation
from people.versions import VersionedForm


class ActorForm(VersionedForm):
    """What everybody may know of an office or body."""

    name = forms.CharField(
        label=_("Office or body"), max_length=120,
        help_text=_("By the office, not by who holds it: “Chair of the finance committee”."),
        error_messages={"required": _("Give the office or body a name.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("It is"), choices=Actor.Kind.choices,
        error_messages={"invalid_choice": _("Choose one of the two.")},
    )  # fmt: skip
    sphere = forms.CharField(
        label=_("Sphere of influence"), max_length=80,
        help_text=_("Where its say comes from. Take one of the list, or write another."),
        widget=forms.TextInput(attrs={"list": "spheres", "autocomplete": "off"}),
        error_messages={"required": _("Say from which sphere it has its say.")},
    )  # fmt: skip
    role = forms.CharField(
        label=_("What it does in the system"), max_length=300, required=False,
        help_text=_("In one line, as anybody could read it elsewhere: “Signs the budget”."),
    )  # fmt: skip
    term_ends = day_field(
        _("Term ends on"), _("Where the office is held for a term. It may be left open.")
    )

    def more_fields(self) -> dict[str, forms.Field]:
        self.fields["term_ends"].required = False
        return {}


class ActorChoice(forms.TypedChoiceField):
    """One of the actors on the map, listed under its sphere."""

    def offer(self, actors: Sequence[Actor]) -> None:
        self.rows = {str(row.pk): row for row in actors}
        spheres: dict[str, list[tuple[int, str]]] = {}
        for row in actors:
            spheres.setdefault(row.sphere, []).append((row.pk, row.name))
        self.choices = [("", _("Choose")), *spheres.items()]
        self.coerce = self.rows.__getitem__


def actor_field(label: Any, hint: Any = "") -> ActorChoice:
    return ActorChoice(
        label=label, help_text=hint,
        error_messages={
            "required": _("Choose an actor."),
            "invalid_choice": _("Choose an actor that is on the map."),
        },
    )  # fmt: skip


class RelationForm(EntryForm):
    """How one actor stands to another."""

    source = actor_field(_("From"))
    kind = forms.ChoiceField(
        label=_("Relation"),
        choices=[
            (Relation.Kind.AUTHORITY, _("Authority: it directs")),
            (Relation.Kind.FUNDING, _("Funding: it funds")),
            (Relation.Kind.OVERSIGHT, _("Oversight: it oversees")),
            (Relation.Kind.INFORMATION, _("Information: it informs")),
            (Relation.Kind.INFORMAL, _("Informal: it has the ear of")),
        ],
        error_messages={
            "required": _("Choose the relation."),
            "invalid_choice": _("Choose one of the five."),
        },
    )
    target = actor_field(_("To"))
    note = forms.CharField(
        label=_("In short"), max_length=200, required=False,
        help_text=_("What it rests on, as a fact: “by statute”, “meets weekly”."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, actors: Sequence[Actor], **options: Any) -> None:
        super().__init__(data, **options)
        for name in ("source", "target"):
            self.fields[name].offer(actors)  # type: ignore[attr-defined]


class EndRelationForm(EntryForm):
    """Why a relation is taken off, if that is worth saying."""

    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False,
        help_text=_("It may be left open. What you write stays in the trail."),
    )  # fmt: skip
