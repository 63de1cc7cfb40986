"""One version read through: what it asks, what it changed, and who used it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import drafts, elements, rubrics
from reviews.services.fitness import element_stamp
from reviews.tests.drafting import REFUSED, draft, refusals, text, to
from reviews.tests.factories import ElementFactory, RoundFactory, RubricFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9


@pytest.fixture
def row() -> Rubric:
    row: Rubric = RubricFactory.create(title="Our own", key="own")
    ElementFactory.create(
        rubric=row, code="1A", title="Aspiration", question="Can all say it?", weak="Nobody can.",
        strong="Everyone can.", evidence=["Answers of staff"], asks=["What is it?"],
    )  # fmt: skip
    return row


def read(client: Client, row: Rubric, role: str = "unit_staff", query: str = "") -> str:
    enter(client, row.system, role)
    response = client.get(to("rubric", row) + query)
    assert response.status_code == 200
    return text(response)


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_reads_all_that_it_asks(client: Client, row: Rubric, role: str) -> None:
    RoundFactory.create(system=row.system, rubric=row, title="Spring pass")
    page = read(client, row, role)
    assert "“Our own” asks one thing." in page
    assert "In use since 5 January 2026" in page
    for words in ("Can all say it?", "Nobody can.", "Everyone can.", "Answers of staff",
                  "What is it?", "Spring pass", "#L-AR"):  # fmt: skip
        assert words in page
    assert ("Draft the next version" in page) is (role != "system_leader")
    assert to("edit_rubric", row) not in page


def test_only_lights_are_shown_as_lights(client: Client) -> None:
    scale = [{"name": "Separate", "meaning": "Alone"}, {"name": "Joined", "meaning": "Together"}]
    row = RubricFactory.create(lens="themes", scale=scale)
    page = read(client, row)
    assert "Separate" in page
    assert 'href="#L-' not in page


def test_a_draft_shows_how_it_is_changed_to_who_may(client: Client) -> None:
    row = draft("1A", "1B", "2A")
    page = read(client, row, "delivery_leader")
    for name in ("edit_rubric", "use_rubric", "discard_rubric", "new_element"):
        assert to(name, row) in page
    for one in row.elements.all():
        assert to("edit_element", row, one.pk) in page
    assert page.count("Section down") == 1
    assert to("edit_rubric", row) not in read(client, row, "system_leader")


def test_an_empty_draft_says_so(client: Client) -> None:
    assert "asks nothing yet" in read(client, draft(title="Unfinished"))


def test_it_tells_what_differs_from_what_it_was_copied_from(client: Client) -> None:
    base = rubrics.adopt(system=RubricFactory.create().system, key="cross-boundary-collaboration")
    row = drafts.copy(rubric=base, title="Our triangle")
    assert "It asks the same, on the same scale." in read(client, row)
    first, second = row.elements.all()[:2]
    elements.change(element=first, values={"weak": "We quarrel."}, seen=element_stamp(first))
    elements.remove(element=second)
    ElementFactory.create(rubric=row, code="NEW-1", title="Patience", corners=["Public value"])
    page = read(client, row)
    assert "What differs from Cross-boundary collaboration" in page
    for words in ("One element is new", "NEW-1 Patience", "One element is gone",
                  "PV2 Shared purpose", "One element is worded anew", "We quarrel.",
                  "Each party describes a different problem."):  # fmt: skip
        assert words in page


def test_versions_lead_to_each_other(client: Client, row: Rubric) -> None:
    later = drafts.start_version(rubric=row)
    page = read(client, row)
    assert "Go to the draft of version 2" in page
    assert to("new_rubric_version", row) not in page
    assert to("rubric", row) in read(client, later)


def test_of_a_long_one_only_the_first_section_stands_open(client: Client) -> None:
    row = RubricFactory.create()
    for place in range(16):
        ElementFactory.create(rubric=row, section=f"Part {place // 8}", order=place)
    assert read(client, row).count("open>") == 1
    assert read(client, row, query="?open=all").count("open>") == 2


def test_others_find_nothing(client: Client, row: Rubric) -> None:
    assert refusals(client, row, "get", to("rubric", row)) == {**REFUSED, "system_leader": 200}


def test_it_is_of_the_system_in_its_address(client: Client, row: Rubric) -> None:
    other = RubricFactory.create()
    enter(client, other.system, "delivery_leader")
    assert client.get(f"/{other.system.slug}/capacity/rubrics/{row.pk}/").status_code == 404
    assert client.get(f"/{other.system.slug}/capacity/rubrics/{'9' * 30}/").status_code == 404


def test_it_is_only_read(client: Client, row: Rubric) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(to("rubric", row)).status_code == 405


@pytest.mark.parametrize("count", [15, 150])
def test_queries_do_not_grow_with_the_elements(
    client: Client, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    base = RubricFactory.create()
    row = RubricFactory.create(system=base.system, key=base.key, number=2, based_on=base,
                               adopted_at=None)  # fmt: skip
    for one in (base, row):
        ElementFactory.create_batch(count, rubric=one)
    enter(client, row.system, "unit_staff")
    client.get(to("rubric", row))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(to("rubric", row))
