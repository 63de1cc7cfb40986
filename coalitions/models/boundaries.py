"""Working together across boundaries: where a group of several sectors begins."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalitions.models.coalitions import Coalition
from coalitions.models.within import OfCoalition, sealed
from people.confidential.fields import SealedTextField


class EntryPoint(OfCoalition):
    """Where a cross-sector group begins, and how it meets the four tests of a good beginning."""

    coalition = models.OneToOneField(Coalition, models.PROTECT, related_name="entry_point")
    what = SealedTextField(_("where we begin"), max_length=1000)
    meaningful = SealedTextField(_("why it is meaningful"), max_length=500, blank=True)
    actionable = SealedTextField(_("why it is actionable"), max_length=500, blank=True)
    acceptable = SealedTextField(_("why it is acceptable to all"), max_length=500, blank=True)
    provisional = SealedTextField(_("how it stays provisional"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            *sealed("entrypoint", "what", "meaningful", "actionable", "acceptable", "provisional"),
        ]

    def __str__(self) -> str:
        return f"entry point {self.pk}"
