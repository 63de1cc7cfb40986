"""What people fill in about the setting of an aspiration, and about how good it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import AlignmentProbe, Influence, QualityRating, QualityReview
from aspirations.sentences.aspirations import OUTCOMES, POINTS, TESTS
from people.forms.entries import EntryForm
from people.forms.fields import day_field

Criterion = QualityRating.Criterion
RATINGS = [(point, f"{point}: {word}") for point, word in POINTS.items()]


def line(label: Any, hint: Any = "", fault: Any = "", *, required: bool = True) -> forms.CharField:
    faults = {"required": fault} if fault else {}
    return forms.CharField(
        label=label, help_text=hint, max_length=300, required=required, error_messages=faults
    )


def lines(label: Any, hint: Any = "", fault: Any = "", *, required: bool = True) -> forms.CharField:
    faults = {"required": fault} if fault else {}
    return forms.CharField(
        label=label, help_text=hint, max_length=2000, required=required, error_messages=faults,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def one_of(label: Any, choices: Any, fault: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=[("", _("Choose")), *choices],
        error_messages={"required": fault, "invalid_choice": fault},
    )  # fmt: skip


def number(label: Any, least: int) -> forms.IntegerField:
    fault = _("Give a whole number.")
    return forms.IntegerField(
        label=label, min_value=least, max_value=1_000_000,
        error_messages={"required": fault, "invalid": fault},
    )  # fmt: skip


class InfluenceForm(EntryForm):
    kind = one_of(_("What presses for it"), Influence.Kind.choices, _("Choose what presses."))
    force = one_of(_("How strongly"), Influence.Force.choices, _("Choose how strongly."))
    note = lines(
        _("What it asks for"), _("Also any metric or date that it imposes."),
        _("Say what it asks for."),
    )  # fmt: skip


class ConsultationForm(EntryForm):
    held_on = day_field(_("When"))
    who = line(
        _("Who was consulted"), _("Groups and offices rather than names."),
        _("Say who was consulted."),
    )  # fmt: skip
    how = line(
        _("How"), _("One-to-one talks, a workshop, a public exercise …"), _("Say how it was done.")
    )
    changed = lines(
        _("What it changed"), _("In the wording, the metrics or the targets; or that it changed "
                                "nothing, and why."),
        required=False,
    )  # fmt: skip
    told = line(_("Who was told of the result"), required=False)


class ProbeForm(EntryForm):
    level = one_of(_("Who was asked"), AlignmentProbe.Level.choices, _("Choose who was asked."))
    probed_on = day_field(_("When"))
    asked = number(_("How many were asked"), 1)
    named = number(_("How many named it unprompted"), 0)
    exceptions = lines(
        _("Exceptions, and how serious they are"),
        _("What stands between them and the aspiration; no names."), required=False,
    )  # fmt: skip


class QualityReviewForm(EntryForm):
    """Five criteria, each with a rating and a reason, then what follows."""

    reviewed_on = day_field(_("When"))
    reviewers = line(
        _("Reviewers"), _("Offices, as they shall stand on the page."), _("Say who reviewed it.")
    )
    outcome = one_of(
        _("Outcome"),
        [(name, OUTCOMES[name]) for name in QualityReview.Outcome.values],
        _("Choose the outcome."),
    )
    remedy = lines(
        _("What follows"),
        _("Unclear: redefine. Unfocused: narrow. Unshared: spread the word."),
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        rated: dict[str, forms.Field] = {}
        for criterion in Criterion:
            test: Any = TESTS[criterion]
            rated[f"rating_{criterion}"] = forms.TypedChoiceField(
                label=criterion.label, help_text=test, choices=RATINGS, coerce=int,
                empty_value=None, required=False, widget=forms.RadioSelect,
            )  # fmt: skip
            label = _("Why “%s” is rated so") % criterion.label
            rated[f"reason_{criterion}"] = lines(label, required=False)
        first, last = ("reviewed_on", "reviewers"), ("outcome", "remedy")
        self.fields = {
            **{name: self.fields[name] for name in first}, **rated,
            **{name: self.fields[name] for name in last},
        }  # fmt: skip

    def criteria(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Rating and reason of each criterion, for the page."""
        return [(self[f"rating_{name}"], self[f"reason_{name}"]) for name in Criterion]

    def ratings(self) -> dict[str, tuple[int | None, str]]:
        read = self.cleaned_data
        return {name: (read[f"rating_{name}"], read[f"reason_{name}"]) for name in Criterion}

    def review(self) -> dict[str, Any]:
        read = self.cleaned_data
        return {name: read[name] for name in ("reviewed_on", "reviewers", "outcome", "remedy")}
