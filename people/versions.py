"""Two people edit one thing: the second sees both versions and loses nothing.

A form carries the version that its reader saw, and beside each field the value they saw it with.
The service moves the row on by `save_with_trail(version=…)` or raises Conflict; the page then
answers 409 with the form as it was typed, both values of whatever differs, and the version moved
on, so that a second save is deliberate.

    class RoundForm(VersionedForm):
        title = forms.CharField(max_length=120)

    form = RoundForm(filled(request), row=round_)
    if request.method == "POST" and form.is_valid():
        try:
            rounds.change(round=round_, values=form.values(), version=form.seen(), …)
            return redirect(…)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)
            return render(request, PAGE, {"form": form, "conflict": panel}, status=409)

The page shows `{% include "components/conflict.html" %}` above the form, and within the form
`{% for field in form.hidden_fields %}{{ field }}{% endfor %}`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.forms.entries import EntryForm
from people.models import AuditEntry, System
from people.services import Conflict

# What the database can hold as a version, and no more.
MOST_DIGITS = 9
LINES_READ = 50


def filled(request: HttpRequest) -> Any:
    """What was sent, were it nothing; None where the form is only asked for."""
    return request.POST if request.method == "POST" else None


def status_of(request: HttpRequest, panel: object = None) -> int:
    """The status with which a form is shown: fresh, with faults, or beside what another saved."""
    if request.method != "POST":
        return 200
    return 409 if panel else 400


class VersionedForm(EntryForm):
    """A form over one row. `row` gives what its fields hold and which version that is."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: Any, **options: Any) -> None:
        self.row = row
        held = self.held_by(row)
        super().__init__(data, initial={**held, "version": self.version_of(row)}, **options)
        self.fields.update(self.more_fields())
        for name in self.compared():
            # What the reader saw goes along, so that it is known which fields they touched.
            self.fields[name].show_hidden_initial = True

    def more_fields(self) -> dict[str, forms.Field]:
        """Fields that the class cannot name beforehand."""
        return {}

    def held_by(self, row: Any) -> dict[str, Any]:
        """What a row holds for each field of the form, by the field's name."""
        names = [name for name in self.base_fields if name != "version"]
        return {name: getattr(row, name) for name in names if hasattr(row, name)}

    def version_of(self, row: Any) -> int:
        return int(row.version)

    def trail_name(self, name: str) -> str:
        """What the trail calls a field of the form."""
        return name

    def compared(self) -> list[str]:
        """Fields that a row holds; the rest, such as a reason, belong to this save alone."""
        return [name for name in self.fields if name != "version" and name in self.initial]

    def as_read(self) -> list[tuple[str, str]]:
        """Label and value of each field, for who may read and not write."""
        return [
            (str(self[name].label), told(self.fields[name], self.initial[name]))
            for name in self.compared()
        ]

    def clean_version(self) -> int | None:
        text: str = self.cleaned_data["version"]
        if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
            return int(text)
        self.add_error(None, _(
            "This page no longer says which version it showed, so nothing was saved. "
            "Keep a copy of what you typed, open the page again and enter it there."
        ))  # fmt: skip
        return None

    def seen(self) -> int:
        """The version that the writer saw. Only of a valid form."""
        return int(self.cleaned_data["version"])

    def values(self) -> dict[str, Any]:
        """What is to be held by the row, by field; of a faulty form, what could be read."""
        read = self.cleaned_data
        return {name: read[name] for name in self.compared() if name in read}

    def touched(self, name: str) -> bool:
        """Whether the writer changed this field from what they saw; if unknown, they did."""
        return name in self.changed_data or self.add_initial_prefix(name) not in self.data

    def has_moved(self, name: str, now: Any) -> bool:
        """Whether the row's value is other than the one the writer saw; if unknown, it is."""
        key = self.add_initial_prefix(name)
        return key not in self.data or self.fields[name].has_changed(now, self.data[key])

    def differs(self, name: str, value: Any) -> bool:
        """Whether what the form holds is other than `value`."""
        return self.fields[name].has_changed(value, self[name].data)

    def moved_on(self, row: Any) -> Self:
        """The same typing over the row as it is now; what was left alone takes its new value."""
        held, data = self.held_by(row), QueryDict(mutable=True)
        data.update(self.data)
        for name in self.compared():
            put(data, self.add_initial_prefix(name), self.fields[name], held[name], hidden=True)
            if not self.touched(name):
                put(data, self.add_prefix(name), self.fields[name], held[name])
        data[self.add_prefix("version")] = str(self.version_of(row))
        return type(self)(data, row=row, **self.options_again())

    def options_again(self) -> dict[str, Any]:
        """What else the form was made with; a form that takes more says it here."""
        return {}


def put(data: Any, key: str, field: forms.Field, value: Any, *, hidden: bool = False) -> None:
    """Write a value into submitted data as the field's widget would send it."""
    widget: Any = field.hidden_widget() if hidden else field.widget
    text = widget.format_value(field.prepare_value(value))
    if isinstance(text, list) and isinstance(field, forms.MultipleChoiceField):
        data.setlist(key, text)
        return
    if isinstance(text, list):  # what a select sends
        text = text[0] if text else ""
    if isinstance(field, forms.BooleanField) and not hidden:
        data.pop(key, None)
        # TRAP: format_value of a ticked box is empty, and an empty value reads as not ticked.
        data.update({key: "on"} if value else {})
        return
    data[key] = "" if text is None else str(text)


@dataclass(frozen=True)
class Difference:
    """One field that two people hold differently.

    `kept`: the form holds the writer's own. `by` and `at`: who saved the other value since the
    writer opened the page; empty where it is still the one they saw.
    """

    field: forms.BoundField
    yours: str
    now: str
    kept: bool
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Panel:
    """What the second of two writers is told: who saved first, and which fields differ."""

    by: str
    at: datetime | None
    rows: list[Difference]


def after_conflict(
    form: VersionedForm, conflict: Conflict, *, key: str = ""
) -> tuple[VersionedForm, Panel]:
    """The form to show with status 409, and the panel above it. `key` is the row's in the trail."""
    now = conflict.current
    held, lines = form.held_by(now), saved_lines(now, key or str(now.pk))
    fresh = form.moved_on(now)
    rows = [
        difference(form, fresh, name, held[name], lines)
        for name in form.compared()
        if form.differs(name, held[name])
    ]
    by, at = who(next(iter(lines), None))
    return fresh, Panel(by, at, rows)


def difference(
    form: VersionedForm, fresh: VersionedForm, name: str, now: Any, lines: list[AuditEntry]
) -> Difference:
    field = form.fields[name]
    kept = (line for line in lines if form.trail_name(name) in line.after)
    by, at = who(next(kept, None)) if form.has_moved(name, now) else ("", None)
    yours = told(field, form.cleaned_data.get(name))
    return Difference(fresh[name], yours, told(field, now), form.touched(name), by, at)


def saved_lines(row: models.Model, key: str) -> list[AuditEntry]:
    """The latest lines of the trail about a row, newest first."""
    lines = AuditEntry.objects.about(row, key).select_related("actor")
    system = row if isinstance(row, System) else getattr(row, "system", None)
    return list(lines.filter(system=system)[:LINES_READ])


def who(line: AuditEntry | None) -> tuple[str, datetime | None]:
    """Who saved, and when; a program by its door."""
    if line is None:
        return _("someone else"), None
    return str(line.actor or line.door), line.at


def told(field: forms.Field, value: Any) -> str:
    """A value as a reader sees it: the words of a choice, a date in words, “nothing” if empty."""
    if value is None or value == "" or value == []:
        return _("nothing")
    if isinstance(value, list):
        return ", ".join(told(field, one) for one in value)
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    words = chosen(field, value)
    if words is not None:
        return words
    if hasattr(value, "year") and hasattr(value, "month"):
        return date_format(value, "j F Y")
    return str(value)


def chosen(field: forms.Field, value: Any) -> str | None:
    """The words of a choice; None where the field offers none, or not this one."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return None
    return flat(field.choices).get(str(value))


def flat(choices: Any) -> Mapping[str, str]:
    """Choices by value, groups opened."""
    words: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            words |= flat(label)
        else:
            words[str(value)] = str(label)
    return words
