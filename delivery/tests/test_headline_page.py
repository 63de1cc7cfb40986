"""The page of a dashboard's headline: the rules' draft, the unit's wording, every version."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Headline
from aspirations.services.headlines import approve, write
from aspirations.tests.factories import MembershipFactory, SystemFactory
from delivery.tests.dashboard.conftest import TODAY, World, add_metric, place, world
from people.models import System, User
from people.tests.pages import fields_of, opened

__all__ = ["world"]
pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/meridian/headline/"
WORDS = "Reading has stopped improving and needs a decision this month."


def enter(client: Client, system: System, role: str = "unit_staff", name: str = "") -> User:
    user: User = MembershipFactory.create(system=system, role=role, user__name=name).user
    client.force_login(user)
    return user


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def board(client: Client) -> str:
    return text_of(client.get("/meridian/"))


def put(client: Client, **typed: str) -> Any:
    return client.post(ADDRESS, {**opened(client, ADDRESS), "text": WORDS, **typed})


def draft_of(client: Client) -> str:
    page = text_of(client.get(ADDRESS))
    return page.split('<p class="said">')[1].split("</p>")[0].strip()


def test_the_unit_words_it_and_it_stands_at_the_top_with_the_draft_beneath(
    client: Client, world: World
) -> None:
    user = enter(client, world.system, name="Delivery Unit")
    draft = draft_of(client)
    response = put(client)
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    row = Headline.objects.get()
    assert (row.text, row.draft, row.as_of, row.author) == (WORDS, draft, TODAY, user)
    page = board(client)
    assert f'<h1><span class="noprint">{WORDS}</span><span class="on-paper">{draft}' in page
    assert "not approved" in page
    assert f"The rules say: “{draft}”" in page
    assert "Delivery Unit" in text_of(client.get(ADDRESS))


def test_an_approved_wording_is_on_screen_and_on_paper(client: Client, world: World) -> None:
    enter(client, world.system)
    put(client)
    approve(headline=Headline.objects.get())
    page = board(client)
    assert f"<h1>{WORDS}</h1>" in page
    assert "not approved" not in page
    assert "on screen and on paper" in text_of(client.get(ADDRESS))


def test_paper_keeps_the_approved_wording_while_a_newer_one_waits(
    client: Client, world: World
) -> None:
    enter(client, world.system)
    put(client)
    approve(headline=Headline.objects.get())
    put(client, text="Reading needs the Superintendent.")
    page = board(client)
    assert '<span class="noprint">Reading needs the Superintendent.</span>' in page
    assert f'<span class="on-paper">{WORDS}</span>' in page


def test_once_the_figures_say_something_else_the_draft_stands_at_the_top_again(
    client: Client, world: World
) -> None:
    enter(client, world.system)
    put(client)
    approve(headline=Headline.objects.get())
    place(add_metric(world.system, "hours", 150.0, name="Hours"), world.attendance)
    page = board(client)
    assert f"<h1>{WORDS}" not in page
    said = f"The unit’s wording of 14 March 2025 was written over an earlier draft: “{WORDS}”"
    assert said in page
    assert "Revise it" in page
    assert "it has changed since the unit’s wording" in text_of(client.get(ADDRESS))


def test_who_may_not_write_reads_it_and_finds_no_form(client: Client, world: World) -> None:
    enter(client, world.system, "viewer")
    page = text_of(client.get(ADDRESS))
    assert "The rules’ draft stands at the top of the dashboard" in page
    assert "Put it at the top" not in page
    assert "Reword it" not in board(client)
    assert client.post(ADDRESS, {"text": WORDS, "version": "0"}).status_code == 403
    assert not Headline.objects.exists()


def test_no_address_of_a_nameless_author_is_told(client: Client, world: World) -> None:
    user = enter(client, world.system)
    put(client)
    enter(client, world.system, "viewer")
    assert user.email not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("role", ["leader_office", "unit_staff", "delivery_leader"])
def test_unit_and_leaders_office_word_it(client: Client, world: World, role: str) -> None:
    enter(client, world.system, role)
    assert put(client).status_code == 302


@pytest.mark.parametrize("role", ["accountable_head", "plan_owner", "steward", "viewer"])
def test_others_do_not(client: Client, world: World, role: str) -> None:
    enter(client, world.system, role)
    assert client.post(ADDRESS, {"text": WORDS, "version": "0"}).status_code == 403


def test_a_stranger_cannot_tell_it_from_nothing(client: Client, world: World) -> None:
    enter(client, SystemFactory.create())
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"text": WORDS}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "  "}, "Write the sentence that shall stand at the top"),
        ({"text": "x" * 301}, "That is 301 characters; a headline has at most 300. Say less."),
        ({"version": "two"}, "no longer says which version"),
    ],
)
def test_bad_input_is_named_with_its_remedy(
    client: Client, world: World, wrong: dict[str, str], said: str
) -> None:
    enter(client, world.system)
    response = put(client, **wrong)
    assert response.status_code == 400
    assert said in text_of(response)
    assert not Headline.objects.exists()


def test_the_second_of_two_writers_sees_both(client: Client, world: World) -> None:
    enter(client, world.system)
    typed = opened(client, ADDRESS)
    write(system=world.system, text="Someone else’s words.", draft="Other.", as_of=TODAY)
    response = client.post(ADDRESS, {**typed, "text": WORDS})
    page = text_of(response)
    assert response.status_code == 409
    assert "Someone else’s words." in page
    assert WORDS in page
    assert client.post(ADDRESS, fields_of(response)).status_code == 302
    assert Headline.objects.count() == 2


def test_who_writes_while_the_draft_changes_reads_it_first(client: Client, world: World) -> None:
    enter(client, world.system)
    typed = opened(client, ADDRESS)
    place(add_metric(world.system, "hours", 150.0, name="Hours"), world.attendance)
    response = client.post(ADDRESS, {**typed, "text": WORDS})
    assert response.status_code == 400
    assert "The rules’ draft changed while you wrote" in text_of(response)
    assert client.post(ADDRESS, fields_of(response)).status_code == 302


def test_words_that_look_like_markup_stay_words(client: Client, world: World) -> None:
    enter(client, world.system)
    put(client, text="<b>Reading</b> & all")
    assert "&lt;b&gt;Reading&lt;/b&gt; &amp; all" in board(client)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, world: World, method: str) -> None:
    enter(client, world.system)
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_queries_do_not_grow_with_versions(client: Client, world: World) -> None:
    enter(client, world.system)
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for n in range(first, last):
            write(system=world.system, text=f"Wording {n}.", draft="Other.", as_of=TODAY)
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        counts.append(len(captured))
    assert counts[0] == counts[1]
