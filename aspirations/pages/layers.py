"""Which layers of the chart are shown, as the address asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aspirations.charts.parts import EARLIER, EVENTS, FORECAST, LAYERS, RANGE_LAYER, VARIATION

NAMES: dict[str, Promise] = {
    RANGE_LAYER: _("Range around the path"),
    VARIATION: _("Natural variation"),
    EVENTS: _("Events"),
    EARLIER: _("Earlier paths"),
    FORECAST: _("Forecast"),
}


@dataclass(frozen=True)
class Switch:
    """One layer that the chart has, and whether it is shown."""

    name: str
    title: str
    is_on: bool


def asked_layers(given: Sequence[str]) -> frozenset[str]:
    """Layers named in the address; all where it says nothing, none where it names none."""
    return frozenset(LAYERS) if not given else frozenset(given) & frozenset(LAYERS)


def switches(there: Sequence[str], shown: frozenset[str]) -> list[Switch]:
    """The layers that are there, in their order."""
    return [Switch(name, str(NAMES[name]), name in shown) for name in LAYERS if name in there]
