"""Everything held about a candidate, to print: complete, for readers alone, and logged."""

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.services.mentions import CODED, PLACES
from coalitions.tests import factories as make
from coalitions.tests.about import OFFICE, WORD, Held
from coalitions.tests.ladder import HEADS, address, answers, be_delegate
from people.confidential.fields import SealedTextField
from people.models import Actor, AuditEntry, Opening
from people.services.actors import add_actor, change_actor
from people.tests.entering import enter
from people.tests.factories import RelationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUERIES = 40


@pytest.fixture
def held() -> Held:
    return Held()


def to(held: Held, number: int = 1) -> str:
    return address("candidate_record", held.row, number)


def read(client: Client, held: Held, number: int = 1) -> str:
    response = client.get(to(held, number))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_read_all_of_it(client: Client, held: Held, role: str) -> None:
    enter(client, held.row.system, role)
    page = read(client, held)
    assert f"10 entries are held about “{OFFICE}”" in page
    assert page.count(f"own {WORD}") == 9, "once for each row, and twice for a standing"
    assert page.count(f"shared {WORD}") == page.count(f"hard {WORD}") == 1
    assert "with one more" in page
    assert f"With {held.other.actor}" in page
    assert "theirs" not in page.replace("whose part is theirs", "")
    assert "hard for others" not in page
    assert address("erase_candidate", held.row, 1) in page


def test_its_title_tells_nothing(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    head = read(client, held).split("</title>")[0]
    assert OFFICE not in head
    assert "Coalition" in head


def test_a_delegate_reads_it_and_is_not_offered_to_erase(client: Client, held: Held) -> None:
    be_delegate(client, held.row)
    page = read(client, held)
    assert WORD in page
    assert address("erase_candidate", held.row, 1) not in page


def test_everybody_else_finds_nothing(client: Client, held: Held) -> None:
    found = answers(client, held.row, "get", to(held))
    assert found.pop("delegate") == 200
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_a_number_of_nobody_is_not_found(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    assert client.get(to(held, 99)).status_code == 404
    elsewhere = make.CandidateFactory.create(number=9)
    assert client.get(to(held, elsewhere.number)).status_code == 404


def test_it_is_only_read(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    assert client.post(to(held)).status_code == 405


# --------------------------------------------------------------------------- what
def test_all_other_texts_that_name_the_office_are_there(client: Client, held: Held) -> None:
    held.named()
    enter(client, held.row.system, "delivery_leader")
    page = read(client, held)
    assert "15 other texts name the office" in page
    assert page.count(f"The {OFFICE} again.") == 14, "the line of a list names it twice"
    assert "No other text names the office" in read(client, held, 3)


def test_every_text_of_a_coalition_is_looked_into() -> None:
    """Whoever adds a sealed text to the room adds its place, or says here why not."""
    looked_into = {f"{place.model.__name__}.{one.name}" for place in PLACES for one in place.texts}
    sealed = {
        f"{model.__name__}.{one.name}"
        for model in apps.get_app_config("coalitions").get_models()
        for one in model._meta.local_fields
        if isinstance(one, SealedTextField) and not one.choices and one.name not in CODED
    }
    assert looked_into == sealed
    assert len(sealed) > 25


def test_lists_that_are_not_put_together_stay_their_authors(client: Client, held: Held) -> None:
    own = make.OwnListFactory.create(coalition=held.row)
    make.NominationFactory.create(own_list=own, office=OFFICE, why="mine alone")
    enter(client, held.row.system, "delivery_leader")
    assert "mine alone" not in read(client, held)


def test_who_named_the_office_on_a_list_is_never_told(client: Client, held: Held) -> None:
    now = timezone.now()
    own = make.OwnListFactory.create(
        coalition=held.row, author__name="Quiet Voter", sent_at=now, pooled_at=now
    )
    make.NominationFactory.create(own_list=own, office=OFFICE, why="Trusted by all")
    enter(client, held.row.system, "delivery_leader")
    for name in ("candidate_record", "erase_candidate"):
        page = client.get(address(name, held.row, held.one.number)).content.decode()
        assert "line of a list" in page.lower()
        assert "Quiet Voter" not in page


def test_the_office_by_its_earlier_name_counts(client: Client, held: Held) -> None:
    for version, name in enumerate(("Steward of the Sum", "Steward of All"), 1):
        change_actor(office=held.one.actor, values={"name": name}, version=version)
    # Another that is called so since then lends it none of its own earlier names.
    later = add_actor(system=held.row.system, values={"name": "Gorget", "sphere": "Treasury"})
    change_actor(office=later, values={"name": "Steward of the Sum"}, version=1)
    make.CandidNoteFactory.create(coalition=held.row, body=f"{OFFICE}, as it was then.")
    enter(client, held.row.system, "delivery_leader")
    page = read(client, held)
    earlier = page.split("<dt>Before that</dt>")[1].split("</dd>")[0]
    assert OFFICE in earlier
    assert "Steward of the Sum" in earlier
    assert "Gorget" not in page
    assert "as it was then" in page


def test_the_facts_of_the_map_are_there(client: Client, held: Held) -> None:
    Actor.objects.filter(pk=held.one.actor_id).update(role="Guards the sum", sphere="Treasury")
    RelationFactory.create(
        system=held.row.system, source=held.one.actor, target=held.other.actor, kind="funding"
    )
    enter(client, held.row.system, "delivery_leader")
    page = read(client, held)
    for words in ("Guards the sum", "Treasury", f"{OFFICE} → {held.other.actor}", "A, number 1"):
        assert words in page


def test_one_without_anything_says_so(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    bare = make.CandidateFactory.create(coalition=held.row)
    page = read(client, held, bare.number)
    assert "0 entries are held" in page
    assert "It was not judged." in page


# --------------------------------------------------------------------------- log, key, cost
def test_who_opened_the_coalition_is_told_and_this_opening_logged(
    client: Client, held: Held
) -> None:
    enter(client, held.row.system, "delivery_leader", user__name="Ana Leader")
    read(client, held)
    page = read(client, held)
    assert Opening.objects.filter(object_key=str(held.row.pk)).count() == 2
    assert '<th scope="row">Ana Leader</th> <td>2</td>' in page
    assert not AuditEntry.objects.filter(object_type="coalitions.Candidate").exists()


def test_without_the_key_it_is_closed(client: Client, held: Held, settings: Settings) -> None:
    enter(client, held.row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.get(to(held))
    assert response.status_code == 503
    assert "cannot be opened now" in response.content.decode()
    assert not Opening.objects.exists()


@pytest.mark.parametrize("times", [0, 3])
def test_it_costs_the_same_for_much_and_little(
    client: Client, held: Held, times: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _turn in range(times):
        held.fill(held.one, "more")
        held.fill_shared()
    enter(client, held.row.system, "delivery_leader")
    read(client, held)
    with django_assert_num_queries(QUERIES):
        read(client, held)
