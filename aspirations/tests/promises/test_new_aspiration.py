"""Writing an aspiration."""

import pytest
from django.test import Client

from aspirations.models import Aspiration
from aspirations.tests.factories import AspirationFactory
from aspirations.tests.promises.makers import REFUSED, answers, aspiration, system, told
from people.models import AuditEntry, System
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/aspirations/new/"
FILLED = {
    "version": "1", "title": "Every child reads well", "moral_purpose": "It opens all the rest.",
    "status": "draft", "boldness": "3",
}  # fmt: skip


@pytest.fixture
def place() -> System:
    return system()


def test_it_is_written_with_its_first_wording(client: Client, place: System) -> None:
    AspirationFactory.create(system=place, order=4)
    author = enter(client, place, "unit_staff")
    assert client.get(ADDRESS).status_code == 200
    response = client.post(ADDRESS, FILLED)
    assert response["Location"] == "/meridian/aspirations/every-child-reads-well/"
    row = Aspiration.objects.get(slug="every-child-reads-well")
    assert (row.status, row.boldness, row.order, row.version) == ("draft", 3, 5, 1)
    wording = row.wordings.get()
    assert (wording.version, wording.title, wording.author) == (1, FILLED["title"], author)
    line = AuditEntry.objects.get(object_type="aspirations.Aspiration", action="create")
    assert (line.actor, line.door) == (author, "page")


def test_what_may_wait_is_folded_until_something_in_it_is_wrong(
    client: Client, place: System
) -> None:
    enter(client, place, "unit_staff")
    page = told(client.get(ADDRESS))
    fold = page.index('<details class="finer">')
    assert page.index('name="title"') < fold < page.index('name="boldness"')
    wrong = client.post(ADDRESS, {**FILLED, "boldness": "9"})
    assert '<details class="finer" open>' in told(wrong)


def test_titles_alike_and_words_of_pages_get_addresses_of_their_own(
    client: Client, place: System
) -> None:
    enter(client, place, "unit_staff")
    for title in ("New", "New", "読む"):
        assert client.post(ADDRESS, {**FILLED, "title": title}).status_code == 302
    slugs = set(place.aspirations.values_list("slug", flat=True))
    assert slugs == {"new-2", "new-3", "aspiration"}


def test_a_sixth_is_warned_of_and_not_refused(client: Client, place: System) -> None:
    AspirationFactory.create_batch(5, system=place)
    enter(client, place, "unit_staff")
    assert "attention is spread thin" in told(client.get(ADDRESS))
    assert client.post(ADDRESS, FILLED).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "Write the aspiration in one sentence."),
        ({"boldness": "5"}, "Choose from 1 to 4."),
        ({"status": "retired"}, "Choose one of those offered."),
        ({"title": "x" * 201}, "at most 200 characters"),
    ],
)
def test_bad_input_is_named_and_kept(
    client: Client, place: System, wrong: dict[str, str], words: str
) -> None:
    enter(client, place, "unit_staff")
    response = client.post(ADDRESS, {**FILLED, **wrong})
    assert response.status_code == 400
    assert words in told(response)
    assert "It opens all the rest." in told(response)
    assert not place.aspirations.exists()


def test_author_system_and_address_are_not_taken_from_the_request(
    client: Client, place: System
) -> None:
    other = aspiration(system(slug="other"))
    enter(client, place, "unit_staff")
    sent = {**FILLED, "system": str(other.system.pk), "slug": "mine", "author": "1"}
    assert client.post(ADDRESS, sent).status_code == 302
    assert place.aspirations.get().slug == "every-child-reads-well"


def test_others_are_refused(client: Client, place: System) -> None:
    assert answers(client, place, "get", ADDRESS) == REFUSED
    assert answers(client, place, "post", ADDRESS, FILLED) == REFUSED
    assert not place.aspirations.exists()


def test_other_methods_are_refused(client: Client, place: System) -> None:
    enter(client, place, "unit_staff")
    assert client.delete(ADDRESS).status_code == 405
