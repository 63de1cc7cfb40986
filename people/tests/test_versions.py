"""The form that knows which version was seen, for every kind of field it may hold."""

from datetime import date
from typing import Any

import pytest
from django import forms

from people.models import System
from people.services import Conflict, record, save_with_trail
from people.tests.factories import SystemFactory, UserFactory
from people.tests.pages import Fields
from people.versions import VersionedForm, after_conflict

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


class Everything(VersionedForm):
    name = forms.CharField()
    archived = forms.BooleanField(required=False)
    kind = forms.ChoiceField(choices=System.Kind.choices)
    reporting_date = forms.DateField(required=False)
    parent = forms.ModelChoiceField(System.objects.all(), required=False)
    reason = forms.CharField()

    def held_by(self, row: System) -> dict[str, Any]:
        held = super().held_by(row)
        return {**held, "archived": row.note == "archived"}


def sent_by(form: forms.Form) -> dict[str, str]:
    fields = Fields()
    fields.feed(str(form))
    return {**fields.sent, "reason": "Why not."}


@pytest.fixture
def seen() -> System:
    row: System = SystemFactory.create(
        name="Old", note="archived", kind="city", reporting_date=date(2026, 3, 14)
    )
    return row


def test_a_form_sent_as_it_was_shown_touches_nothing(seen: System) -> None:
    form = Everything(sent_by(Everything(row=seen)), row=seen)
    assert form.is_valid(), form.errors
    assert form.compared() == ["name", "archived", "kind", "reporting_date", "parent"]
    assert not any(form.touched(name) for name in form.compared())
    assert form.values()["archived"] is True
    assert form.seen() == 1


def changed_meanwhile(seen: System, **typed: str) -> tuple[VersionedForm, Any]:
    """What the second writer gets when the first changed every field."""
    sent = {**sent_by(Everything(row=seen)), **typed}
    first, parent = UserFactory.create(name="The first"), SystemFactory.create(name="Above")
    now = System.objects.get(pk=seen.pk)
    values = {"name": "New", "note": "", "kind": "region", "reporting_date": None, "parent": parent}
    save_with_trail(now, values, system=now, key=str(now.pk), actor=first, version=1)
    form = Everything(sent, row=now)
    assert form.is_valid(), form.errors
    return after_conflict(form, Conflict(now))


def test_what_was_left_alone_takes_the_new_value_of_every_kind(seen: System) -> None:
    form, panel = changed_meanwhile(seen)
    assert form.is_valid(), form.errors
    values = form.values()
    assert (values["name"], values["archived"], values["kind"]) == ("New", False, "region")
    assert (values["reporting_date"], values["parent"].name) == (None, "Above")
    assert form.seen() == 2
    assert form.cleaned_data["reason"] == "Why not."
    told = {row.field.name: (row.yours, row.now, row.kept) for row in panel.rows}
    assert told == {
        "name": ("Old", "New", False),
        "archived": ("yes", "no", False),
        "kind": ("City or locality", "State, province or region", False),
        "reporting_date": ("14 March 2026", "nothing", False),
        "parent": ("nothing", "Above", False),
    }
    assert panel.by == "The first"


def test_what_was_typed_stays_and_is_named(seen: System) -> None:
    form, panel = changed_meanwhile(seen, name="Mine", reporting_date="2026-03-15")
    assert form["name"].value() == "Mine"
    kept = {row.field.name for row in panel.rows if row.kept}
    assert kept == {"name", "reporting_date"}
    assert next(row.by for row in panel.rows if row.field.name == "name") == "The first"


def test_both_typed_the_same_and_nothing_is_said(seen: System) -> None:
    _form, panel = changed_meanwhile(seen, name="New", kind="region")
    assert {"name", "kind"} & {row.field.name for row in panel.rows} == set()


def test_without_what_was_seen_everything_counts_as_typed(seen: System) -> None:
    sent = {k: v for k, v in sent_by(Everything(row=seen)).items() if "initial-" not in k}
    form = Everything(sent, row=seen)
    assert form.is_valid()
    assert all(form.touched(name) for name in form.compared())


def test_a_save_by_a_command_is_told_by_its_door(seen: System) -> None:
    record(system=seen, action="change", on=seen, door="load_system", after={"name": "New"})
    now = System.objects.get(pk=seen.pk)
    now.name = "New"
    form = Everything({**sent_by(Everything(row=seen)), "name": "Mine"}, row=now)
    assert form.is_valid()
    _fresh, panel = after_conflict(form, Conflict(now))
    assert (panel.by, panel.rows[0].by) == ("load_system", "load_system")


@pytest.mark.parametrize("version", ["", "x", "1.0", "-1", "1" * 10, "１"])
def test_a_garbled_version_is_said_in_words(seen: System, version: str) -> None:
    form = Everything({**sent_by(Everything(row=seen)), "version": version}, row=seen)
    assert not form.is_valid()
    assert "open the page again" in form.non_field_errors()[0]


def test_a_box_that_another_ticked_and_the_writer_left_alone_is_ticked() -> None:
    seen = SystemFactory.create(note="")
    form = Everything(sent_by(Everything(row=seen)), row=seen)
    assert form.is_valid(), form.errors
    seen.note = "archived"
    again = form.moved_on(seen)
    assert again.is_valid(), again.errors
    assert again.values()["archived"] is True
