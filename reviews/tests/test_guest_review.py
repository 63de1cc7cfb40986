"""A guest's session: what it opens, what it keeps shut, and when it ends."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory
from reviews.guests import KEY, now
from reviews.models import Participant, Round
from reviews.tests.factories import ParticipantFactory
from reviews.tests.scoring import REASON, address, asked_round, body, guest_in

pytestmark = pytest.mark.django_db
HOUR = 3600
OF_GUESTS = [
    ("get", "guest_review", []),
    ("get", "guest_element", ["1A"]),
    ("post", "guest_element", ["1A"]),
    ("post", "finish_as_guest", []),
    ("get", "take_back_as_guest", []),
    ("post", "take_back_as_guest", []),
    ("post", "leave_as_guest", []),
    ("delete", "guest_review", []),
]


@pytest.fixture
def row() -> Round:
    return asked_round(system__name="Meridian")


def ask(client: Client, method: str = "get", name: str = "guest_review", *where: str) -> Any:
    return getattr(client, method)(reverse(name, args=where))


def age(client: Client, **seconds: int) -> None:
    """Let what the session knows be so much longer ago."""
    session = client.session
    kept = session[KEY]
    session[KEY] = {**kept, **{name: kept[name] - ago for name, ago in seconds.items()}}
    session.save()


def test_a_guest_sees_their_sheet_and_nothing_of_the_house(client: Client, row: Round) -> None:
    for _number in range(3):
        user = MembershipFactory.create(system=row.system, user__name="Another Rater").user
        ParticipantFactory.create(round=row, kind="self", user=user)
    guest_in(client, row, name="Head of Sunrise")
    response = ask(client)
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    for words in ("4 questions wait for you.", "Meridian", "Head of Sunrise"):
        assert words in page, words
    assert "0 of 4 have" not in page, "how many have finished is for the unit"
    for words in ("Another Rater", 'class="nav"', "Sign in", f"/{row.system.slug}/"):
        assert words not in page, words


@pytest.mark.parametrize(("method", "name", "where"), OF_GUESTS)
def test_without_a_guests_session_every_page_is_shut(
    client: Client, row: Round, method: str, name: str, where: list[str]
) -> None:
    assert ask(client, method, name, *where).status_code == 403
    enter(client, row.system, "delivery_leader")
    response = ask(client, method, name, *where)
    assert response.status_code == 403
    assert "opens with the link in your mail" in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


def test_a_guests_session_opens_no_other_page(client: Client, row: Round) -> None:
    guest_in(client, row)
    slug = row.system.slug
    pages = [
        "/", f"/{slug}/", f"/{slug}/capacity/", "/search/",
        address("review", row), address("score_sheet", row), address("score_element", row, "1A"),
        address("interview_notes", row), address("results", row),
    ]  # fmt: skip
    for page in pages:
        response = client.get(page)
        assert response.status_code == 302, page
        assert response["Location"].startswith(reverse("account_login")), page
    assert client.get("/api/v1/systems/").status_code == 401


def test_it_reaches_no_other_round(client: Client, row: Round) -> None:
    other = asked_round()
    guest_in(client, row)
    assert other.rubric
    other.rubric.elements.filter(code="2B").update(code="9Z")
    assert ask(client, "get", "guest_element", "9Z").status_code == 404
    client.post(reverse("guest_element", args=["1A"]), body())
    assert not Participant.objects.filter(round=other, scores__isnull=False).exists()


def test_a_participant_with_an_account_is_no_guest(client: Client, row: Round) -> None:
    part = ParticipantFactory.create(round=row, kind="self")
    session = client.session
    session[KEY] = {"part": part.pk, "began": now(), "seen": now()}
    session.save()
    assert ask(client).status_code == 403


def test_who_signs_in_is_a_guest_no_more(client: Client, row: Round) -> None:
    guest_in(client, row)
    prove(client, MembershipFactory.create(system=row.system).user)
    assert KEY in client.session, "signing in keeps what the session held"
    assert ask(client).status_code == 403
    assert KEY not in client.session
    client.logout()
    assert ask(client).status_code == 403


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        ({"seen": HOUR - 60}, 200),
        ({"seen": HOUR}, 403),
        ({"began": 12 * HOUR - 60}, 200),
        ({"began": 12 * HOUR}, 403),
    ],
)
def test_it_ends_an_hour_after_the_last_page_and_after_half_a_day(
    client: Client, row: Round, seconds: dict[str, int], status: int
) -> None:
    guest_in(client, row)
    age(client, **seconds)
    assert ask(client).status_code == status
    assert ask(client).status_code == status


def test_every_page_puts_the_hour_off_and_never_the_half_day(client: Client, row: Round) -> None:
    guest_in(client, row)
    for _page in range(3):
        age(client, seen=HOUR - 60, began=HOUR - 60)
        assert ask(client).status_code == 200
    age(client, began=10 * HOUR)
    assert ask(client).status_code == 403


def test_what_was_typed_after_the_end_is_handed_back(client: Client, row: Round) -> None:
    part = guest_in(client, row)
    age(client, seen=HOUR)
    response = client.post(reverse("guest_element", args=["1A"]), body(confidence="fairly"))
    assert response.status_code == 403
    for words in (REASON, "District leaders, group B", "What you wrote, to copy"):
        assert words in response.content.decode(), words
    for words in ("Your score: 2", "How sure you are: Fairly sure"):
        assert words in response.content.decode(), words
    sent = body(cannot=1, confidence="<b>")
    page = client.post(reverse("guest_element", args=["1A"]), sent).content.decode()
    assert "I cannot judge this" in page
    assert "Your score" not in page
    assert "How sure" not in page
    assert not part.scores.exists()


def test_who_is_taken_off_is_out_with_the_next_page(client: Client, row: Round) -> None:
    guest_in(client, row)
    Participant.objects.update(left_at=timezone.now())
    response = client.post(reverse("guest_element", args=["1A"]), body())
    assert response.status_code == 403
    assert REASON in response.content.decode()
    assert KEY not in client.session


def test_after_the_closing_the_guest_is_told(client: Client, row: Round) -> None:
    guest_in(client, row)
    Round.objects.update(state="closed", closed_at=timezone.now())
    page = ask(client).content.decode()
    assert "This review closed on" in page
    assert "I have finished" not in page
    assert "Once you leave, nobody can open your single scores again" in page
    assert "stay readable to you alone" not in page


def test_a_guest_who_signed_is_told_of_their_sheet_alone(client: Client, row: Round) -> None:
    """The joint team reads it on: so it is not said that nobody does."""
    guest_in(client, row, kind="independent", signs=True)
    Round.objects.update(state="closed", closed_at=timezone.now())
    page = ask(client).content.decode()
    assert "Once you leave, this sheet does not open to you again" in page
    assert "nobody can open" not in page
