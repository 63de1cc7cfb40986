"""Changing a key post: that it is filled."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Coalition, Vacancy
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, VacancyFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead
from people.models import Actor, AuditEntry, System
from people.tests.factories import ActorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def office(row: Coalition) -> Actor:
    office: Actor = ActorFactory.create(system=row.system, name="Board chair")
    return office


@pytest.fixture
def post(row: Coalition, office: Actor) -> Vacancy:
    post: Vacancy = VacancyFactory.create(
        coalition=row,
        actor=office,
        falls_vacant_on=date(2026, 6, 30),
        influencers=f"The {SECRET} board.",
    )
    return post


def filled(office: Actor, **more: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "actor": office.pk,
        "falls_vacant_on": "2026-06-30",
        "influencers": f"The {SECRET} board.",
        "plan": "",
        "filled_on": "",
        "outcome": "",
        **more,
    }


def to(row: Coalition, post: Vacancy) -> str:
    return address("edit_vacancy", row, post.pk)


def test_it_is_changed_and_the_trail_names_the_fields_alone(
    client: Client, row: Coalition, post: Vacancy, office: Actor
) -> None:
    lead(client, row)
    assert SECRET in client.get(to(row, post)).content.decode()
    response = client.post(
        to(row, post), filled(office, **{"filled_on": "2026-03-10", "outcome": "The deputy."})
    )
    assert response["Location"] == f"{address('building', row)}#vacancies"
    post.refresh_from_db()
    assert (post.filled_on, post.outcome) == (date(2026, 3, 10), "The deputy.")
    assert post.version == 2
    assert AuditEntry.objects.about(post).get().after == {
        "filled_on": "changed",
        "outcome": "changed",
    }
    working.the_trail_says_nothing_of(post, "deputy")


def test_a_post_whose_office_is_retired_is_still_closed(
    client: Client, row: Coalition, post: Vacancy, office: Actor, settings: Settings
) -> None:
    Actor.objects.filter(pk=office.pk).update(retired_at=timezone.now())
    other = ActorFactory.create(system=row.system, name="Gone too", retired_at=timezone.now())
    lead(client, row)
    text = client.get(to(row, post)).content.decode()
    assert f'<option value="{office.pk}" selected>' in text
    assert "Gone too" not in text
    values = filled(office, filled_on="2026-03-10")
    kept = settings.CONFIDENTIAL_KEYS
    working.without_the_key_what_was_typed_stays(client, settings, to(row, post), values)
    settings.CONFIDENTIAL_KEYS = kept
    assert client.post(to(row, post), values).status_code == 302
    post.refresh_from_db()
    assert (post.actor, post.filled_on) == (office, date(2026, 3, 10))
    again = filled(other, version="2")
    working.refused_with(client, to(row, post), again, "not among what this coalition knows")


def test_leaders_and_the_delegate_change_it(
    client: Client, row: Coalition, post: Vacancy, office: Actor
) -> None:
    def again() -> dict[str, Any]:
        post.refresh_from_db()
        return filled(office, version=post.version)

    working.everybody_who_may_writes(client, row, to(row, post), again)


def test_two_who_change_it_at_once_see_both(
    client: Client, row: Coalition, post: Vacancy, office: Actor
) -> None:
    lead(client, row)
    assert client.post(to(row, post), filled(office, plan="Theirs.")).status_code == 302
    response = client.post(to(row, post), filled(office, plan="Mine."))
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    assert "Mine." in response.content.decode()
    post.refresh_from_db()
    assert post.plan == "Theirs."


def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, post: Vacancy, office: Actor
) -> None:
    lead(client, row)
    values = filled(office, version="x")
    working.refused_with(client, to(row, post), values, "which version it showed")
    post.refresh_from_db()
    assert post.version == 1


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, post: Vacancy, office: Actor
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(to(other, post)).status_code == 404
    assert client.post(to(other, post), filled(office)).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=post, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, post: Vacancy, office: Actor, settings: Settings
) -> None:
    lead(client, row)
    kept, values = (
        settings.CONFIDENTIAL_KEYS,
        filled(office, **{"filled_on": "2026-03-10", "outcome": "The deputy."}),
    )
    working.without_the_key_what_was_typed_stays(client, settings, to(row, post), values)
    assert client.get(to(row, post)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    post.refresh_from_db()
    assert post.version == 1


def test_others_are_refused(client: Client, row: Coalition, post: Vacancy, office: Actor) -> None:
    working.nobody_else_writes(client, row, to(row, post), filled(office))


def test_other_methods_are_refused(client: Client, row: Coalition, post: Vacancy) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row, post))
