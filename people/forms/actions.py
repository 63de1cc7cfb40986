"""How an agreed task ended, as filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.forms.fields import day_field
from people.models import Action
from people.versions import VersionedForm

Status = Action.Status


class SettleForm(VersionedForm):
    """Done or dropped, on which day, and what came of it. What is settled can be opened again."""

    status = forms.ChoiceField(
        label=_("How it stands"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether it is done or dropped."),
            "invalid_choice": _("Choose one of those listed."),
        },
    )
    settled_on = day_field(_("On which day"))
    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("Or why it is dropped: that takes ten characters at least."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )

    def more_fields(self) -> dict[str, forms.Field]:
        field: Any = self.fields["status"]
        field.choices = self.ways(self.row)
        self.fields["settled_on"].required = False
        return {}

    def ways(self, row: Action) -> list[tuple[str, Any]]:
        ways = [(str(one.value), one.label) for one in (Status.DONE, Status.DROPPED)]
        again = [(str(Status.OPEN.value), _("Open again"))]
        return ways if row.status == Status.OPEN else [*ways, *again]

    def held_by(self, row: Action) -> dict[str, Any]:
        status = "" if row.status == Status.OPEN else row.status
        day = row.settled_on or row.system.today()
        return {"status": status, "settled_on": day, "outcome": row.outcome}

    def settled(self) -> dict[str, Any]:
        """What the service takes. Only of a valid form."""
        read = self.cleaned_data
        return {
            "status": read["status"], "outcome": read["outcome"], "on": read["settled_on"],
            "version": self.seen(),
        }  # fmt: skip
