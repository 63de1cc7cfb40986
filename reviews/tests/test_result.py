"""One element of a closed round: figures, the words behind them, and every decision on it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Participant, Round
from reviews.tests.factories import AgreedScoreFactory, ParticipantFactory, ScoreFactory
from reviews.tests.ladder import OTHERS, address, take_part
from reviews.tests.told import agreed, asked, closed, frozen, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
GROUP, SMALL, SIGNED = "Canary of a group.", "Canary of a few.", "Canary under a signature."


@pytest.fixture
def row() -> Round:
    return told()


def told(*, kept: bool = True) -> Round:
    """Eight of the organisation, two interviewees and an independent body say something of 1A.

    The two are too few for a figure, and stand behind that of everyone. `kept`: single scores are
    not destroyed yet.
    """
    row = closed(asked("1A 1B"))
    agreed(row, {"1A": 3})
    own, few = say(row, "self", 8, GROUP), say(row, "interviewee", 2, SMALL)
    signed = say(row, "independent", 1, SIGNED, signs=True)
    frozen(
        row, "1A",
        self={"median": 3, "basis": own if kept else []},
        independent={"median": 1, "basis": signed if kept else []},
        interviewee=None,
        all={"spread": "discuss", "basis": few if kept else []},
    )  # fmt: skip
    return row


def say(row: Round, kind: str, count: int, reason: str, **fields: object) -> list[int]:
    """Keys of what so many raters of one kind gave."""
    assert row.rubric
    element = row.rubric.elements.get(code="1A")
    parts = [
        ParticipantFactory.create(round=row, kind=kind, user__name=f"Rater {number}", **fields)
        for number in range(count)
    ]
    return [
        ScoreFactory.create(
            participant=part, element=element, reason=f"{reason} {number}",
            raise_by_one=f"Raise by {reason} {number}",
        ).pk
        for number, part in enumerate(parts)
    ]  # fmt: skip


def seen(client: Client, row: Round, code: str = "1A") -> str:
    response = client.get(address("result", row, code))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_joint_team_reads_what_was_written_behind_figures_that_are_shown(
    client: Client, row: Round
) -> None:
    take_part(client, row, "viewer", joint_team=True)
    page = seen(client, row)
    assert page.count(f"<li>{GROUP}") == 8
    assert page.count(f"<li>Raise by {GROUP}") == 8
    assert SIGNED in page
    assert SMALL not in page, "fewer than four say nothing, though a pool holds them"
    assert "Rater 1" not in page


def test_others_read_figures_and_decisions_and_none_of_the_words(
    client: Client, row: Round
) -> None:
    release(row)
    for role in ("system_leader", "unit_staff"):
        enter(client, row.system, role)
        page = seen(client, row)
        assert "Canary" not in page
        assert "Two of ten districts could show a path." in page
        assert "“Title 1A” is agreed to be Amber-Green." in page
        assert address("agree_score", row, "1A") not in page
    take_part(client, row)
    assert "Canary" not in seen(client, row)


def test_the_order_tells_nothing_and_stays(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    first = client.get(address("result", row, "1A")).context["one"].comments
    again = client.get(address("result", row, "1A")).context["one"].comments
    assert first == again
    reasons = [text[-1] for text in first.reasons]
    raises = [text[-1] for text in first.raises]
    assert sorted(reasons) == sorted(raises) == list("01234567")
    assert reasons != raises, "the two lists pair nobody’s words"


def test_what_a_rater_took_back_is_not_told(client: Client, row: Round) -> None:
    Participant.objects.filter(kind="self").update(taken_back_at=timezone.now())
    enter(client, row.system, "delivery_leader")
    assert GROUP not in seen(client, row)


def test_other_words_for_the_same_value_are_told_instead(client: Client, row: Round) -> None:
    """The figure stands; who gave another value is not in it any more in these words."""
    same, moved = Participant.objects.filter(kind="self")[:2]
    for part, value, words in ((same, 2, "Reworded since."), (moved, 4, "Thought again.")):
        old = part.scores.get()
        ScoreFactory.create(
            participant=part, element=old.element, value=value, reason=words, revision=2
        )
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert page.count("<li>Reworded since.") == 1
    assert page.count(f"<li>{GROUP}") == 6
    assert "Thought again." not in page


def test_a_signed_sheet_stands_under_its_name_with_its_sources(client: Client, row: Round) -> None:
    ana = MembershipFactory.create(system=row.system, role="reviewer", user__name="Ana Lima").user
    body = ParticipantFactory.create(
        round=row, kind="unit", signs=True, body="Institute of Works", user=ana
    )
    assert row.rubric
    sources = [{"kind": "interview", "text": "Six heads"}, {"kind": "data", "text": "Series 4"}]
    score = ScoreFactory.create(
        participant=body, element=row.rubric.elements.get(code="1A"), sources=sources
    )
    frozen(row, "1A", unit={"median": 2, "basis": [score.pk]})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Institute of Works" in page
    assert "Ana Lima" not in page
    assert '<span class="pill">Interview</span> Six heads' in page
    assert '<span class="pill">Data</span> Series 4' in page
    Participant.objects.filter(pk=body.pk).update(body="")
    assert "Ana Lima" in seen(client, row), "no body is named: who signed is"
    release(row)
    enter(client, row.system, "unit_staff")
    assert "Six heads" not in seen(client, row)
    assert "Ana Lima" not in seen(client, row)


def test_a_body_that_cannot_judge_says_so_with_its_reason(client: Client, row: Round) -> None:
    part = ParticipantFactory.create(round=row, kind="unit", signs=True)
    assert row.rubric
    score = ScoreFactory.create(
        participant=part, element=row.rubric.elements.get(code="1A"), value=None,
        reason="The unit was not there then.",
    )  # fmt: skip
    frozen(row, "1A", unit={"state": "shown", "median": None, "basis": [score.pk]})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Cannot judge" in page
    assert "The unit was not there then." in page


def test_after_they_are_destroyed_the_page_says_so(client: Client) -> None:
    row = told(kept=False)
    Round.objects.filter(pk=row.pk).update(purged_at=timezone.now())
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Canary" not in page
    assert "were destroyed 90 days after the closing" in page
    assert "Its reason was destroyed with the single scores" in page


def test_every_decision_stands_with_reason_and_dissent(client: Client, row: Round) -> None:
    assert row.rubric
    element = row.rubric.elements.get(code="1A")
    AgreedScoreFactory.create(
        round=row, element=element, revision=2, value=None, reason="The papers are missing.",
        dissent="Data Office: two were found.",
    )  # fmt: skip
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "“Title 1A” cannot be judged, the joint team agreed." in page
    assert page.index("The papers are missing.") < page.index("Two of ten districts")
    assert "Data Office: two were found." in page
    assert "Agreed before" in page


def test_last_time_is_told_where_the_same_was_asked(client: Client, row: Round) -> None:
    assert row.rubric
    before = closed(row.rubric, year=2024)
    agreed(before, {"1A": 2}, "In 2024 there was one path.")
    Round.objects.filter(pk=row.pk).update(follows=before)
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Agreed in 2024" in page
    assert "In 2024 there was one path." in page


def test_an_element_without_anything_is_open(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert "“Title 1B” is still to be agreed." in seen(client, row, "1B")


def test_who_may_not_read_the_results_finds_nothing(client: Client, row: Round) -> None:
    to = address("result", row, "1A")
    for role in (*sorted(OTHERS), "system_leader", "unit_staff"):
        enter(client, row.system, role)
        assert client.get(to).status_code == 404
    enter(client, closed(asked()).system, "delivery_leader")
    assert client.get(to).status_code == 404
    client.logout()
    assert client.get(to).status_code == 302


@pytest.mark.parametrize("code", ["9Z", "1a", "x" * 500])
def test_a_code_of_no_element_leads_nowhere(client: Client, row: Round, code: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.get(address("result", row, code)).status_code == 404


def test_an_element_of_another_round_leads_nowhere(client: Client, row: Round) -> None:
    other = closed(asked("7X", system=row.system))
    enter(client, row.system, "delivery_leader")
    assert client.get(address("result", other, "7X")).status_code == 200
    assert client.get(address("result", row, "7X")).status_code == 404
    elsewhere = closed(asked("1A")).system.slug
    to = reverse("result", args=[elsewhere, row.pk, "1A"])
    assert client.get(to).status_code == 404


def test_it_is_only_read(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(address("result", row, "1A")).status_code == 405
