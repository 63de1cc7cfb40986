"""Scoring one element: its rules, its refusals, and that nothing typed is lost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.pages import fields_of
from reviews.models import Participant, Round, Score
from reviews.tests.factories import (
    AgreedScoreFactory,
    ElementFactory,
    GuestFactory,
    RoundFactory,
    ScoreFactory,
)
from reviews.tests.ladder import answers, take_part
from reviews.tests.scoring import REASON, address, asked_round, body, element, held

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Round:
    return asked_round()


def here(row: Round, code: str = "1A") -> str:
    return address("score_element", row, code)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_score_is_saved_and_the_next_element_asked(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    before = AuditEntry.objects.count()
    page = client.get(here(row))
    for words in (
        "Element 1 of 4 · 1 Foundation", "1A. Title 1A", "Weak of 1A.", "Strong of 1A.",
        "Save and next: 1B", "Your scores: 0 of 4", "Your scores stay yours",
        "A score of 3 or 4 needs at least two sources",
        "without names and in mixed order",
    ):  # fmt: skip
        assert words in text(page), words
    response = client.post(here(row), body(3, next=1))
    assert response["Location"] == here(row, "1B")
    score = Score.objects.get()
    assert (score.participant, score.value, score.reason) == (part, 3, REASON)
    assert score.sources == [
        {"kind": "document", "text": "Target paper, September"},
        {"kind": "interview", "text": "District leaders, group B"},
    ]
    assert "1A is saved." in text(client.get(here(row, "1B")))
    assert AuditEntry.objects.count() == before
    page = client.get(here(row))
    assert "Saved now" in text(page)
    again = fields_of(page)
    assert (again["value"], again["seen"], again["source_text_1"]) == (
        "3", "1", "District leaders, group B",
    )  # fmt: skip


def test_save_and_stop_leads_to_the_list(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    response = client.post(here(row), body(stop=1))
    assert response["Location"] == address("score_sheet", row)
    response = client.post(here(row, "2B"), body(next=1))
    assert response["Location"] == address("score_sheet", row), "there is none after the last"


def test_who_cannot_judge_keeps_the_reason(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    data = body(value="", cannot=1, reason="I never saw it.")
    assert client.post(here(row), data).status_code == 302
    assert held(part) == [("1A", 1, None)]
    assert Score.objects.get().reason == "I never saw it."


@pytest.mark.parametrize(
    ("kind", "signs", "wrong", "words"),
    [
        ("self", False, {"value": ""}, "Choose a level"),
        ("self", False, {"value": "5"}, "Choose one of those offered"),
        ("self", False, {"value": "0"}, "Choose one of those offered"),
        ("self", False, {"value": "1e308"}, "Choose one of those offered"),
        ("self", False, {"reason": "Seen."}, "at least 10 characters what you saw"),
        ("unit", True, {"reason": ""}, "at least 10 characters what you saw"),
        ("independent", True, {"value": "3", "source_text_1": ""},
         "A score of 3 needs at least 2 sources, and 1 is named"),
        ("self", False, {"value": "4", "source_text_0": "", "source_text_1": ""},
         "A score of 4 needs at least 2 sources, and none is named"),
        ("self", False, {"value": "3", "source_text_1": "target paper, SEPTEMBER"},
         "and 1 is named"),
        ("self", False, {"source_kind_0": "rumour"}, "Choose one of those offered"),
        ("self", False, {"source_text_0": "s" * 201}, "at most 200 characters"),
        ("self", False, {"reason": "r" * 2001}, "at most 2000 characters"),
        ("self", False, {"reason": "It is so.\x00 It is."}, "Null characters are not allowed"),
        ("self", False, {"raise_by_one": "p" * 301}, "at most 300 characters"),
        ("self", False, {"confidence": "very"}, "Choose one of those offered"),
        ("self", False, {"seen": ""}, "no longer says which of your scores"),
        ("self", False, {"seen": "1e9"}, "no longer says which of your scores"),
    ],
)  # fmt: skip
def test_what_falls_short_is_named_and_what_was_typed_stays(
    client: Client, row: Round, kind: str, signs: bool, wrong: dict[str, str], words: str
) -> None:
    part = take_part(client, row, kind=kind, signs=signs)
    response = client.post(here(row), {**body(), "raise_by_one": "Paths for all", **wrong})
    assert response.status_code == 400
    page = text(response)
    assert "There is a problem" in page
    assert words in page
    if "raise_by_one" not in wrong:
        assert "Paths for all" in page
    if "reason" not in wrong:
        assert REASON in page
    assert held(part) == []


@pytest.mark.parametrize("kind", ["interviewee", "focus_group", "survey"])
def test_whom_we_only_ask_needs_neither_reason_nor_sources(
    client: Client, row: Round, kind: str
) -> None:
    part = take_part(client, row, kind=kind)
    assert "you need not" in text(client.get(here(row)))
    data = body(4, reason="", source_text_0="", source_text_1="")
    assert client.post(here(row), data).status_code == 302
    assert held(part) == [("1A", 1, 4)]


def test_a_source_more_loses_nothing(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    response = client.post(here(row), body(3, add=1, confidence="fairly", raise_by_one="Paths"))
    assert response.status_code == 200
    assert held(part) == []
    sent = fields_of(response)
    assert "source_text_3" in sent
    assert "source_text_4" not in sent
    assert {name: sent[name] for name in ("value", "reason", "confidence", "raise_by_one")} == {
        "value": "3", "reason": REASON, "confidence": "fairly", "raise_by_one": "Paths",
    }  # fmt: skip
    assert sent["source_text_1"] == "District leaders, group B"
    sent["source_text_3"] = "Paths on file"
    assert client.post(here(row), sent).status_code == 302
    assert len(Score.objects.get().sources) == 3


@pytest.mark.parametrize("rows", ["", "x", "-4", "0", "1000000", "٣"])
def test_any_number_of_rows_gets_a_page(client: Client, row: Round, rows: str) -> None:
    take_part(client, row, kind="self")
    response = client.post(here(row), body(rows=rows, add=1))
    assert response.status_code == 200
    assert 3 <= response.content.count(b'name="source_text_') <= 12


def test_twelve_sources_are_enough(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    page = client.post(here(row), body(rows=11, add=1))
    assert b'name="source_text_11"' in page.content
    assert b'name="add"' not in page.content


def test_sent_twice_it_is_saved_once(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    first, second = (client.post(here(row), body()) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert held(part) == [("1A", 1, 2)]


def test_two_windows_the_second_sees_both_and_saves_deliberately(
    client: Client, row: Round
) -> None:
    part = take_part(client, row, kind="self")
    client.post(here(row), body(1, reason="Said in the first window."))
    response = client.post(here(row), body(2, reason="Said in the second window."))
    assert response.status_code == 409
    page = text(response)
    for words in (
        "You saved this in another window", "Said in the first window.",
        "Said in the second window.", "<b>1</b>",
    ):  # fmt: skip
        assert words in page, words
    assert held(part) == [("1A", 1, 1)]
    sent = fields_of(response)
    assert (sent["value"], sent["seen"]) == ("2", "1")
    assert client.post(here(row), sent).status_code == 302
    assert held(part) == [("1A", 1, 1), ("1A", 2, 2)]


def test_a_change_takes_the_mark_of_having_finished_off(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self", finished_at=timezone.now())
    ScoreFactory.create(participant=part, element=element(row), value=2, reason=REASON)
    client.post(here(row), body(2, seen=1, source_text_0="", source_text_1=""))
    part.refresh_from_db()
    assert part.finished_at is not None, "nothing was changed"
    client.post(here(row), body(1, seen=1))
    part.refresh_from_db()
    assert part.finished_at is None


def test_a_late_score_is_refused_and_what_was_typed_stays(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    response = client.post(here(row), body())
    assert response.status_code == 400
    assert "“Round 2” closed on" in text(response)
    assert REASON in text(response)
    assert "so nothing was taken" in text(response)
    more = client.post(here(row), body(add=1))
    assert REASON in text(more)
    assert held(part) == []


def test_once_closed_one_reads_ones_own(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    ScoreFactory.create(participant=part, element=element(row), value=3, reason="Mine alone.")
    other = ScoreFactory.create(participant__round=row, element=element(row), reason="Another’s.")
    assert other.participant != part
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    page = text(client.get(here(row)))
    assert "What you said" in page
    assert "Mine alone." in page
    assert "Another’s." not in page
    assert '<form method="post" class="stack' not in page


def test_before_it_opens_there_is_nothing_to_score(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    Round.objects.filter(pk=row.pk).update(state="draft")
    assert client.get(here(row))["Location"] == address("score_sheet", row)
    response = client.post(here(row), body())
    assert response.status_code == 400
    assert "is not open yet" in text(response)
    assert held(part) == []


def test_who_is_taken_off_meanwhile_gets_back_what_they_typed(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    Participant.objects.filter(pk=part.pk).update(left_at=timezone.now())
    assert client.get(here(row)).status_code == 404
    response = client.post(here(row), body())
    assert response.status_code == 404
    assert REASON in text(response)
    assert "Round 2" not in text(response)
    assert held(part) == []


def test_who_lost_the_role_gets_back_what_they_typed(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    assert part.user
    part.user.memberships.all().delete()
    response = client.post(here(row), body())
    assert (response.status_code, held(part)) == (404, [])
    assert REASON in text(response)


@pytest.mark.parametrize("code", ["9Z", "1a", "sample"])
def test_an_element_of_another_rubric_is_not_there(client: Client, row: Round, code: str) -> None:
    ElementFactory.create(code="9Z")
    take_part(client, row, kind="self")
    assert client.get(here(row, code)).status_code == 404
    assert client.post(here(row, code), body()).status_code == 404


def test_who_takes_part_without_signing_scores_nothing(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="unit")
    assert client.get(here(row)).status_code == 404
    assert client.post(here(row), body()).status_code == 404
    assert held(part) == []


@pytest.mark.parametrize(
    ("released", "role", "seen"),
    [(True, "unit_staff", True), (False, "unit_staff", False), (True, "viewer", False)],
)
def test_what_was_agreed_last_time_shows_to_who_may_read_it(
    client: Client, row: Round, released: bool, role: str, seen: bool
) -> None:
    now = timezone.now()
    before = RoundFactory.create(
        system=row.system, rubric=row.rubric, title="Round 1", state="closed", closed_at=now,
        leader_at=now, team_at=now if released else None,
    )  # fmt: skip
    AgreedScoreFactory.create(round=before, element=element(row), reason="No paths exist at all.")
    AgreedScoreFactory.create(round=before, element=element(row, "1B"), reason="Of another.")
    Round.objects.filter(pk=row.pk).update(follows=before)
    take_part(client, row, role=role, kind="self")
    page = text(client.get(here(row)))
    assert ("No paths exist at all." in page) is seen
    assert ("Agreed last time: Round 1" in page) is seen
    assert "Of another." not in page


def test_lights_only_where_the_rubric_shows_lights(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    lit = client.get(here(row)).content.decode()
    assert lit[lit.index("<main") :].count('href="#L-') == 4
    assert row.rubric
    type(row.rubric).objects.filter(pk=row.rubric.pk).update(lens="themes")
    plain = client.get(here(row)).content.decode()
    assert 'href="#L-' not in plain[plain.index("<main") :]


def test_ten_times_the_elements_cost_no_query_more(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    ScoreFactory.create(participant=part, element=element(row))
    with CaptureQueriesContext(connection) as few:
        client.get(here(row))
    ElementFactory.create_batch(36, rubric=row.rubric, section="3 More")
    with CaptureQueriesContext(connection) as many:
        client.get(here(row))
    assert len(many) == len(few)


def test_others_are_refused(client: Client, row: Round) -> None:
    found = answers(client, row, "post", here(row), body())
    named, stranger = found.pop("named reviewer"), found.pop("not signed in")
    assert (named, stranger) == (404, 302), "named, but not to score"
    assert set(found.values()) == {404}
    assert not Score.objects.exists()


def test_the_unit_does_not_score_for_others(client: Client, row: Round) -> None:
    GuestFactory.create(round=row)
    enter(client, row.system, "delivery_leader")
    assert client.get(here(row)).status_code == 404


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    assert client.delete(here(row)).status_code == 405
