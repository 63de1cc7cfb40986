"""Recording a short view of a metric from the page."""

import pytest
from django.test import Client

from aspirations.models import Assessment
from aspirations.tests.assessments.ladder import ASSESSES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/metrics/grade-3/assessments/new/"
FILLED = {"light": "AG", "reason": "Coaching has begun everywhere.", "confidence": "fair",
          "difference_reason": "It is not in the figures yet.", "change_mind": ""}  # fmt: skip


def test_it_stands_beside_the_rules(client: Client, stage: Scene, ana: User) -> None:
    told = stage.judge("AR")
    page = signed_in(client, ana).get(ADDRESS).content.decode()
    assert "Say how likely it is, and why you say so." in page
    body = client.post(ADDRESS, FILLED, follow=True).content.decode()
    assert "Your judgment is recorded beside the rules’." in body
    row = Assessment.objects.get()
    assert (row.light, row.computed_light, row.judgment) == ("AG", "AR", told)
    assert (row.author, row.metric, row.round) == (ana, stage.metric, None)
    stage.series.refresh_from_db()
    assert stage.series.current_judgment == told


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"light": ""}, "Choose a light."),
        ({"light": "N"}, "Choose one of those offered."),
        ({"reason": "Well."}, "needs a reason of at least 10 characters"),
        ({"difference_reason": " "}, "The rules say Amber-Red and you say Amber-Green."),
    ],
)
def test_what_is_refused_keeps_the_typing(
    client: Client, stage: Scene, ana: User, changed: dict[str, str], words: str
) -> None:
    stage.judge("AR")
    sent = {**FILLED, "change_mind": "A third coach.", **changed}
    response = signed_in(client, ana).post(ADDRESS, sent)
    body = response.content.decode()
    assert (response.status_code, words in body) == (400, True)
    assert "A third coach." in body
    assert not Assessment.objects.exists()


def test_who_may(client: Client, stage: Scene, stranger: User) -> None:
    stage.judge("AR")
    assert answers(client, stage, stranger, ADDRESS) == expected(ASSESSES, 200)
    assert answers(client, stage, stranger, ADDRESS, FILLED) == expected(ASSESSES, 302)


def test_an_unknown_metric_is_not_there(client: Client, stage: Scene, ana: User) -> None:
    there = ADDRESS.replace("grade-3", "nothing")
    assert signed_in(client, ana).get(there).status_code == 404


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, stage: Scene, ana: User, method: str) -> None:
    assert getattr(signed_in(client, ana), method)(ADDRESS).status_code == 405
