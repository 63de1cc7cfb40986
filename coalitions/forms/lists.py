"""A name on one's own list, and who the names of all the lists are."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from coalitions.analysis.names import name_key
from coalitions.forms.fields import line_field, text_field
from coalitions.forms.pooling import NEW, OUT, PARTS, Offers, fields_of, told
from coalitions.services.pooling import Choice, Gathered
from people.forms.entries import EntryForm
from people.models import Actor


class NominationForm(EntryForm):
    """One office, and why."""

    office = line_field(
        lazy("Office"), lazy("Who holds it may change. Name the office rather than the person."),
        required=lazy("Name the office."), list="offices",
    )  # fmt: skip
    why = text_field(
        lazy("Why"), lazy("What it could clear, lend or advise. It may be left open."), most=500,
        rows=2,
    )  # fmt: skip


class PoolForm(EntryForm):
    """Of each name who it is: fields `who_<key>`, and for a new actor `name_`, `kind_`, `sphere_`.

    `on_list` are keys of the actors that are candidates already.
    """

    lists = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, found: Gathered, actors: Sequence[Actor],
        on_list: Collection[int] = (),
    ) -> None:  # fmt: skip
        self.found, self.actors = found, {actor.pk: actor for actor in actors}
        super().__init__(data, initial={"lists": told(found.lists)})
        offers = Offers(found.names, actors, on_list)
        for one in found.names:
            self.fields.update(fields_of(one, offers))

    def has_moved(self) -> bool:
        """Whether other lists are sent now than those that the leader saw."""
        return bool(self.data.get("lists", "") != told(self.found.lists))

    def clean(self) -> None:
        super().clean()
        named: dict[str, str] = {}
        for one in self.found.names:
            if self.cleaned_data.get(f"who_{one.key}") == NEW:
                self.clean_new(one.key, named)

    def clean_new(self, key: int, named: dict[str, str]) -> None:
        """A new actor has a name that no other new one has, a kind and a sphere."""
        if not self.cleaned_data.get(f"sphere_{key}") and f"sphere_{key}" not in self.errors:
            called = self.cleaned_data.get(f"name_{key}") or _("a new actor")
            self.add_error(f"sphere_{key}", _("Say to which sphere “%s” belongs.") % called)
        name = self.cleaned_data.get(f"name_{key}")
        if not name:
            if f"name_{key}" not in self.errors:
                self.add_error(f"name_{key}", _("Say what a new actor is called."))
            return
        if name_key(name) in named:
            self.add_error(f"name_{key}", ValidationError(
                _("“%s” is new twice here. Say of one that it is the same as the other.") % name
            ))  # fmt: skip
        named[name_key(name)] = name

    def choices(self) -> dict[int, Choice]:
        """Who each name is, by its key. Only of a valid form."""
        return {one.key: self.choice_of(one.key) for one in self.found.names}

    def choice_of(self, key: int) -> Choice:
        who, _colon, other = self.cleaned_data[f"who_{key}"].partition(":")
        if who == "actor":
            return Choice(actor=self.actors[int(other)])
        if who == "same":
            return Choice(same=int(other))
        if who == OUT:
            return Choice()
        parts = {part: self.cleaned_data[f"{part}_{key}"] for part in PARTS[1:]}
        return Choice(**{**parts, "kind": parts["kind"] or Actor.Kind.PERSON})

    def open(self) -> int:
        """How many names nobody has said yet who they are."""
        return sum(not self[f"who_{one.key}"].value() for one in self.found.names)

    def rows(self) -> list[dict[str, Any]]:
        """Each name with its fields, for the page."""
        return [
            {"named": one, **{part: self[f"{part}_{one.key}"] for part in PARTS}}
            for one in self.found.names
        ]
