"""The drawings of a coalition with their words: the power map, and the circles around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.charts.circles import MOST, Ring, circles, told
from coalitions.charts.power_map import Pin, Words, power_map
from coalitions.models import Circle, Level, Status
from coalitions.pages.balance import Group, chosen_now, seated
from coalitions.services.considered import Considered


@dataclass(frozen=True, repr=False)
class Figure:
    """A drawing with its title and what stands beneath it."""

    title: str
    sub: str
    label: str
    svg: SafeString
    notes: tuple[str, ...] = ()


def power_figure(considered: Sequence[Considered], chosen: Group | None = None) -> Figure:
    """The power map of everyone still considered; with `chosen`, filled as if those were."""
    group = chosen_now(considered) if chosen is None else chosen
    rows = [row for row in considered if row.status != Status.LEFT]
    pins = [pin(row, row.number in group) for row in rows if row.seat]
    count = len(pins)
    title = ngettext("Power and alignment, %(n)s candidate", "Power and alignment, %(n)s "
                     "candidates", count) % {"n": count}  # fmt: skip
    label = _(
        "%s in a grid of four levels of power by four levels of alignment, with arrows to the "
        "alignment each could reach. The table lists the same facts."
    ) % title  # fmt: skip
    svg = power_map(pins, Words(
        levels=[str(name) for name in Level.labels],
        across=_("Alignment with the aspiration: now (circle), possible (arrow) →"),
        upward=_("Power over the aspiration →"), label=label,
    ))  # fmt: skip
    # The drawing escapes every text that goes into it.
    return Figure(
        title, _("A filled circle is in the group. An arrow leads to the alignment that we think "
                 "they could reach."), label, mark_safe(svg), unplaced(rows),  # noqa: S308
    )  # fmt: skip


def unplaced(rows: Iterable[Considered]) -> tuple[str, ...]:
    letters = [row.letter for row in rows if row.seat is None]
    if not letters:
        return ()
    return (_("Not on the map, for nobody has judged them yet: %s.") % ", ".join(letters),)


def pin(row: Considered, chosen: bool) -> Pin:
    seat = seated(row)
    return Pin(
        seat.key, seat.alignment, seat.potential, seat.power, chosen, f"{row.letter} {row.office}"
    )


def circles_figure(size: int, rings: Iterable[Circle]) -> Figure:
    """The circles around a coalition of `size` people; the nine nearest rings are drawn."""
    found = [Ring(row.name, row.size) for row in rings][:MOST]
    title = _("Circles of leadership")
    centre = ngettext("Coalition of %(n)s person at the centre", "Coalition of %(n)s people at "
                      "the centre", size) % {"n": size}  # fmt: skip
    label = f"{title}. {centre}" + (f"; {told(found)}." if found else ".")
    svg = circles(size, found, label=label, centre=_("coalition"))
    # The drawing escapes every text that goes into it.
    return Figure(title, "", label, mark_safe(svg))  # noqa: S308
