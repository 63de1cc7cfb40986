"""What a form over the names of all the lists offers, and how what was typed is kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from coalitions.analysis.names import close_to, name_key
from coalitions.forms.fields import PRIVATE, line_field
from coalitions.services.pooling import Gathered, Named
from people.models import Actor

NEW, OUT = "new", "out"
PARTS = ("who", "name", "kind", "sphere")


class Offers:
    """What the select of each name offers: what may be the same first, and nothing chosen."""

    def __init__(
        self, names: Sequence[Named], actors: Sequence[Actor], on_list: Collection[int]
    ) -> None:
        self.names, self.actors, self.on_list = names, actors, on_list

    def choices(self, one: Named) -> list[tuple[str, Any]]:
        others = [other for other in self.names if other is not one]
        close = {others[at].key for at in close_to(one.office, [row.office for row in others])}
        near = set(close_to(one.office, [actor.name for actor in self.actors]))
        likely = [self.actor(actor) for at, actor in enumerate(self.actors) if at in near]
        likely += [same(other) for other in others if other.key in close]
        groups = [
            (_("Perhaps the same"), likely),
            (_("Actors of this system"),
             [self.actor(actor) for at, actor in enumerate(self.actors) if at not in near]),
            (_("Another name here"), [same(other) for other in others if other.key not in close]),
        ]  # fmt: skip
        return [
            ("", _("Choose who it is")), (NEW, _("A new actor")), (OUT, _("Leave it out")),
            *((title, rows) for title, rows in groups if rows),
        ]  # fmt: skip

    def actor(self, actor: Actor) -> tuple[str, str]:
        words = _("%s (on the long list)") if actor.pk in self.on_list else "%s"
        return f"actor:{actor.pk}", words % actor.name

    def exact(self, one: Named) -> str:
        """The actor of this very name."""
        found = (actor for actor in self.actors if name_key(actor.name) == name_key(one.office))
        actor = next(found, None)
        return f"actor:{actor.pk}" if actor else ""


def same(other: Named) -> tuple[str, str]:
    return f"same:{other.key}", _("The same as “%s”") % other.office


def fields_of(one: Named, offers: Offers) -> Mapping[str, forms.Field]:
    who = forms.ChoiceField(
        label=_("Who is it?"), choices=offers.choices(one), initial=offers.exact(one),
        error_messages={
            "required": _("Say of “%s” who it is, or leave it out.") % one.office,
            "invalid_choice": _("That is not offered any more. Choose again."),
        },
    )  # fmt: skip
    name = line_field(_("Called"))
    name.initial = one.office
    kind = forms.ChoiceField(label=_("Kind"), choices=Actor.Kind.choices, required=False)
    kind.initial = Actor.Kind.PERSON
    sphere = forms.CharField(
        label=_("Sphere"), max_length=80, required=False,
        widget=forms.TextInput(attrs={**PRIVATE, "list": "spheres"}),
    )  # fmt: skip
    fields: dict[str, forms.Field] = {"who": who, "name": name, "kind": kind, "sphere": sphere}
    return {f"{part}_{one.key}": field for part, field in fields.items()}


def told(lists: Sequence[int]) -> str:
    """The lists that a page showed, as its form carries them."""
    return ",".join(map(str, lists))


def unread(data: Any) -> Gathered:
    """The names as numbers alone, from what was sent: for where they may not, or cannot, be read.

    What was typed stays in its fields.
    """
    keys = sorted({
        int(key) for name in data if (key := name.removeprefix("who_")) != name
        and key.isascii() and key.isdecimal() and len(key) < 10
    })  # fmt: skip
    names = tuple(
        Named(keys=(key,), office=_("name %s") % number, count=0)
        for number, key in enumerate(keys[:300], 1)
    )
    lists = str(data.get("lists", "")).split(",")
    return Gathered(tuple(int(key) for key in lists if key.isdecimal() and len(key) < 10), names)
