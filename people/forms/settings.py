"""What people fill in about a system: its particulars, and the words it uses."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.labels import LONGEST, NOUNS, check_label, defaults, doubled_roles, roles
from people.models import SecondFactor, System
from people.versions import VersionedForm

SECOND_FACTOR = [
    (SecondFactor.NOBODY, gettext_lazy("Nobody: a password is enough. Who wants one sets it up.")),
    (
        SecondFactor.LEADERS,
        gettext_lazy("Leaders and named delegates: until they give it, these roles open nothing."),
    ),
    (SecondFactor.EVERYONE, gettext_lazy("Everyone: until they give it, nothing here opens.")),
]


class Radios(forms.RadioSelect):
    """Radio buttons whose first one a list of problems can lead to."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index) or f"{id_}_0"


@cache
def zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def zone_choices() -> list[tuple[str, Any]]:
    """Every time zone, by continent, after UTC."""
    found: dict[str, list[tuple[str, str]]] = {}
    for zone in zones():
        area, slash, _place = zone.partition("/")
        if slash:
            found.setdefault(area, []).append((zone, zone.replace("_", " ")))
    plain = [(zone, zone) for zone in zones() if "/" not in zone and zone != "UTC"]
    return [("UTC", "UTC"), *found.items(), (_("Other"), plain)]


class GeneralForm(VersionedForm):
    """Name, dates and the second factor of a system."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Give the system a name.")},
    )
    tagline = forms.CharField(
        label=gettext_lazy("Line beside the name"), max_length=120, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=System.Kind.choices)
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        choices=zone_choices,
        help_text=gettext_lazy("It decides which day it is, and so when figures are due."),
    )
    year_starts = forms.TypedChoiceField(
        label=gettext_lazy("First month of the year"),
        choices=list(MONTHS.items()),
        coerce=int,
        help_text=gettext_lazy(
            "Counts for metrics made from now on. Existing metrics keep the month they have."
        ),
    )
    reporting_date = forms.DateField(
        label=gettext_lazy("Reporting date"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Write the date as year-month-day, such as 2026-03-31.")
        },
        help_text=gettext_lazy(
            "For archives and demonstrations: it stands in for today, and every series is judged "
            "again. Leave it empty to judge as of today."
        ),
    )
    note = forms.CharField(
        label=gettext_lazy("Note at the foot of every page"), max_length=200, required=False
    )
    second_factor = forms.ChoiceField(
        label=gettext_lazy("Second factor asked of"),
        choices=SECOND_FACTOR,
        widget=Radios,
        help_text=gettext_lazy(
            "A code from a telephone, or a passkey, beside the password. It counts from the next "
            "page each person opens."
        ),
    )


class WordsForm(VersionedForm):
    """The system's own words; a field left empty keeps the usual one."""

    def more_fields(self) -> dict[str, forms.Field]:
        return {word: word_field(word, str(usual)) for word, usual in defaults().items()}

    def held_by(self, row: System) -> dict[str, Any]:
        return {word: row.labels.get(word, "") for word in defaults()}

    def trail_name(self, name: str) -> str:
        return "labels"

    def nouns(self) -> list[forms.BoundField]:
        return [self[word] for word in NOUNS]

    def roles(self) -> list[forms.BoundField]:
        return [self[role] for role in roles()]

    def labels(self) -> dict[str, str]:
        """What is to be kept: only words that differ from the usual ones."""
        usual, values = defaults(), self.values()
        return {word: text for word, text in values.items() if text and text != str(usual[word])}

    def clean(self) -> None:
        if self.errors:
            return
        for fault in doubled_roles(self.labels()):
            self.add_error(fault.partition(":")[0], fault.partition(": ")[2])


def word_field(word: str, usual: str) -> forms.CharField:
    return forms.CharField(
        label=usual[:1].upper() + usual[1:],
        required=False,
        validators=[check_label],
        widget=forms.TextInput(attrs={"maxlength": LONGEST}),
    )
