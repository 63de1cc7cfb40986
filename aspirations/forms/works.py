"""What people fill in about the work behind a path: rows of points, effects and overlaps."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.forms.trajectories import PeriodField, in_unit
from aspirations.models import Effect, Intervention, Metric
from aspirations.services.interventions import LONGEST, stamp
from people.versions import VersionedForm

MOST_ROWS = 60
NEW = "new-"
"""What the key of work begins with that is named here for the first time."""
Works = Sequence[Intervention]


class RowForm(forms.Form):
    """One of several rows; a spare one may stay blank, and one that is taken off may be wrong."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.is_removed:
            self._errors = ErrorDict()

    @property
    def is_removed(self) -> bool:
        return self.is_bound and bool(self.cleaned_data.get("DELETE"))

    @property
    def is_blank(self) -> bool:
        return self.empty_permitted and not self.has_changed()


def removal() -> forms.Field:
    return forms.BooleanField(label=_("Take it off this draft"), required=False)


class PointForm(RowForm):
    """A value that the path goes through, or steps to."""

    def __init__(self, *args: Any, metric: Metric, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["period"] = PeriodField(metric, label=_("Period"))
        self.fields["value"] = forms.FloatField(label=in_unit(_("Value"), metric))
        self.fields["DELETE"] = removal()


class EffectForm(RowForm):
    """What one piece of work adds to the path, or a new piece of work with what it adds."""

    def __init__(
        self, *args: Any, metric: Metric, works: Works, may_name: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields |= {
            "intervention": forms.ChoiceField(
                label=_("Intervention"), required=False,
                choices=[("", _("– a new one –") if may_name else _("– choose –")),
                         *((row.slug, row.name) for row in works)]),
            **(naming() if may_name else {}),
            **timing(metric), **sizes(metric),
            "evidence": forms.ChoiceField(label=_("Evidence"), choices=Effect.Evidence.choices,
                                          initial=Effect.Evidence.NONE.value),
            "sources": forms.CharField(label=_("Sources"), required=False, max_length=2000),
            "DELETE": removal(),
        }  # fmt: skip

    @property
    def is_known(self) -> bool:
        """Whether the row is of work that has been described, and so is among those offered."""
        return bool(self["intervention"].value()) and self["intervention"].value() in self.offered

    @property
    def name_field(self) -> forms.BoundField | None:
        return self["name"] if "name" in self.fields else None

    @property
    def key(self) -> str:
        """Slug of the work, or for a new one its place."""
        return self.cleaned_data.get("intervention") or f"{NEW}{self.prefix}"

    @property
    def title(self) -> str:
        """What the row is called on the page."""
        slug = self["intervention"].value()
        named = self["name"].value() if "name" in self.fields else ""
        return str(self.offered.get(slug, "") if slug else named or gettext("New intervention"))

    @property
    def offered(self) -> dict[str, str]:
        """Names of the work that can be chosen, by slug."""
        return dict(self.fields["intervention"].choices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("DELETE") and not data.get("intervention") and not data.get("name"):
            self.add_error("intervention", _("Choose an intervention, or name a new one."))
        return data

    def stated(self) -> dict[str, Any]:
        """The effect as services take it."""
        data = self.cleaned_data
        return {
            "intervention": self.key, "name": self.title, "start": data["start"].isoformat(),
            **{name: data[name] for name in ("lag", "ramp", "low", "mid", "high", "evidence")},
            "attribution": data["attribution"] / 100, "sources": data["sources"],
        }  # fmt: skip

    def new_values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "owner", "funding", "cost")}


def naming() -> dict[str, forms.Field]:
    text = forms.CharField
    return {
        "name": text(label=_("Name of the new one"), required=False, max_length=160),
        "owner": text(label=_("Its owner, by office"), required=False, max_length=120),
        "funding": forms.ChoiceField(
            label=_("Its funding"), choices=Intervention.Funding.choices,
            initial=Intervention.Funding.UNKNOWN.value),
        "cost": text(label=_("Its cost"), required=False, max_length=120),
    }  # fmt: skip


def timing(metric: Metric) -> dict[str, forms.Field]:
    whole: dict[str, Any] = {"min_value": 0, "max_value": LONGEST, "error_messages": {
        "required": _("Give a whole number of periods; 0 for none.")}}  # fmt: skip
    return {
        "start": PeriodField(metric, label=_("Starts"), error_messages={
            "required": _("Say in which period the work starts.")}),
        "lag": forms.IntegerField(label=_("Periods before any effect"), initial=0, **whole),
        "ramp": forms.IntegerField(label=_("Periods to full effect"), initial=1, **whole),
    }  # fmt: skip


def sizes(metric: Metric) -> dict[str, forms.Field]:
    number = forms.FloatField
    return {
        "mid": number(label=in_unit(_("Full effect"), metric), error_messages={
            "required": _("Say how much it adds once it works in full.")}),
        "low": number(label=_("At least"), required=False),
        "high": number(label=_("At most"), required=False),
        "attribution": number(
            label=_("Share that counts, of 100"), initial=100, min_value=0, max_value=100,
            error_messages={"required": _("Say how much of it counts; 100 where all does.")}),
    }  # fmt: skip


class OverlapForm(RowForm):
    """Gain that two interventions both claim, by the numbers of their rows."""

    def __init__(self, *args: Any, names: Sequence[str], metric: Metric, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = [(str(n), f"{n}. {name}") for n, name in enumerate(names, start=1)]
        choices = [("", _("– choose –")), *rows]
        self.fields |= {
            "first": forms.ChoiceField(label=_("One"), choices=choices),
            "second": forms.ChoiceField(label=_("The other"), choices=choices),
            "amount": forms.FloatField(label=in_unit(_("Counted twice"), metric), min_value=0),
            "note": forms.CharField(label=_("Why"), required=False, max_length=200),
            "DELETE": removal(),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("first") and data.get("first") == data.get("second"):
            self.add_error("second", _("Choose two different interventions."))
        return data


PointSet = forms.formset_factory(PointForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
EffectSet = forms.formset_factory(EffectForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
OverlapSet = forms.formset_factory(OverlapForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def kept(rows: Any) -> Iterator[Any]:
    """The rows of a set that say something, are in order and were not taken off."""
    return (row for row in rows if not (row.is_blank or row.is_removed or row.errors))


class InterventionForm(VersionedForm):
    """Whose work it is, how it stands and what it costs; what paths expect of it stays."""

    def more_fields(self) -> dict[str, forms.Field]:
        text = forms.CharField
        return {
            "name": text(label=_("Name"), max_length=160, error_messages={
                "required": _("Give it a name.")}),
            "owner": text(label=_("Owner, by office"), required=False, max_length=120),
            "status": forms.ChoiceField(label=_("Status"), choices=Intervention.Status.choices),
            "funding": forms.ChoiceField(label=_("Funding"), choices=Intervention.Funding.choices),
            "cost": text(label=_("Cost"), required=False, max_length=120),
        }  # fmt: skip

    def held_by(self, row: Intervention) -> dict[str, Any]:
        return {name: getattr(row, name) for name in
                ("name", "owner", "status", "funding", "cost")}  # fmt: skip

    def version_of(self, row: Intervention) -> int:
        return stamp(row)
