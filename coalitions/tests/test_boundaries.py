"""Working across boundaries: barriers by kind, where the group begins, its key actions."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.models import Coalition
from coalitions.tests import working
from coalitions.tests.factories import (
    BarrierFactory,
    CoalitionFactory,
    EntryPointFactory,
    NextStepFactory,
)
from coalitions.tests.ladder import HEADS, REFUSED, address, answers, be_delegate
from coalitions.tests.working import SECRET, lead
from people.models import Opening, System
from people.tests.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUERIES = 14


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create(aspiration__title="Every child reads well")
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


def opened(client: Client, row: Coalition) -> str:
    response = client.get(address("boundaries", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_read_it_and_stand_in_the_log(client: Client, row: Coalition, role: str) -> None:
    BarrierFactory.create(coalition=row, kind="substance", what=f"No {SECRET} is agreed.")
    enter(client, row.system, role)
    page = opened(client, row)
    assert SECRET in page
    assert "Every child" not in page.split("</title>")[0]
    assert Opening.objects.filter(object_key=str(row.pk)).count() == 1


def test_a_delegate_reads_it_and_everybody_else_finds_nothing(
    client: Client, row: Coalition
) -> None:
    be_delegate(client, row)
    opened(client, row)
    assert answers(client, row, "get", address("boundaries", row)) == {**REFUSED, "delegate": 200}


def test_barriers_stand_under_their_kind(client: Client, row: Coalition) -> None:
    for kind in ("substance", "accountability", "teaming", ""):
        BarrierFactory.create(coalition=row, kind=kind, what=f"About {kind or 'nothing'}.")
    BarrierFactory.create(
        coalition=row, kind="teaming", what="Gone.", removed_on=date(2026, 2, 2), how="They met."
    )
    lead(client, row)
    page = opened(client, row)
    parts = page.split('class="card" aria-labelledby="kind-')
    for part, kind in zip(parts[1:], ("substance", "accountability", "teaming"), strict=True):
        assert f"About {kind}." in part
        assert f'{address("add_barrier", row)}?kind={kind}"' in part
    assert "They met." in parts[3]
    assert "About nothing." not in page
    assert "One more barrier is of none of these kinds." in page
    assert "three barriers between sectors stand." in page


def test_one_that_is_removed_can_be_changed_and_is_not_passed_over(
    client: Client, row: Coalition
) -> None:
    gone = BarrierFactory.create(
        coalition=row, kind="teaming", what="Gone.", removed_on=date(2026, 2, 2), how="They met."
    )
    lead(client, row)
    page = opened(client, row)
    assert "The group has no entry point yet; no barrier between sectors stands any more." in page
    assert f'href="{address("edit_barrier", row, gone.pk)}?kind=teaming"' in page


def test_a_test_is_met_when_words_are_given(client: Client, row: Coalition) -> None:
    lead(client, row)
    page = opened(client, row)
    assert "The group has no entry point yet; no barrier between sectors is written down." in page
    assert page.count("Not answered") == 4
    found = EntryPointFactory.create(coalition=row, meaningful="To all.", provisional="To June.")
    page = opened(client, row)
    assert "The entry point meets two of four tests" in page
    assert "One list of absent children" in page
    assert "To June." in page
    assert page.count("Not answered") == 2
    assert "Can it start now, with what is there?" in page
    found.delete()
    EntryPointFactory.create(
        coalition=row, meaningful="a", actionable="b", acceptable="c", provisional="d"
    )
    assert "The entry point meets all four tests" in opened(client, row)


def test_key_actions_stand_there_and_other_steps_do_not(client: Client, row: Coalition) -> None:
    action = NextStepFactory.create(
        coalition=row, kind="key_action", what="Try it in ten schools.", due=date(2026, 3, 13)
    )
    NextStepFactory.create(coalition=row, what="Just a step.")
    lead(client, row)
    page = opened(client, row)
    assert "Try it in ten schools." in page
    assert "Late" in page
    assert "Just a step." not in page
    assert f'{address("edit_next_step", row, action.pk)}?kind=key_action"' in page


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("add_barrier", "teaming", {"what": SECRET, "kind": "teaming", "raised_on": "2026-01-02"}),
        ("add_next_step", "key_action",
         {"what": SECRET, "kind": "key_action", "owner": "Us", "due": "2026-04-01"}),
    ],
)  # fmt: skip
def test_what_is_written_from_here_leads_back_here(
    client: Client, row: Coalition, name: str, kind: str, data: dict[str, Any]
) -> None:
    lead(client, row)
    to = f"{address(name, row)}?kind={kind}"
    assert f'<option value="{kind}" selected>' in client.get(to).content.decode()
    response = client.post(to, {"version": "1", **data})
    assert response["Location"].startswith(f"{address('boundaries', row)}#")
    assert SECRET in opened(client, row)


@pytest.mark.parametrize("kind", ["", "money", "step", "teaming"])
def test_an_odd_kind_changes_nothing(client: Client, row: Coalition, kind: str) -> None:
    lead(client, row)
    page = client.get(address("add_next_step", row), {"kind": kind}).content.decode()
    assert '<option value="step" selected>' in page
    assert f"{address('building', row)}#steps" in page


def test_a_slot_is_left_for_the_reviews(client: Client, row: Coalition) -> None:
    lead(client, row)
    to = reverse("reviews_about", args=[row.system.slug, row.aspiration.slug])
    page = opened(client, row)
    assert f'href="{to}"' in page
    assert f'hx-get="{to}"' in page
    assert client.get(to, headers={"HX-Request": "true"}).status_code == 200
    be_delegate(client, row)
    assert to not in opened(client, row), "it would lead a delegate nowhere"
    assert client.get(to).status_code == 404


def test_without_the_key_it_says_so(client: Client, row: Coalition, settings: Settings) -> None:
    EntryPointFactory.create(coalition=row)
    lead(client, row)
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(address("boundaries", row)).status_code == 503
    assert not Opening.objects.exists()


def test_it_asks_for_fresh_proof(client: Client, row: Coalition) -> None:
    with working.later(client, row):
        assert client.get(address("boundaries", row)).status_code == 302


def test_it_is_only_read(client: Client, row: Coalition) -> None:
    lead(client, row)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address("boundaries", row)).status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_queries_do_not_grow(
    client: Client, row: Coalition, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    EntryPointFactory.create(coalition=row)
    for _number in range(count):
        BarrierFactory.create(coalition=row, kind="teaming")
        NextStepFactory.create(coalition=row, kind="key_action")
    lead(client, row)
    opened(client, row)
    with django_assert_num_queries(QUERIES):
        opened(client, row)
