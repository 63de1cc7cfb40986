"""The events of a series, numbered on its chart and told beneath it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.charts.flags import Marked
from aspirations.models import Event, Series
from aspirations.models.events import is_safe_address

SHAPES = {Event.Kind.CYCLE.value: "square", Event.Kind.MILESTONE.value: "diamond"}
"""All other kinds are circles."""
TELLING = {Event.Kind.DATA.value, Event.Kind.OUTSIDE.value, Event.Kind.MILESTONE.value}
"""Kinds that are said in words, for their shape does not tell them from an intervention."""


@dataclass(frozen=True)
class Told:
    """One event in words; `address` is empty where nothing tells more."""

    key: int
    number: int
    shape: str
    when: str
    kind: str
    label: str
    address: str
    note: str


def of_series(series: Series) -> list[Event]:
    """Events in force, in order of time."""
    rows = Event.objects.filter(series=series).in_force()
    return list(rows.order_by("date", "pk"))


def marked(events: list[Event]) -> list[Marked]:
    """Numbers and shapes for the chart, from 1 in order of time."""
    return [
        Marked(number, shape(event), event.date) for number, event in enumerate(events, start=1)
    ]


def told(events: list[Event], today: date) -> list[Told]:
    return [
        Told(
            key=event.pk, number=number, shape=shape(event),
            when=date_format(event.date, "j M Y"),
            kind=str(event.get_kind_display()) if event.kind in TELLING else "",
            label=event.label, note=note(event, today),
            address=event.address if is_safe_address(event.address) else "",
        )
        for number, event in enumerate(events, start=1)
    ]  # fmt: skip


def shape(event: Event) -> str:
    return SHAPES.get(event.kind, "circle")


def note(event: Event, today: date) -> str:
    """Of a milestone: whether it was reached, and when."""
    if event.kind != Event.Kind.MILESTONE:
        return ""
    if event.done_on:
        return _("reached %(day)s") % {"day": sentences.day_text(event.done_on)}
    return _("overdue") if event.date < today else _("not yet due")
