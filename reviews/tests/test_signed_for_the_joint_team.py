"""What a body signed is for the joint team alone: no word and no count tells others of it."""

import re

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Round
from reviews.services import moves
from reviews.tests.factories import GuestFactory, ParticipantFactory, RoundFactory, ScoreFactory
from reviews.tests.ladder import address
from reviews.tests.told import asked, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
RUBRIC = "1A 1B 1C 1D"
RATED = {"1A": (2, 2, 2, 2), "1B": (2, 2, 2, 3, 3), "1C": (2, 3), "1D": (2, 2, 2, 2, 2, 2)}
PAGES = ("results", "report", "comparison", "review")


def signed_with(values: dict[str, int | None]) -> Round:
    """Closed and released, with raters who are always the same and one body's sheet."""
    rubric = asked(RUBRIC)
    row: Round = RoundFactory.create(system=rubric.system, rubric=rubric)
    for code, given in RATED.items():
        element = rubric.elements.get(code=code)
        for value in given:
            part = GuestFactory.create(round=row, kind="self", name=f"Of {code}")
            ScoreFactory.create(participant=part, element=element, value=value)
    body = ParticipantFactory.create(round=row, kind="unit", signs=True, user__name="The Unit")
    for code, one in values.items():
        element = rubric.elements.get(code=code)
        ScoreFactory.create(participant=body, element=element, value=one)
    moves.close(round=row)
    release(row)
    return Round.objects.get(pk=row.pk)


def read(client: Client, row: Round, role: str) -> list[str]:
    """Every page of the results, without what differs between any two rounds."""
    enter(client, row.system, role)
    to = [address(name, row) for name in PAGES]
    to += [address("results", row) + "?order=apart"]
    to += [address("result", row, code) for code in RATED]
    pages = [client.get(each) for each in to]
    assert {page.status_code for page in pages} == {200}
    return [plain(page.content.decode(), row) for page in pages]


def plain(page: str, row: Round) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    for own in (row.system.slug, row.system.name, row.title, str(row.rubric), f"/{row.pk}/"):
        main = main.replace(own, "OWN")
    return re.sub(r'(value|name|id|href)="[^"]*"|guest\d+@|[^<>\n]*@[^<>\n]*', "", main)


@pytest.mark.parametrize("role", ["system_leader", "unit_staff"])
def test_others_read_the_same_whatever_was_signed(client: Client, role: str) -> None:
    sheets: list[dict[str, int | None]] = [
        dict.fromkeys(RATED, 2), dict.fromkeys(RATED, 4), dict.fromkeys(RATED, None), {},
    ]  # fmt: skip
    first, *others = [read(client, signed_with(sheet), role) for sheet in sheets]
    for other in others:
        assert other == first


def test_the_joint_team_sees_it_in_words_and_counts(client: Client) -> None:
    found = []
    for value in (2, 4):
        row = signed_with(dict.fromkeys(RATED, value))
        enter(client, row.system, "delivery_leader")
        response = client.get(address("results", row))
        words = {line.element.code: line.spread.word for line in response.context["heat"].lines}
        found.append((words, response.context["headline"]))
    close, apart = found
    assert close[0] == {"1A": "Close", "1B": "Close", "1C": "", "1D": "Close"}
    assert apart[0] == {"1A": "Discuss", "1B": "Discuss", "1C": "", "1D": "Discuss"}
    assert "far apart" not in close[1]
    assert "Views are far apart on 3 of 4 elements." in apart[1]


def test_leaders_outside_the_joint_team_get_the_frozen_word(client: Client) -> None:
    row = signed_with(dict.fromkeys(RATED, 4))
    enter(client, row.system, "system_leader")
    response = client.get(address("results", row))
    words = {line.element.code: line.spread.word for line in response.context["heat"].lines}
    assert words == {"1A": "", "1B": "Close", "1C": "", "1D": "Close"}
    assert "far apart" not in response.context["headline"]
