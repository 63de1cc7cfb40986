"""What happened, or is to happen, beside the figures: shown by number on a series' chart."""

from datetime import date
from typing import Self
from urllib.parse import urlsplit

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.withdrawn import Withdrawable, WithdrawableQuerySet, withdrawn_with_reason
from people.models import User


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: a path of this site, or a page of the web.

    A browser reads “//host” and “/\\host” as another site, and drops control characters.
    """
    if "\\" in address or any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    if address.startswith("/"):
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


class EventQuerySet(WithdrawableQuerySet["Event"]):
    to_system = "series__metric__system"

    def milestones(self) -> Self:
        return self.filter(kind=Event.Kind.MILESTONE)

    def known(self, day: date) -> Self:
        """Those written down by the day and not taken back by it."""
        stands = models.Q(withdrawn_at=None) | models.Q(withdrawn_at__date__gt=day)
        return self.filter(stands, at__date__lte=day)

    def overdue(self, day: date) -> Self:
        """Milestones that were due before the day and not done by it."""
        late = models.Q(done_on=None) | models.Q(done_on__gt=day)
        return self.milestones().filter(late, date__lt=day)


class Event(Withdrawable):
    """A dated event of a series. Of a milestone the date is when it is due, and never moves."""

    class Kind(models.TextChoices):
        INTERVENTION = "intervention", _("Intervention")
        MILESTONE = "milestone", _("Milestone")
        CYCLE = "cycle", _("Learning cycle")
        DATA = "data", _("Data note")
        OUTSIDE = "outside", _("Outside event")

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="events")
    date = models.DateField()
    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField(_("what happened"), max_length=160)
    address = models.CharField(
        _("page that tells more"), max_length=300, blank=True,
        help_text=_("An address of this installation, from its first /, or a web address."),
    )  # fmt: skip
    done_on = models.DateField(
        _("done on"), null=True, blank=True, help_text=_("Of a milestone: when it was reached.")
    )
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "date", "id"]
        constraints = [
            withdrawn_with_reason("aspirations_event"),
            models.CheckConstraint(
                name="aspirations_event_labelled", condition=~models.Q(label="")
            ),
            models.CheckConstraint(
                name="aspirations_event_done_if_milestone",
                condition=models.Q(done_on=None) | models.Q(kind="milestone"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.date}"
