"""Days to a stocktake, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def next_text(day: date | None, today: date) -> str:
    """The first line of the page of stocktakes."""
    if day is None:
        return _("No stocktake is planned.")
    if day == today:
        return _("Stock is taken today, %(day)s.") % {"day": in_full(day)}
    days = (day - today).days
    words = ngettext(
        "Stock is taken next in %(days)s day, on %(day)s.",
        "Stock is taken next in %(days)s days, on %(day)s.",
        days,
    )
    return words % {"days": days, "day": in_full(day)}


def short_text(day: date, today: date) -> str:
    """“stocktake in 10 days, Tuesday 24 March 2026”: for a line above a headline."""
    if day == today:
        return _("stocktake today, %(day)s") % {"day": in_full(day)}
    days = (day - today).days
    words = ngettext("stocktake in %(days)s day, %(day)s", "stocktake in %(days)s days, %(day)s",
                     days)  # fmt: skip
    return words % {"days": days, "day": in_full(day)}


def in_full(day: date) -> str:
    return date_format(day, "l j F Y")
