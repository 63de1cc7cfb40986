"""Judging a candidate: appended, never changed, and never over another's judgment unseen."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from coalitions.forms.candidates import JudgeForm
from coalitions.models import Appraisal, Candidate, Coalition
from coalitions.services.candidates import judge
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import AppraisalFactory, CandidateFactory, CoalitionFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.services import Conflict
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = pytest.mark.django_db
WORD = "vambrace"
VALUES = {
    "alignment": "2", "potential": "3", "power": "4", "powers": "credibility,leadership",
    "cause": WORD,
}  # fmt: skip


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.fixture
def candidate(row: Coalition) -> Candidate:
    office = ActorFactory.create(system=row.system, name="Teachers’ union leader")
    return CandidateFactory.create(coalition=row, actor=office)


def to(candidate: Candidate) -> str:
    return address("appraise_candidate", candidate.coalition, candidate.number)


def sent(**more: Any) -> dict[str, Any]:
    return {
        "version": "0", "alignment": "2", "potential": "3", "power": "4",
        "powers": ["leadership", "credibility"], "main": "credibility", "cause": WORD, **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_judges(client: Client, candidate: Candidate, role: str) -> None:
    user = enter(client, candidate.system, role)
    page = client.get(to(candidate)).content.decode()
    assert "Teachers’ union leader" in page
    assert openings_of(candidate.coalition) == 1
    there = address("candidate", candidate.coalition, candidate.number)
    assert client.post(to(candidate), sent())["Location"] == there
    found = Appraisal.objects.get()
    assert (found.seq, found.author, found.cause) == (1, user, WORD)
    assert (found.alignment, found.potential, found.power) == ("2", "3", "4")
    assert found.kinds == ["credibility", "leadership"], "the main kind stands first"


def test_a_delegate_judges(client: Client, candidate: Candidate) -> None:
    be_delegate(client, candidate.coalition)
    assert client.post(to(candidate), sent()).status_code == 302
    assert Appraisal.objects.count() == 1


def test_others_find_nothing(client: Client, candidate: Candidate) -> None:
    row = candidate.coalition
    only_its_own_people(client, row, "get", to(candidate), delegate=200)
    only_its_own_people(client, row, "post", to(candidate), sent(), delegate=302)
    with pytest.raises(PermissionDenied):
        judge(candidate=candidate, values=VALUES, seen=1, actor=outsider(row))
    assert Appraisal.objects.count() == 1


def test_another_coalition_s_number_is_unknown(client: Client, candidate: Candidate) -> None:
    enter(client, candidate.system, "delivery_leader")
    assert client.get(address("appraise_candidate", candidate.coalition, 99)).status_code == 404


def test_the_only_kind_needs_no_main(client: Client, candidate: Candidate) -> None:
    enter(client, candidate.system, "delivery_leader")
    assert client.post(to(candidate), sent(powers=["expertise"], main="")).status_code == 302
    assert Appraisal.objects.get().powers == "expertise"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"alignment": ""}, "Choose one of the four."),
        ({"potential": "5"}, "5 is no level."),
        ({"power": "0"}, "0 is no level."),
        ({"powers": []}, "Tick one or more of the five."),
        ({"powers": ["charm"]}, "charm is no kind of power."),
        ({"main": ""}, "Say which of the kinds you ticked is the main one."),
        ({"main": "expertise"}, "Expertise is not among the kinds you ticked."),
        ({"cause": "x" * 301}, "at most 300 characters"),
        ({"cause": "a\x00b"}, "Null characters are not allowed"),
        ({"version": ""}, "nothing was saved"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, candidate: Candidate, wrong: dict[str, Any], words: str
) -> None:
    enter(client, candidate.system, "delivery_leader")
    response = client.post(to(candidate), sent(**wrong))
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert "cause" in wrong or WORD in page
    assert "Teachers’ union leader" not in page, "this page is not logged, so it tells nothing"
    assert not Appraisal.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"alignment": "9"}, "not a valid choice"),
        ({"powers": ""}, "one or more of the five|cannot be blank"),
        ({"powers": "charm"}, "one or more of the five"),
        ({"powers": "expertise,expertise"}, "Name each kind of power once"),
        ({"cause": "x" * 301}, "at most 300"),
    ],
)
def test_the_service_refuses_what_the_form_would(
    candidate: Candidate, wrong: dict[str, str], words: str
) -> None:
    with pytest.raises(ValidationError, match=words):
        judge(
            candidate=candidate, values={**VALUES, **wrong}, seen=0,
            actor=leader(candidate.coalition),
        )  # fmt: skip
    assert not Appraisal.objects.exists()


def test_an_earlier_judgment_stays_and_is_offered(client: Client, candidate: Candidate) -> None:
    AppraisalFactory.create(candidate=candidate, cause="Was not asked", powers="position,expertise")
    enter(client, candidate.system, "delivery_leader")
    page = client.get(to(candidate)).content.decode()
    assert "Was not asked" in page
    assert client.post(to(candidate), sent(version="1")).status_code == 302
    causes = [found.cause for found in candidate.appraisals.order_by("seq")]
    assert causes == ["Was not asked", WORD]


def test_another_s_judgment_meanwhile_is_shown_beside_one_s_own(
    client: Client, candidate: Candidate
) -> None:
    user = enter(client, candidate.system, "delivery_leader")
    theirs = {**VALUES, "alignment": "4", "cause": "Came round in May"}
    judge(candidate=candidate, values=theirs, seen=0, actor=user)
    response = client.post(to(candidate), sent())
    page = response.content.decode()
    assert response.status_code == 409
    assert "Came round in May" in page
    assert WORD in page
    assert 'name="version" value="1"' in page
    assert candidate.appraisals.count() == 1
    assert client.post(to(candidate), sent(version="1")).status_code == 302


def test_kinds_of_power_that_nobody_changed_are_no_difference(
    client: Client, candidate: Candidate
) -> None:
    user = enter(client, candidate.system, "delivery_leader")
    first = {**VALUES, "powers": "credibility,leadership"}
    judge(candidate=candidate, values=first, seen=0, actor=user)
    page = client.get(to(candidate)).content.decode()
    assert 'name="initial-powers" value="credibility,leadership"' in page
    judge(candidate=candidate, values={**first, "cause": "Came round"}, seen=1, actor=user)
    seen = {
        "version": "1", "initial-powers": "credibility,leadership", "initial-alignment": "2",
        "initial-potential": "3", "initial-power": "4", "initial-main": "credibility",
        "initial-cause": VALUES["cause"],
    }  # fmt: skip
    response = client.post(to(candidate), sent(**seen, cause="Typed"))
    assert response.status_code == 409
    assert "Came round" in response.content.decode()
    form = JudgeForm(QueryDict(urlencode(sent(**seen), doseq=True)), row=None)
    assert not form.has_moved("powers", ["credibility", "leadership"])
    assert form.has_moved("powers", ["expertise"])
    nothing = {**sent(**seen), "initial-powers": "", "powers": []}
    alone = JudgeForm(QueryDict(urlencode(nothing, doseq=True)), row=None)
    assert not alone.touched("powers")


def test_a_judgment_that_is_gone_is_said(candidate: Candidate) -> None:
    with pytest.raises(ValidationError, match="not there any more"):
        judge(candidate=candidate, values=VALUES, seen=3, actor=leader(candidate.coalition))


def test_two_who_saw_the_same_do_not_both_write(candidate: Candidate) -> None:
    user = leader(candidate.coalition)
    judge(candidate=candidate, values=VALUES, seen=0, actor=user)
    with pytest.raises(Conflict):
        judge(candidate=candidate, values=VALUES, seen=0, actor=user)


def test_the_trail_says_that_and_not_what(client: Client, candidate: Candidate) -> None:
    enter(client, candidate.system, "delivery_leader")
    client.post(to(candidate), sent())
    told = trail()
    assert "judge coalitions.Appraisal" in told
    for word in (WORD, "credibility", "Teachers’ union leader"):
        assert word not in told


def test_without_the_key_what_was_typed_stays(
    client: Client, candidate: Candidate, settings: Settings
) -> None:
    AppraisalFactory.create(candidate=candidate)
    enter(client, candidate.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(to(candidate)).status_code == 503
    response = client.post(to(candidate), sent(version="1"))
    assert response.status_code == 503
    assert WORD in response.content.decode()
    assert candidate.appraisals.count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, candidate: Candidate, method: str) -> None:
    enter(client, candidate.system, "delivery_leader")
    assert getattr(client, method)(to(candidate)).status_code == 405
