"""The rules of a system on a page: who may, what is refused, and no typing is lost."""

from dataclasses import fields
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.models import Policy, Series
from aspirations.sentences.policy import GROUPS, TERMS, value_in_words
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
)
from people.models import AuditEntry, System, User
from people.tests.pages import fields_of, opened

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/meridian/settings/judgments/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian", second_factor="nobody")
    return row


def enter(client: Client, system: System, role: str = "unit_staff", name: str = "") -> User:
    user: User = MembershipFactory.create(system=system, role=role, user__name=name).user
    client.force_login(user)
    return user


def put(client: Client, **typed: str) -> Any:
    return client.post(ADDRESS, {**opened(client, ADDRESS), "reason": "Agreed.", **typed})


def test_the_unit_sets_a_value_and_every_series_is_judged_again(
    client: Client, system: System
) -> None:
    user = enter(client, system)
    SeriesFactory.create(metric=MetricFactory.create(system=system))
    elsewhere = SeriesFactory.create()
    assert "1 series will be judged again" in client.get(ADDRESS).content.decode()
    response = put(client, tau="0.2", confirm="no", kappa="0.2")
    assert (response.status_code, response["Location"]) == (
        302, reverse("policy", args=["meridian"]),
    )  # fmt: skip
    row = Policy.objects.get()
    assert (row.version, row.values, row.author) == (1, {"tau": 0.2, "confirm": False}, user)
    assert row.reason == "Agreed."
    stale = Series.objects.stale()
    assert elsewhere not in stale
    assert len(stale) == 1
    page = client.get(ADDRESS).content.decode()
    assert "Version 1 is in force." in page
    assert "save for 2 values of its own" in page
    assert AuditEntry.objects.get().door == "page"


def test_every_field_has_words_and_stands_once() -> None:
    named = [term.name for group in GROUPS for term in group.terms]
    assert sorted(named) == sorted(field.name for field in fields(PolicyValues))
    assert len({str(term.label) for term in TERMS.values()}) == len(named)
    assert all(value_in_words(name, getattr(PolicyValues(), name)) for name in named)


def test_every_version_stands_with_what_it_changed_and_why(client: Client, system: System) -> None:
    enter(client, system, name="Delivery Unit")
    put(client, tau="0.2")
    put(client, tau="", likelihood_green="0.7", reason="Stricter.")
    page = client.get(ADDRESS).content.decode()
    assert "Planned change that may be missing at the target date: 0.2 → 0.1" in page
    assert "Green: least chance: 0.65 → 0.7" in page
    assert page.count("Delivery Unit") >= 2
    assert page.index("Stricter.") < page.index("Agreed.")


def test_the_same_values_again_make_no_version(client: Client, system: System) -> None:
    enter(client, system)
    put(client, tau="0.2")
    response = put(client, tau="0.2", kappa="0.2")
    assert response.status_code == 302
    assert "Nothing was changed." in client.get(ADDRESS).content.decode()
    assert Policy.objects.count() == 1


BAD = [
    ({"tau": "9"}, "“9.0” cannot be used: use a value from 0 to 0.9."),
    ({"tau": "nan"}, "Enter a number."),
    ({"tau": "wide"}, "Enter a number."),
    ({"limits_from": "2.5"}, "Enter a whole number."),
    ({"limits_from": "9" * 400}, "cannot be used: use a value from 2 to 100."),
    ({"limits_from": "1"}, "“1” cannot be used: use a value from 2 to 100."),
    ({"season": "winter"}, "winter"),
    ({"likelihood_green": "0.3"}, "must fall from Green"),
    ({"hold_amber_red": "0", "hold_noise": "0.2"}, "must fall from Green"),
    ({"reason": "  "}, "Say why: a new policy needs a reason."),
    ({"reason": "x" * 2001}, "2000"),
    ({"version": "1 or 1=1"}, "no longer says which version"),
    ({"version": "-1"}, "no longer says which version"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_values_are_named_beside_their_field(
    client: Client, system: System, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = put(client, **{"phi": "0.875", "reason": "Agreed.", **wrong})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert 'value="0.875"' in page
    assert "<details open" in page.replace(' class="card group"', ""), "what is typed is in sight"
    assert not Policy.objects.exists()


def test_all_that_is_wrong_is_said_at_once(client: Client, system: System) -> None:
    enter(client, system)
    typed = {"tau": "9", "likelihood_green": "7", "likelihood_amber_green": "0.8", "alpha": "x"}
    page = put(client, reason="", hold_green="-5", **typed).content.decode()
    for said in ("“9.0” cannot", "“7.0” cannot", "Enter a number.", "needs a reason."):
        assert said in page
    assert page.count("must fall from Green") == 2, "the holding three: in the list and beside"


@pytest.mark.parametrize("role", ["viewer", "plan_owner", "accountable_head", "steward"])
def test_readers_read_without_controls(client: Client, system: System, role: str) -> None:
    Policy.objects.create(system=system, version=1, values={"tau": 0.25, "season": "off"})
    enter(client, system, role)
    page = client.get(ADDRESS).content.decode()
    assert "0.25" in page
    assert "never" in page
    assert 'name="tau"' not in page
    assert f'href="{reverse("settings", args=["meridian"])}"' not in page
    assert client.post(ADDRESS, {"tau": "0.2"}).status_code == 403
    assert Policy.objects.count() == 1


def test_strangers_readers_from_above_and_providers_find_nothing(
    client: Client, system: System
) -> None:
    parent = SystemFactory.create(second_factor="nobody")
    System.objects.filter(pk=system.pk).update(parent=parent)
    homes = [(parent, "delivery_leader"), (system, "data_provider"), (system, "reviewer")]
    for home, role in [*homes, (SystemFactory.create(), "unit_staff")]:
        enter(client, home, role)
        assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 404


def test_the_second_of_two_sees_both_and_saves_deliberately(client: Client, system: System) -> None:
    enter(client, system)
    sent = {**opened(client, ADDRESS), "tau": "0.3", "confirm": "no", "reason": "Mine."}
    colleague = Client()
    enter(colleague, system, name="First Analyst")
    put(colleague, tau="0.2", kappa="0.25")
    response = client.post(ADDRESS, sent)
    page, again = response.content.decode(), fields_of(response)
    assert response.status_code == 409
    panel = page.partition('role="alert"')[2].partition("<form")[0]
    for told in ("First Analyst", "0.3", "0.2", "Uncertainty of what is still to come", "0.25"):
        assert told in panel
    assert "Amber-Red" not in panel
    assert (again["tau"], again["kappa"], again["reason"]) == ("0.3", "0.25", "Mine.")
    assert Policy.objects.count() == 1
    assert client.post(ADDRESS, again).status_code == 302
    assert Policy.objects.get(version=2).values == {"tau": 0.3, "kappa": 0.25, "confirm": False}


def test_reading_costs_the_same_for_many_versions(client: Client, system: System) -> None:
    user = enter(client, system)
    counts = []
    for last in (3, 30):
        for version in range(Policy.objects.count() + 1, last + 1):
            Policy.objects.create(
                system=system, version=version, author=user, values={"tau": version / 100}
            )
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as found:
            client.get(ADDRESS)
        counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system)
    assert getattr(client, method)(ADDRESS).status_code == 405
