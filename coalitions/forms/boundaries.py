"""Where a cross-sector group begins, as filled in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from coalitions.forms.fields import text_field
from people.versions import VersionedForm


class EntryPointForm(VersionedForm):
    """The beginning and its four tests; a test is met once somebody can say how."""

    what = text_field(
        _("Where we begin"), _("Something small enough to start and large enough to matter."),
        required=_("Say where the group begins."),
    )  # fmt: skip
    meaningful = text_field(
        _("Why it is meaningful"), _("To every party, and to the people concerned."), most=500,
        rows=2,
    )  # fmt: skip
    actionable = text_field(
        _("Why it is actionable"), _("It can start now, with what is there."), most=500, rows=2
    )
    acceptable = text_field(
        _("Why it is acceptable to all"), _("Each party can live with it, and say so at home."),
        most=500, rows=2,
    )  # fmt: skip
    provisional = text_field(
        _("How it stays provisional"), _("When it is looked at again, and what may change."),
        most=500, rows=2,
    )  # fmt: skip

    def version_of(self, row: Any) -> int:
        return int(row.version) if row.pk else 0
