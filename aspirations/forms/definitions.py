"""What people fill in about a metric: what it counts, how it is judged, when figures come."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.models import Metric
from aspirations.models.metrics import RESERVED_SLUGS
from people.versions import VersionedForm

LONG_TEXT = 4000


@dataclass(frozen=True)
class Group:
    """Fields that belong together. `is_open` where nothing is to be overlooked."""

    key: str
    title: Promise
    lead: Promise
    fields: list[forms.BoundField]
    is_open: bool


GROUPS: tuple[tuple[str, Promise, Promise, tuple[str, ...]], ...] = (
    (
        "counted", _("What is counted"),
        _("In words that anyone can read. A reader should be able to count it again."),
        ("name", "slug", "aspiration", "question", "definition", "unit", "decimals", "kind",
         "numerator", "denominator", "rate_per", "coverage"),
    ),
    (
        "judged", _("How it is judged"),
        _("Which way is better, and what values are possible. Changes here move judgments."),
        ("direction", "band_low", "band_high", "lower_bound", "upper_bound", "function", "timing",
         "prominence"),
    ),
    (
        "rhythm", _("Rhythm"),
        _("How often a figure comes and how long one waits for it. A late figure is called late."),
        ("frequency", "year_starts", "expected_lag", "expected_months"),
    ),
    (
        "source", _("Source and publication"),
        _("Where the figures come from, who answers for them, and what may mislead."),
        ("owner", "source", "link", "custodian", "comparability", "limitations",
         "revision_policy"),
    ),
)  # fmt: skip
# What a first metric cannot do without; the rest has a usual value or may wait.
NEEDED = ("name", "unit", "direction", "frequency", "aspiration")


def words(label: Any, most: int, hint: Any = "", **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=hint, **options)


def passage(label: Any, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=LONG_TEXT, required=False, help_text=hint, widget=area
    )


class Number(forms.FloatField):
    """A number shown as people write it: 100 rather than 100.0."""

    def prepare_value(self, value: Any) -> Any:
        return repr(value).removesuffix(".0") if isinstance(value, float) else value


def value(label: Any, hint: Any = "") -> forms.FloatField:
    wrong = {"invalid": _("Write a number, such as 58.9.")}
    return Number(label=label, required=False, help_text=hint, error_messages=wrong)


class MetricForm(VersionedForm):
    """The fields of a metric, in groups."""

    name = forms.CharField(
        label=_("Name"), max_length=160,
        help_text=_("Such as “Reading at grade level, Grade 3”."),
        error_messages={"required": _("Give the metric a name.")},
    )  # fmt: skip
    question = words(
        _("Question it answers"), 200, _("Such as “How many children read well at eight?”")
    )
    definition = passage(
        _("Definition"), _("Such as “Pupils at or above the standard in the spring check”.")
    )
    unit = words(_("Unit"), 40, _("Such as %, pupils, days or £m."))
    decimals = forms.IntegerField(
        label=_("Decimals shown"), min_value=0, max_value=6, initial=1,
        error_messages={"required": _("Give the decimals, from 0 to 6.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of figure"), choices=Metric.Kind.choices, initial=Metric.Kind.LEVEL,
        help_text=_(
            "A level is a state on a day; a flow is what happened in the period; year to date "
            "grows until the year begins anew; a rate is one count out of another."
        ),
    )  # fmt: skip
    numerator = passage(_("Numerator"), _("What is counted above the line: “pupils who passed”."))
    denominator = passage(_("Denominator"), _("What it is counted out of: “pupils checked”."))
    rate_per = Number(
        label=_("Rate per"), initial=100.0,
        help_text=_("A rate is numerator over denominator, times this: 100 for percent."),
        error_messages={"required": _("Give what the rate is counted per, such as 100.")},
    )  # fmt: skip
    coverage = passage(_("Coverage"), _("Places and groups that are included, and who is not."))
    direction = forms.ChoiceField(
        label=_("Which way is better"),
        choices=[("", _("Choose")), *Metric.Direction.choices],
        help_text=_("Without an agreed direction a metric is shown and never judged."),
        error_messages={"required": _("Say which way is better.")},
    )
    band_low = value(_("Band from"), _("Only where a band is best: 18, for 18 to 22 °C."))
    band_high = value(_("Band to"))
    lower_bound = value(_("Lowest possible value"), _("Such as 0. Figures below it are refused."))
    upper_bound = value(
        _("Highest possible value"), _("Such as 100 for a percentage. Figures above are refused.")
    )
    function = forms.ChoiceField(
        label=_("Function"), choices=Metric.Function.choices, initial=Metric.Function.OUTCOME,
        help_text=_(
            "Outcome: a result for people. Process: whether the work is done as intended. "
            "Balancing: harm that may appear elsewhere."
        ),
    )  # fmt: skip
    timing = forms.ChoiceField(
        label=_("Timing"), choices=Metric.Timing.choices, initial=Metric.Timing.LAGGING,
        help_text=_("A leading metric moves before the outcome does."),
    )  # fmt: skip
    prominence = forms.ChoiceField(
        label=_("Prominence"), choices=Metric.Prominence.choices,
        initial=Metric.Prominence.HEADLINE,
        help_text=_("Headline metrics give their aspiration its light."),
    )  # fmt: skip
    frequency = forms.ChoiceField(
        label=_("How often a figure comes"),
        choices=[("", _("Choose")), *Metric.Frequencies.choices],
        help_text=_("It cannot change once there are figures."),
        error_messages={"required": _("Say how often a figure comes.")},
    )
    year_starts = forms.TypedChoiceField(
        label=_("First month of its year"), choices=list(MONTHS.items()), coerce=int,
        help_text=_("For quarters, half-years, years and totals of the year to date."),
    )  # fmt: skip
    expected_lag = forms.IntegerField(
        label=_("Days to wait"), min_value=0, max_value=3650, initial=0,
        help_text=_("From the end of a period to its figure, such as 30."),
        error_messages={"required": _("Give the days to wait, 0 if there is no wait.")},
    )  # fmt: skip
    expected_months = words(
        _("Months that bring a figure"), 60,
        _("Numbers from 1 to 12, such as “9, 1, 5” for three checks a year. Empty: every period."),
    )  # fmt: skip
    owner = words(_("Owner, by office"), 120, _("Such as “Head of Early Reading”. No names."))
    source = words(_("Source"), 300, _("Such as “National reading check”."))
    link = forms.URLField(
        label=_("Address of the source"), max_length=300, required=False, assume_scheme="https",
        error_messages={"invalid": _("That is no web address. Begin it with https://.")},
    )  # fmt: skip
    custodian = words(_("Who keeps the figures"), 120, _("Such as “State Data Office”."))
    comparability = passage(
        _("What must not be compared"), _("Such as “Before 2021 only half the schools took part”.")
    )
    limitations = passage(_("Limits"), _("What the figure does not show."))
    revision_policy = passage(
        _("When figures are revised"), _("Such as “Each October, for the year before”.")
    )

    def more_fields(self) -> dict[str, forms.Field]:
        reason = forms.CharField(
            label=_("Why it changes"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("Needed where judgments move; it stands in the trail either way."),
        )  # fmt: skip
        agreed = forms.BooleanField(label=_("Yes, judge its series again"), required=False)
        return {"reason": reason, "agreed": agreed}

    def held_by(self, row: Metric) -> dict[str, Any]:
        months = ", ".join(str(month) for month in row.expected_months)
        return {**super().held_by(row), "expected_months": months}

    def clean_expected_months(self) -> list[int]:
        text: str = self.cleaned_data["expected_months"]
        pieces = text.replace(";", ",").replace(",", " ").split()
        if not all(p.isascii() and p.isdigit() and 1 <= int(p[:3]) <= 12 for p in pieces):
            words_ = gettext("“%s”: give months as numbers from 1 to 12, such as 9, 1, 5.")
            raise forms.ValidationError(words_ % text)
        return list(dict.fromkeys(int(piece) for piece in pieces))

    def clean(self) -> None:
        self.check_pair("lower_bound", "upper_bound", gettext("possible value"))
        self.check_pair("band_low", "band_high", gettext("end of the band"), equal=True)
        band = [self.cleaned_data.get(name) for name in ("band_low", "band_high")]
        if self.cleaned_data.get("direction") == Metric.Direction.BAND:
            if None in band and not {"band_low", "band_high"} & set(self.errors):
                self.add_error("band_low", gettext("Give both ends of the band."))
        elif any(end is not None for end in band):
            words_ = gettext("Only a metric that is best inside a band has one. Clear both ends.")
            self.add_error("band_low", words_)
        per = self.cleaned_data.get("rate_per")
        if per is not None and per <= 0:
            self.add_error("rate_per", gettext("Give a number above 0."))

    def check_pair(self, low: str, high: str, what: str, *, equal: bool = False) -> None:
        first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
        if first is None or last is None or first < last or (equal and first == last):
            return
        words_ = gettext("The lower %(what)s is not below the upper one. Mend one of them.")
        self.add_error(low, words_ % {"what": what})

    def groups(self) -> list[Group]:
        """The fields as the page groups them."""
        return [
            Group(key, title, lead, found, self.opens(key, found))
            for key, title, lead, names in GROUPS
            if (found := [self[name] for name in names if name in self.fields])
        ]

    def opens(self, key: str, fields: Sequence[forms.BoundField]) -> bool:
        return True


class NewMetricForm(MetricForm):
    """A metric that is not there yet: what it needs first, the rest folded."""

    def __init__(self, data: Any = None, *, row: Metric, aspirations: Any, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self.aspirations = aspirations
        place: Any = self.fields["aspiration"]
        place.queryset = aspirations
        del self.fields["reason"], self.fields["agreed"]

    def more_fields(self) -> dict[str, forms.Field]:
        slug = forms.SlugField(
            label=_("Address"), max_length=80, required=False,
            help_text=_(
                "The last word of its pages’ addresses, such as “reading-grade-3”. Empty: made of "
                "the name. It never changes."
            ),
            error_messages={"invalid": _("Use letters, digits, - and _ only.")},
        )  # fmt: skip
        aspiration: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
            label=_("Serves the aspiration"), queryset=None, required=False,
            empty_label=_("None yet"),
            help_text=_("A metric may serve several; more are added on the aspiration’s page."),
        )  # fmt: skip
        return {**super().more_fields(), "slug": slug, "aspiration": aspiration}

    def options_again(self) -> dict[str, Any]:
        return {"aspirations": self.aspirations}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"].lower()
        if slug in RESERVED_SLUGS:
            words_ = gettext("“%s” is an address of Headway’s own. Choose another.")
            raise forms.ValidationError(words_ % slug)
        return slug

    def groups(self) -> list[Group]:
        """What is needed stands first."""
        lead = _("Everything else has a usual value and may wait.")
        first = Group("needed", _("What it needs"), lead, [self[name] for name in NEEDED], True)
        rest = [
            Group(
                group.key, group.title, group.lead,
                kept := [field for field in group.fields if field.name not in NEEDED],
                any(field.errors for field in kept),
            )
            for group in super().groups()
        ]  # fmt: skip
        return [first, *rest]

    def new_values(self) -> dict[str, Any]:
        """Fields of the model, by name."""
        extra = {"version", "aspiration"}
        return {name: found for name, found in self.cleaned_data.items() if name not in extra}
