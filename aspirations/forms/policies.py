"""What people fill in about the rules that a system is judged by."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.analysis.policy import PolicyError
from aspirations.models import Policy
from aspirations.sentences.policy import CHOICES, GROUPS, TERMS, USUAL, Group, Term, usual_in_words
from people.versions import VersionedForm


@dataclass(frozen=True)
class Asked:
    """A group of the policy as the page asks for it: each field with the published value."""

    group: Group
    fields: list[tuple[forms.BoundField, str]]
    is_open: bool


class PolicyForm(VersionedForm):
    """The system's own thresholds and constants; a field left empty keeps the published one."""

    def more_fields(self) -> dict[str, forms.Field]:
        reason = forms.CharField(
            label=_("Why these values"),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
            error_messages={"required": _("Say why: a new policy needs a reason.")},
        )
        return {**{name: policy_field(term) for name, term in TERMS.items()}, "reason": reason}

    def held_by(self, row: Policy) -> dict[str, Any]:
        return {name: as_chosen(row.values.get(name)) for name in TERMS}

    def trail_name(self, name: str) -> str:
        return "values"

    def own_values(self) -> dict[str, Any]:
        """The values that were filled in, as a policy holds them."""
        filled = {name: value for name, value in self.values().items() if value not in (None, "")}
        return {name: SWITCHED.get(value, value) for name, value in filled.items()}

    def clean(self) -> None:
        for name, fault in policy_faults(self.own_values(), unread=set(self.errors)):
            self.add_error(name, fault)

    def groups(self) -> list[Asked]:
        """The fields as the page groups them; finer ones open where something is set or wrong."""
        return [
            Asked(
                group,
                [(self[term.name], usual_in_words(term.name)) for term in group.terms],
                any(self[term.name].value() or self[term.name].errors for term in group.terms),
            )
            for group in GROUPS
        ]


SWITCHED: dict[Any, bool] = {"yes": True, "no": False}


def as_chosen(value: Any) -> Any:
    """A switch as its field offers it; all else as it is."""
    return ("yes" if value else "no") if isinstance(value, bool) else value


def policy_field(term: Term) -> forms.Field:
    """A field for one value, of the kind of its published one; all may be left empty."""
    usual = USUAL[term.name]
    named: dict[str, Any] = {"label": term.label, "help_text": term.hint, "required": False}
    if isinstance(usual, bool | str):
        words = {"yes": _("yes"), "no": _("no")} if isinstance(usual, bool) else CHOICES[term.name]
        return forms.ChoiceField(choices=[("", _("as published")), *words.items()], **named)
    if isinstance(usual, float):
        return forms.FloatField(**named)
    return forms.IntegerField(**named)


def policy_faults(values: dict[str, Any], unread: set[str]) -> list[tuple[str, str]]:
    """Field and words for each value that cannot be used, and each three that do not fall.

    Three of which one cannot be read or used are not compared.
    """
    faults = [(name, words) for name, value in values.items() if (words := refused(name, value))]
    doubtful = unread | {name for name, _words in faults}
    for family in ("likelihood", "distance", "hold"):
        three = [f"{family}_{light}" for light in ("green", "amber_green", "amber_red")]
        own = {name: values[name] for name in three if name in values}
        if not doubtful & set(three) and not usable(own):
            words = gettext("The three values must fall from Green over Amber-Green to Amber-Red.")
            faults.append((three[0], words))
    return faults


def refused(name: str, value: Any) -> str:
    """Why a value cannot be used whatever the others are; empty where it can."""
    try:
        PolicyValues.from_values({name: value})
    except PolicyError as problem:
        about, _colon, remedy = str(problem).partition(": ")
        if about.startswith(f"{name} is "):
            words = gettext("“%(value)s” cannot be used: %(remedy)s")
            return words % {"value": value, "remedy": remedy}
    return ""


def usable(values: dict[str, Any]) -> bool:
    try:
        PolicyValues.from_values(values)
    except PolicyError:
        return False
    return True
