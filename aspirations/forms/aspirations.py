"""What people fill in about an aspiration, and about the metrics under it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration, Metric
from people.versions import VersionedForm

STATUSES = [choice for choice in Aspiration.Status.choices if choice[0] != "retired"]
BOLD = [
    ("", _("Not said yet")), (1, _("1: as things are")), (2, _("2: modest")), (3, _("3: bold")),
    (4, _("4: as bold as one can defend")),
]  # fmt: skip
MOST_PLACES = 999


def long_text(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def choice(label: Any, choices: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=hint, required=False, choices=choices,
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip


OPENING = ("title", "moral_purpose", "approach", "success", "accountable_head")


class AspirationForm(VersionedForm):
    """The promise in words, who answers for it, how bold it is and how it was set."""

    title = forms.CharField(
        label=_("The aspiration in one sentence"), max_length=200,
        help_text=_("An outcome and a direction, such as “Every child reads well by Grade 3”."),
        error_messages={"required": _("Write the aspiration in one sentence.")},
    )  # fmt: skip
    moral_purpose = long_text(_("What do we care about?"), _("Why success matters, and to whom."))
    approach = long_text(_("What will we do?"), _("The main means, in two or three sentences."))
    success = long_text(_("How will we measure success?"), _("What will be seen to have changed."))
    accountable_head = forms.CharField(
        label=_("Who answers for it"), max_length=120, required=False,
        help_text=_("An office, not a person: offices stay."),
    )  # fmt: skip
    status = forms.ChoiceField(
        label=_("Status"), choices=STATUSES,
        error_messages={"invalid_choice": _("Choose one of those offered.")},
    )  # fmt: skip
    boldness = forms.TypedChoiceField(
        label=_("How bold it is"), choices=BOLD, coerce=int, empty_value=None, required=False,
        error_messages={"invalid_choice": _("Choose from 1 to 4.")},
    )  # fmt: skip
    boldness_reason = long_text(_("Why so bold, and no bolder"))
    intended_quadrant = choice(
        _("Where it is meant to be on the map of delivery"),
        [("", _("Not said yet")), *Aspiration.Quadrant.choices],
    )
    setting_model = choice(
        _("How it was set"),
        [("", _("Not said yet")), *Aspiration.SettingModel.choices],
        _("Consultative where early buy-in is essential; from the front where it is urgent."),
    )
    setting_reason = long_text(_("Why in this way"))
    roles_reason = long_text(
        _("Why a kind of metric is missing"),
        _("Only where there is no headline outcome, no leading or process metric, or no balancing "
          "metric, and that is meant so."),
    )  # fmt: skip
    order = forms.IntegerField(
        label=_("Place in lists"), min_value=0, max_value=MOST_PLACES, required=False,
        help_text=_("Lower numbers come first."),
    )  # fmt: skip

    @property
    def opening(self) -> list[forms.BoundField]:
        """What a new aspiration is begun with: the sentence, three answers, who answers for it."""
        return [self[name] for name in OPENING]

    @property
    def waiting(self) -> list[forms.BoundField]:
        """The rest, which a new aspiration can do without for a while."""
        return [field for field in self.visible_fields() if field.name not in OPENING]

    @property
    def waiting_has_errors(self) -> bool:
        return any(field.errors for field in self.waiting)

    def more_fields(self) -> dict[str, forms.Field]:
        if self.row.pk is None:
            return {}
        return {"reason": long_text(
            _("Why these words"),
            _("Needed where the sentence or one of the three answers changes. The earlier words "
              "stay on the page."),
        )}  # fmt: skip

    def clean_order(self) -> int:
        found: int | None = self.cleaned_data["order"]
        return self.row.order if found is None else found

    def written(self) -> dict[str, Any]:
        """What a new aspiration starts with; without a number its place is the last."""
        values = self.values()
        if not values["order"]:
            values.pop("order")
        return values


class PlacesForm(VersionedForm):
    """A number beside each metric: its place under the aspiration, or nothing."""

    def __init__(
        self, data: Any = None, *, row: Any, metrics: Sequence[Metric], **options: Any
    ) -> None:
        self.metrics = metrics
        super().__init__(data, row=row, **options)

    def options_again(self) -> dict[str, Any]:
        return {"metrics": self.metrics}

    def more_fields(self) -> dict[str, forms.Field]:
        return {
            name_of(metric): forms.IntegerField(
                label=metric.name, min_value=1, max_value=MOST_PLACES, required=False,
                error_messages={"invalid": _("Give a whole number, or leave it empty.")},
            )
            for metric in self.metrics
        }  # fmt: skip

    def held_by(self, row: Any) -> dict[str, Any]:
        """By field the number that a metric has now, counted from 1; None where it has none."""
        keys = row.placements.order_by("order", "pk").values_list("metric", flat=True)
        numbers = {key: number for number, key in enumerate(keys, 1)}
        return {name_of(metric): numbers.get(metric.pk) for metric in self.metrics}

    def trail_name(self, name: str) -> str:
        return "metrics"

    def chosen(self) -> list[Metric]:
        """The metrics that have a number, in the order of the numbers, then of their names."""
        values = self.values()
        numbered = [(values[name_of(row)], row.name, row) for row in self.metrics]
        placed = [entry for entry in numbered if entry[0] is not None]
        return [row for _number, _name, row in sorted(placed, key=lambda entry: entry[:2])]


def name_of(metric: Metric) -> str:
    return f"place_{metric.pk}"
