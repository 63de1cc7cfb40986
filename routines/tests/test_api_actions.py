"""Actions for programs: those that are shared, to whoever reads routines."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from people import tokens
from people.models import Action, System, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = [pytest.mark.django_db]
TODAY = date(2026, 3, 14)
READERS = {
    "system_leader", "delivery_leader", "unit_staff", "leader_office", "accountable_head",
    "plan_owner", "steward", "viewer",
}  # fmt: skip


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="rowan", reporting_date=TODAY)
    return row


def action(system: System, **fields: Any) -> Action:
    values = {"what": "Answer every plan", "owner": "Chief of Staff", "due": date(2026, 4, 1)}
    return Action.objects.create(system=system, **{**values, **fields})


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def member(system: System, role: str = "viewer") -> APIClient:
    return client_of(MembershipFactory.create(system=system, role=role).user)


def ask(client: APIClient, rest: str = "", **query: Any) -> Any:
    return client.get(f"/api/v1/systems/rowan/actions/{rest}", query)


def told(client: APIClient, **query: Any) -> list[str]:
    answer = ask(client, **query)
    assert answer.status_code == 200
    return [row["what"] for row in answer.json()["results"]]


def test_an_action_equals_the_stored_row(system: System) -> None:
    row = action(
        system, status="done", settled_on=date(2026, 3, 1), outcome="All plans were answered."
    )
    wanted = {
        "id": row.pk, "what": "Answer every plan", "owner": "Chief of Staff", "due": "2026-04-01",
        "status": "done", "settled_on": "2026-03-01", "outcome": "All plans were answered.",
        "late": False,
    }  # fmt: skip
    assert ask(member(system)).json()["results"] == [wanted]
    assert ask(member(system), f"{row.pk}/").json() == wanted


LATE = [
    # status, due, whether it is late on 14 March
    ("open", date(2026, 3, 13), True),
    ("open", date(2026, 3, 14), False),
    ("open", date(2026, 4, 1), False),
    ("done", date(2026, 3, 13), False),
]


@pytest.mark.parametrize(("status", "due", "late"), LATE)
def test_late_is_as_of_the_system_s_own_day(
    system: System, status: str, due: date, late: bool
) -> None:
    action(system, status=status, due=due, settled_on=None if status == "open" else TODAY)
    [row] = ask(member(system)).json()["results"]
    assert row["late"] is late


def test_what_is_not_shared_and_what_is_elsewhere_is_not_there(system: System) -> None:
    kept, elsewhere = action(system, what="Kept", shared=False), action(SystemFactory.create())
    leader = member(system, "delivery_leader")
    assert told(leader) == []
    for row in (kept, elsewhere):
        assert ask(leader, f"{row.pk}/").status_code == 404


@pytest.mark.parametrize("role", sorted({*READERS, "data_provider", "reviewer"}))
def test_each_role_reads_what_the_table_opens(system: System, role: str) -> None:
    action(system)
    assert ask(member(system, role)).status_code == (200 if role in READERS else 404)


@pytest.mark.parametrize(("role", "status"), [("viewer", 200), ("data_provider", 404)])
def test_a_token_reads_what_its_role_opens(system: System, role: str, status: int) -> None:
    action(system)
    maker = MembershipFactory.create(system=system, role="delivery_leader").user
    _row, secret = tokens.issue(user=maker, system=system, role=role, name="Nightly", days=3)
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})
    assert ask(program).status_code == status


def test_outsiders_find_nothing(system: System) -> None:
    row, parent = action(system), SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    for user in (
        MembershipFactory.create(system=parent, role="delivery_leader").user,
        MembershipFactory.create(role="delivery_leader").user,
        UserFactory.create(is_staff=True, is_superuser=True),
    ):
        assert ask(client_of(user)).status_code == 404
        assert ask(client_of(user), f"{row.pk}/").status_code == 404
    assert ask(APIClient()).status_code == 401


def test_status_and_owner_narrow_the_list(system: System) -> None:
    action(system, what="First")
    action(system, what="Second", owner="Data Office")
    action(system, what="Third", status="dropped", settled_on=TODAY, outcome="Nobody asked.")
    client = member(system)
    assert told(client, status="open") == ["First", "Second"]
    assert told(client, status="dropped") == ["Third"]
    assert told(client, owner="data office") == ["Second"]
    assert told(client, owner="Nobody") == told(client, owner="x" * 5000) == []


BAD = [{"status": "late"}, {"status": ""}, {"owner": "a\0b"}, {"what": "x"}, {"page_size": "x"}]


@pytest.mark.parametrize("query", BAD)
def test_bad_questions_are_refused(system: System, query: dict[str, str]) -> None:
    assert ask(member(system), **query).status_code == 400


def test_nothing_is_written_here(system: System) -> None:
    row, client = action(system), member(system, "delivery_leader")
    for method in ("post", "put", "patch", "delete"):
        for rest in ("", f"{row.pk}/"):
            to = f"/api/v1/systems/rowan/actions/{rest}"
            assert getattr(client, method)(to).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_rows(system: System) -> None:
    client = member(system)
    action(system)
    few = queries(client)
    for _ in range(20):
        action(system)
    assert queries(client) == few <= 6


def queries(client: APIClient) -> int:
    ask(client)
    with CaptureQueriesContext(connection) as captured:
        assert ask(client).status_code == 200
    return sum('"cache"' not in query["sql"] for query in captured)
