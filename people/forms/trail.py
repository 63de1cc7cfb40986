"""What a reader of the trail asks for; shown filled, and read by `TrailFilters`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.permissions import MODELS
from people.trail.acts import ACTIONS
from people.trail.filters import LONGEST, TrailFilters
from people.trail.words import kind_name


class TrailForm(forms.Form):
    """The filters as they were understood. Its names are those of the address."""

    q = forms.CharField(
        label=_("Words"),
        help_text=_("In a name, an act, an object or a reason."),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    person = forms.ChoiceField(label=_("Who"))
    action = forms.ChoiceField(label=_("Act"))
    object = forms.ChoiceField(label=_("Kind of object"))
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, filters: TrailFilters, people: Iterable[User]) -> None:
        super().__init__(
            initial=dict(filters.query), auto_id="trail-%s", use_required_attribute=False
        )
        self.choose("person", _("Anyone"), [(str(row.pk), str(row)) for row in people])
        self.choose("action", _("Any act"), [(code, name) for code, (name, _s) in ACTIONS.items()])
        kinds = [(label, kind_name(label)) for label in MODELS]
        self.choose("object", _("Any kind"), sorted(kinds, key=lambda kind: kind[1].lower()))

    def choose(self, name: str, anything: Any, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", anything), *choices]
