"""What people fill in about what a coalition is for, and how it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalitions.forms.fields import text_field
from coalitions.models import Charter, Coalition
from people.forms.fields import day_field
from people.versions import VersionedForm


def number_field(label: Any, hint: Any, least: int, most: int) -> forms.IntegerField:
    """A whole number within a range, both ends allowed."""
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=most,
        error_messages={
            "required": _("Give a number, in digits."),
            "min_value": _("%(show_value)s is too small. Choose %(limit_value)s or more."),
            "max_value": _("%(show_value)s is too large. Choose %(limit_value)s or less."),
            "invalid": _("That is no whole number. Write it in digits: 40."),
        },
    )  # fmt: skip


class CharterForm(VersionedForm):
    """What the coalition is for; `row` is the charter, or None where there is none yet."""

    purpose = text_field(
        _("What the coalition is for"),
        _("Which barriers it removes, and for which aspiration it lends its influence."), most=2000,
    )  # fmt: skip
    criteria = text_field(
        _("What its members must have"), _("Agree on it before anybody is named."), most=2000
    )
    accountability = text_field(
        _("Whether it shares accountability for results, and how"),
        _("Most coalitions do not. If yours does, say for what and towards whom."), most=2000,
    )  # fmt: skip

    def held_by(self, row: Charter | None) -> dict[str, Any]:
        names = ("purpose", "criteria", "accountability")
        return {name: getattr(row, name) if row else "" for name in names}

    def version_of(self, row: Charter | None) -> int:
        return row.version if row else 0


class CoalitionForm(VersionedForm):
    """Form, next review, and the days and shares at which pages warn."""

    form = forms.ChoiceField(
        label=_("Form"), choices=Coalition.Form.choices, widget=forms.RadioSelect,
        help_text=_(
            "In an informal network listening wins critics, and it may fragment. A coordinated "
            "team stands united and gathers momentum, and it may turn bureaucratic."
        ),
        error_messages={
            "required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two."),
        },
    )  # fmt: skip
    is_known = forms.BooleanField(
        label=_("Its members know of it"), required=False,
        help_text=_("A coalition is rarely announced; some know that they belong to one."),
    )  # fmt: skip
    review_due = day_field(
        _("Next review"), _("Once a quarter is usual. Who leads it is reminded from that day on.")
    )
    sphere_limit = number_field(
        _("Most members from one sphere, in per cent"),
        _("Above it the group checks warn; nothing is forbidden."), 1, 100,
    )  # fmt: skip
    fading_after = number_field(_("Days without contact until a member is fading"), "", 1, 729)
    lapsed_after = number_field(_("Days without contact until a member is lapsed"), "", 2, 730)

    def __init__(self, data: Any = None, *, row: Any, **options: Any) -> None:
        super().__init__(data, row=row, **options)
        self.fields["review_due"].required = False
