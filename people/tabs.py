"""The parts of a system's settings, each with an address of its own."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import System
from people.permissions import may

# name of the address, its title, and the action that opens it
PARTS: tuple[tuple[str, Promise, str], ...] = (
    ("settings", _("General"), "settings.read"),
    ("settings_words", _("Words"), "settings.read"),
    ("policy", _("Judgments"), "plan.read"),
    ("members", _("People"), "members.read"),
)


@dataclass(frozen=True)
class Tab:
    title: str
    address: str
    is_here: bool


def settings_tabs(user: Any, system: System, here: str) -> list[Tab]:
    """The parts that this person may read; one query for each action."""
    open_to = {action: may(user, action, system) for _name, _title, action in PARTS}
    return [
        Tab(str(title), reverse(name, args=[system.slug]), name == here)
        for name, title, action in PARTS
        if open_to[action]
    ]
