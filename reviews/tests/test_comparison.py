"""Two rounds side by side: what moved, why, and what does not compare."""

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Round, Rubric
from reviews.tests.ladder import address, take_part
from reviews.tests.told import add_element, agreed, asked, closed, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def rubric() -> Rubric:
    return asked("1A 1B 2A 2B", key="capacity")


@pytest.fixture
def before(rubric: Rubric) -> Round:
    row = closed(rubric, year=2024, title="Round 1")
    agreed(row, {"1A": 1, "1B": 2, "2A": 3}, "What it was in 2024.")
    return row


@pytest.fixture
def row(rubric: Rubric, before: Round) -> Round:
    row = closed(rubric, title="Round 2", follows=before)
    agreed(row, {"1A": 3, "1B": 2, "2A": 2}, "What it is in 2026.")
    return row


def seen(client: Client, row: Round) -> str:
    response = client.get(address("comparison", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_each_movement_stands_in_words_with_both_reasons(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    for words in (
        "Stronger in 1 of 4 elements since 2024. “Title 2A” is weaker, “Title 1B” has not moved, "
        "and one is still open.",
        "Stronger (1)", "Weaker (1)", "Not moved (1)", "Not judged in both reviews (1)",
        "Red to Amber-Green, two points up", "Amber-Green to Amber-Red, one point down",
        "still Amber-Red", "What it was in 2024.", "What it is in 2026.", "Nothing was agreed.",
    ):  # fmt: skip
        assert words in page
    assert "does not compare" not in page


def test_another_version_compares_where_it_asks_the_same(client: Client, before: Round) -> None:
    assert before.rubric
    newer = asked("1A 2A", system=before.system, key="capacity", number=2)
    add_element(newer, "1B", question="Something else?")
    add_element(newer, "3C")
    row = closed(newer, title="Round 2", follows=before)
    agreed(row, {"1A": 2, "2A": 3, "1B": 4})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Stronger in 1 of 2 elements since 2024." in page
    assert "3 elements do not compare" in page
    assert "Worded anew: the two reviews do not ask the same." in page
    assert "New: the earlier review did not ask it." in page
    assert "Removed: this review does not ask it any more." in page


def test_what_does_not_compare_keeps_what_was_said_of_it(client: Client, before: Round) -> None:
    """The level of then stands on the scale of then; of a removed element nothing is open now."""
    assert before.rubric
    scale = [{"name": name, "meaning": name} for name in ("No", "Yes")]
    newer = asked("", lens="themes", system=before.system, key="capacity", number=2)
    Rubric.objects.filter(pk=newer.pk).update(scale=scale)
    add_element(newer, "1A")
    add_element(newer, "1B", question="Something else?")
    row = closed(Rubric.objects.get(pk=newer.pk), title="Round 2", follows=before)
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    apart = page[page.index('id="apart"') : page.index('id="history"')]
    assert apart.count("Why, 2024") == 3
    assert apart.count("What it was in 2024.") == 3
    assert apart.count(">Open<") == 2, "1A and 1B are; 2A is not asked any more"
    assert '<span class="vh">Amber-Green</span>' in apart or "Amber-Green" in apart


def test_with_another_rubric_nothing_compares(client: Client, before: Round) -> None:
    row = closed(asked("1A", system=before.system), follows=before)
    agreed(row, {"1A": 4})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Nothing in this review asks what “Round 1” asked, so nothing compares." in page
    assert "The earlier review used another rubric." in page


def test_a_chain_of_rounds_stands_in_columns_oldest_first(
    client: Client, row: Round, before: Round, rubric: Rubric
) -> None:
    first = closed(rubric, year=2022, title="Round 0")
    agreed(first, {"1A": 1})
    Round.objects.filter(pk=before.pk).update(follows=first)
    enter(client, row.system, "delivery_leader")
    response = client.get(address("comparison", row))
    compared = response.context["compared"]
    assert [when for when, _row in compared.history] == ["2022", "2024", "2026"]
    assert [[cell.text for cell in cells] for _element, cells in compared.table] == [
        ["1", "1", "3"], ["Open", "2", "2"], ["Open", "3", "2"], ["Open", "Open", "Open"],
    ]  # fmt: skip


def test_rounds_of_one_year_are_told_by_month(client: Client, row: Round, before: Round) -> None:
    Round.objects.filter(pk=before.pk).update(starts="2026-01-05", due="2026-01-30")
    enter(client, row.system, "delivery_leader")
    assert "since January 2026" in seen(client, row)


def test_rounds_that_follow_each_other_in_a_circle_end(
    client: Client, row: Round, before: Round
) -> None:
    Round.objects.filter(pk=before.pk).update(follows=row)
    enter(client, row.system, "delivery_leader")
    assert "Two reviews side by side" in seen(client, row)


def test_a_first_round_says_that_it_is_one(client: Client, before: Round) -> None:
    enter(client, before.system, "delivery_leader")
    assert "This is the first review" in seen(client, before)


def test_an_earlier_round_that_is_closed_to_the_reader_is_not_told(
    client: Client, row: Round
) -> None:
    take_part(client, row, "viewer", joint_team=True)
    page = seen(client, row)
    assert "The results of the earlier review are not open to you" in page
    assert "What it was in 2024." not in page
    release(row)
    enter(client, row.system, "unit_staff")
    assert "What it was in 2024." not in seen(client, row)
    assert row.follows
    release(row.follows)
    assert "What it was in 2024." in seen(client, row)
