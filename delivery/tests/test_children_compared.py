"""The systems beneath one, held against each other on a metric that they share."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Observation
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from people.models import System, User

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/state/children/"
FIRST, TODAY = date(2024, 1, 1), date(2025, 3, 14)
LEVEL = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 53.9, 54.1, 54.2, 53.7, 54.4, 54.1]


def system(slug: str, parent: System | None = None, **fields: Any) -> System:
    told = {"name": slug.title(), "reporting_date": TODAY, "second_factor": "nobody", **fields}
    row: System = SystemFactory.create(slug=slug, parent=parent, **told)
    return row


def reading(
    row: System, shift: float = 0.0, *, months: int = 14, size: float = 0.0, **fields: Any
) -> None:
    """Figures `shift` beside the same course; with `size`, out of so many people."""
    told = {"slug": "reading", "name": "Reading", "kind": "rate", **fields}
    series = SeriesFactory.create(metric=MetricFactory.create(system=row, **told))
    seen = observe(series, FIRST, [level + shift for level in LEVEL][:months])
    for one in seen if size else []:
        assert one.value is not None
        one.denominator, one.numerator = size, size * one.value / 100
    Observation.objects.bulk_update(seen, ["numerator", "denominator"])


@pytest.fixture
def state() -> System:
    return system("state")


def enter(client: Client, row: System) -> User:
    user: User = MembershipFactory.create(system=row, role="viewer").user
    client.force_login(user)
    return user


def shown(client: Client, query: str = "") -> str:
    """What the page says of the comparison."""
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    page = " ".join(response.content.decode().split())
    return page[page.index('aria-labelledby="compared"') :]


def row_of(page: str, name: str) -> str:
    return page.split(f">{name}</a></th>")[1].split("</tr>")[0]


def test_with_counts_size_decides_and_the_best_is_named(client: Client, state: System) -> None:
    for name, shift, size in (("tiny", 12.0, 30), ("large", 12.0, 3000), ("other", 0.0, 9000)):
        reading(system(name, state), shift, size=size)
    enter(client, state)
    page = shown(client)
    assert "Reading: Large is worth learning from" in page
    assert "within what chance explains" in row_of(page, "Tiny")
    assert "really worse" in row_of(page, "Other")
    learn = page.split("Where to learn</h3>")[1]
    assert '<a href="/large/metrics/reading/">Large</a>: 66.1%, really better' in learn
    assert "Within what chance explains: Tiny." in learn
    assert "<svg" in row_of(page, "Tiny")


def test_without_counts_all_are_held_against_the_figure_of_the_one_above(
    client: Client, state: System
) -> None:
    """Whose rules differ is compared all the same: what is counted is the same."""
    reading(state)
    for name, shift, own in (("north", 8.0, {"tau": 0.2}), ("south", 0.0, {})):
        reading(system(name, state), shift, policy_overrides=own)
    enter(client, state)
    page = shown(client)
    assert "is held against State, period by period" in page
    assert "Reading: North is worth learning from" in page
    assert "The whole system</dt><dd>54.1%" in page
    assert "within what chance explains" in row_of(page, "South")


def test_without_one_above_the_middle_stands_for_it(client: Client, state: System) -> None:
    for name, shift in (("north", -9.0), ("south", 0.0), ("east", 0.0)):
        reading(system(name, state), shift)
    enter(client, state)
    page = shown(client)
    assert "is held against the middle one" in page
    assert "Reading: 1 of 3 systems differs by more than chance explains" in page
    assert "No system stands out for the better" in page
    found = [page.index(f">{name}</a></th>") for name in ("East", "North", "South")]
    assert found == sorted(found), "by name, never by their figures"


def test_who_cannot_be_compared_is_listed_and_why(client: Client, state: System) -> None:
    for name, months in (("north", 14), ("south", 14), ("older", 12), ("silent", 0)):
        reading(system(name, state), months=months)
    reading(system("quarterly", state), months=2, frequency="quarter")
    system("without", state)
    enter(client, state)
    page = shown(client)
    assert "not compared: its latest figure is for Dec 2024" in row_of(page, "Older")
    assert "no figure yet" in row_of(page, "Silent")
    assert "not compared: it measures this in another way" in row_of(page, "Quarterly")
    assert "has no such metric" in row_of(page, "Without")


def test_one_further_down_is_part_of_its_own_and_not_counted_twice(
    client: Client, state: System
) -> None:
    for name in ("north", "south"):
        reading(system(name, state))
    reading(system("district", System.objects.get(slug="north")), 30.0)
    enter(client, state)
    assert "District" not in shown(client)


def test_the_metric_is_chosen_by_address_else_a_headline(client: Client, state: System) -> None:
    for name in ("north", "south"):
        row = system(name, state)
        reading(row, slug="absence", name="Absence", prominence="secondary")
        reading(row)
        reading(row, slug=f"own-{name}", name=f"Own {name}")
    enter(client, state)
    assert "Reading: none of 2 systems differs" in shown(client)
    page = shown(client, "?metric=absence")
    assert "Absence: none of 2 systems differs" in page
    assert '<option value="absence" selected>Absence</option>' in page
    assert "Own north" not in page
    assert "Reading: none" in shown(client, "?metric=%00")


def test_years_that_begin_in_other_months_are_not_the_same_years(
    client: Client, state: System
) -> None:
    reading(system("north", state), months=3, frequency="year", year_starts=9)
    reading(system("south", state), months=3, frequency="year", year_starts=1)
    enter(client, state)
    assert "Give the systems the same metric" in shown(client)


def test_where_nothing_is_shared_it_says_what_is_needed(client: Client, state: System) -> None:
    reading(system("north", state))
    enter(client, state)
    assert "It takes two systems directly beneath State that you may read." in shown(client)
    reading(system("south", state), slug="writing")
    page = shown(client)
    assert "No metric can be compared between them yet" in page
    assert "Give the systems the same metric" in page
    assert client.get(f"{ADDRESS}?format=csv").content.decode().count("\n") == 1


def test_a_system_that_is_closed_to_the_reader_is_not_told_in_any_way(
    client: Client, state: System
) -> None:
    for name, shift in (("north", 0.0), ("south", 0.0)):
        reading(system(name, state), shift)
    closed = system("closed", state, second_factor="everyone")
    reading(closed, 30.0)
    reading(closed, slug="secret", name="Secret")
    reading(System.objects.get(slug="north"), slug="secret", name="Secret")
    enter(client, state)
    alone = shown(client)
    assert "none of 2 systems differs" in alone
    for answer in (alone, client.get(f"{ADDRESS}?metric=secret&format=csv").content.decode()):
        assert "losed" not in answer
        assert "ecret" not in answer
    System.objects.filter(pk=closed.pk).update(second_factor="nobody")
    assert "Closed is worth learning from" in shown(client)


def test_a_figure_that_is_not_public_on_the_day_of_the_page_is_left_out(
    client: Client, state: System
) -> None:
    """One day for all of them: that of the system above."""
    for name in ("north", "south"):
        reading(system(name, state, reporting_date=date(2025, 5, 1)))
    late = Observation.objects.filter(period=date(2025, 2, 1))
    late.update(value=99.0, published_on=date(2025, 4, 1))
    enter(client, state)
    page = shown(client)
    assert "99.0" not in page
    assert "Latest figures</dt><dd>Jan 2025" in page


def test_the_file_holds_what_the_page_says(client: Client, state: System) -> None:
    reading(system("north", state, name="=1+1"), 12.0, size=3000)
    reading(system("south", state), 0.0, size=9000)
    system("without", state)
    enter(client, state)
    assert 'href="/state/children/?metric=reading&amp;format=csv"' in shown(client)
    response = client.get(f"{ADDRESS}?metric=reading&format=csv")
    assert "reading-by-system.csv" in response["Content-Disposition"]
    text = response.content.decode()
    assert ",=1+1" not in text
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(text)))
    assert [row["system"] for row in rows] == ["north", "south", "without"]
    assert (rows[0]["basis"], rows[0]["beyond_chance"]) == ("funnel", "above")
    assert float(rows[0]["value"]) == pytest.approx(66.1)
    assert rows[2]["value"] == rows[2]["beyond_chance"] == ""


def test_queries_do_not_grow_with_systems_and_their_days(client: Client, state: System) -> None:
    reading(state)
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for n in range(first, last):
            day = date(2025, 3, 1 + n % 28)
            reading(system(f"s{n}", state, reporting_date=day), n / 9, size=500 if n % 2 else 0)
        enter(client, state)
        with CaptureQueriesContext(connection) as captured:
            assert row_of(shown(client), f"S{last - 1}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 24
