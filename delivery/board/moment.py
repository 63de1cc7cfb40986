"""Which day a dashboard speaks of, and which earlier day it compares with: both in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, ExpressionWrapper, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import System
from people.models.systems import YEARS
from routines.models import Stocktake

WITHOUT_STOCKTAKE = timedelta(days=90)


@dataclass(frozen=True)
class Moment:
    """The day spoken of, and the day compared with where the reader named one.

    `wrong` says, in words for the reader, what in the address could not be followed.
    """

    day: date
    today: date
    asked_since: date | None = None
    wrong: tuple[str, ...] = ()

    @property
    def is_past(self) -> bool:
        return self.day < self.today

    @property
    def usual_since(self) -> date:
        """What is compared with where no stocktake was ever held."""
        return self.day - WITHOUT_STOCKTAKE

    def since(self, system: System, *, may_read_stocktakes: bool) -> Any:
        """The day compared with, as an expression: known to the database before it is to us."""
        if self.asked_since or not may_read_stocktakes:
            return Value(self.asked_since or self.usual_since, output_field=DateField())
        held = Stocktake.objects.planned().filter(system=system, date__lt=self.day)
        last = held.order_by("-date").values("date")[:1]
        usual = Value(self.usual_since, output_field=DateField())
        return ExpressionWrapper(Coalesce(last, usual), output_field=DateField())


def moment_of(query: Mapping[str, str], today: date) -> Moment:
    """Read from an address; what is no day, or not yet, is told and left aside."""
    wrong: list[str] = []
    day = day_of(query.get("as_at", ""), wrong)
    if day and day > today:
        words = _("%(day)s is still to come, so the dashboard is shown as of today.")
        wrong.append(words % {"day": date_format(day, "j F Y")})
        day = None
    day = day or today
    since = day_of(query.get("since", ""), wrong)
    if since and since >= day:
        words = _("%(day)s is not before the day shown, so changes are counted as usual.")
        wrong.append(words % {"day": date_format(since, "j F Y")})
        since = None
    return Moment(day, today, since, tuple(wrong))


def day_of(text: str, wrong: list[str]) -> date | None:
    """A day written as 2026-03-14; what is none is told in `wrong`."""
    if not text:
        return None
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-03-14") else None
    except ValueError:
        found = None
    if found and found.year in YEARS:
        return found
    wrong.append(_("“%s” is no day to look at. Write it as 2026-03-14.") % text[:40])
    return None
