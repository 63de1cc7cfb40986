"""What people fill in to start a new stretch, and to take it back."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.analysis import periods
from aspirations.models import Metric


class RebaseForm(forms.Form):
    """The first period of a new stretch, and why."""

    period = forms.CharField(
        label=_("First period of the new stretch"),
        max_length=60,
        error_messages={"required": _("Give the first period of the new stretch.")},
    )
    reason = forms.CharField(
        label=_("What changed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say what changed: a new stretch needs a reason.")},
    )

    def __init__(self, metric: Metric, data: object = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.metric = metric

    def clean_period(self) -> date:
        frequency = periods.Frequency(self.metric.frequency)
        try:
            return periods.parse(
                self.cleaned_data["period"].strip(), frequency, self.metric.year_starts
            )
        except periods.PeriodError as problem:
            raise forms.ValidationError(str(problem)) from problem


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why the new stretch is taken back.")},
    )
