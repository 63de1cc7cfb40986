"""What people fill in about a benchmark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.forms.trajectories import PeriodField, in_unit
from aspirations.models import Benchmark, Metric
from people.forms.entries import EntryForm

WRONG = _("Write a number, such as 58.9.")


class BenchmarkForm(EntryForm):
    """Whose figure, of when, from where, and how far it can be compared."""

    def __init__(self, metric: Metric, data: Any = None) -> None:
        super().__init__(data)
        self.fields |= {
            "kind": forms.ChoiceField(
                label=_("Kind"), choices=[("", _("Choose")), *Benchmark.Kind.choices],
                help_text=_("A peer works under like conditions; the best in class is the best "
                            "known anywhere."),
                error_messages={"required": _("Choose the kind of benchmark.")}),
            "name": forms.CharField(
                label=_("Whose figure"), max_length=120,
                help_text=_("A system or an office by its name. Of one name the newest period "
                            "counts, and of one period what was entered last."),
                error_messages={"required": _("Name whose figure it is.")}),
            "period": PeriodField(
                metric, label=_("Period"),
                error_messages={"required": _("Say of which period the figure is.")}),
            "value": forms.FloatField(
                label=in_unit(_("Figure"), metric),
                error_messages={"required": _("Give the figure."), "invalid": WRONG}),
            **({"yearly_change": best_year(metric)} if metric.sign else {}),
            "note": forms.CharField(
                label=_("How far it can be compared"), max_length=300,
                help_text=_("What is counted alike, and what is not: another test, other pupils, "
                            "another time of year."),
                error_messages={"required": _("Say how far it can be compared.")}),
            "source": forms.CharField(
                label=_("Source"), max_length=300,
                help_text=_("Where the figure was published."),
                error_messages={"required": _("Say where the figure comes from.")}),
            "address": forms.CharField(
                label=_("Address of the source"), max_length=300, required=False,
                help_text=_("An address of this installation, from its first /, or a web "
                            "address.")),
        }  # fmt: skip

    def clean_name(self) -> str:
        """Blanks within a name tell no two systems apart."""
        return " ".join(self.cleaned_data["name"].split())


def best_year(metric: Metric) -> forms.Field:
    return forms.FloatField(
        label=in_unit(_("What it gained in its best year"), metric), required=False,
        help_text=_("Of a peer, if it is known: above 0, whether figures rose or fell. The "
                    "steepest year of a path is held against it."),
        error_messages={"invalid": WRONG},
    )  # fmt: skip
