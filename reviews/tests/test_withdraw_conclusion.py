"""Withdrawing a conclusion: it leaves the pages; once the team has read it, with a reason."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Conclusion, Round
from reviews.tests.concluding import CLOSED_TO, SECRET, closed_round, join, lead, read_trail
from reviews.tests.factories import ConclusionFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def drawn(row: Round) -> Conclusion:
    conclusion: Conclusion = ConclusionFactory.create(round=row, text=SECRET)
    return conclusion


def to(row: Round, drawn: Conclusion) -> str:
    return address("withdraw_conclusion", row, drawn.pk)


def test_it_is_withdrawn(client: Client, row: Round, drawn: Conclusion) -> None:
    join(client, row)
    assert SECRET in client.get(to(row, drawn)).content.decode()
    assert client.post(to(row, drawn))["Location"] == address("findings", row)
    assert SECRET not in client.get(address("findings", row)).content.decode()
    drawn.refresh_from_db()
    assert drawn.withdrawn_at is not None
    assert SECRET not in read_trail(row)


def test_what_the_team_has_read_takes_a_reason(
    client: Client, row: Round, drawn: Conclusion
) -> None:
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    lead(client, row)
    response = client.post(to(row, drawn), {"reason": "Too old"})
    assert response.status_code == 400
    assert "Too old" in response.content.decode()
    client.post(to(row, drawn), {"reason": "The reports ended by themselves."})
    assert AuditEntry.objects.about(drawn).get().reason == "The reports ended by themselves."


def test_others_are_refused(client: Client, row: Round, drawn: Conclusion) -> None:
    assert answers(client, row, "post", to(row, drawn)) == CLOSED_TO
    drawn.refresh_from_db()
    assert drawn.withdrawn_at is None


def test_other_methods_are_refused(client: Client, row: Round, drawn: Conclusion) -> None:
    lead(client, row)
    assert client.delete(to(row, drawn)).status_code == 405
