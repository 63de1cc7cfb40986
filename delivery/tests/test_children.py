"""The systems beneath one: counted, never averaged, the one in trouble first."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from aspirations.models import Metric
from aspirations.tests.factories import AspirationFactory, MembershipFactory, SystemFactory, place
from delivery.board.children import children_of
from delivery.tests.dashboard.conftest import TODAY, add_metric
from people.models import System, User
from routines.models import Stocktake

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/state/children/"
# The figures creep from 54 to 56: the higher the target, the lower the light.
GREEN, RED = 56.0, 150.0


def system(slug: str, parent: System | None = None) -> System:
    row: System = SystemFactory.create(
        slug=slug, name=slug.title(), parent=parent, reporting_date=TODAY, second_factor="nobody"
    )
    return row


def promise(row: System, title: str, *targets: float | None, prominence: str = "headline") -> None:
    aspiration = AspirationFactory.create(system=row, title=title)
    for n, target in enumerate(targets):
        slug = f"{aspiration.slug}-{n}"
        metric = add_metric(
            row, slug, target, name=f"{title} {n}", prominence=prominence, decimals=1
        )
        place(metric, aspiration, order=n)


@pytest.fixture
def state() -> System:
    """Three systems beneath: schools with one Red of two, colleges well, health without figures."""
    top = system("state")
    schools, colleges, _health = (system(slug, top) for slug in ("schools", "colleges", "health"))
    promise(schools, "Every child reads", GREEN, RED)
    promise(schools, "Every day in school", GREEN)
    promise(colleges, "Six in ten finish", GREEN)
    return top


def enter(client: Client, row: System, role: str = "viewer") -> User:
    user: User = MembershipFactory.create(system=row, role=role).user
    client.force_login(user)
    return user


def shown(client: Client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    page = " ".join(response.content.decode().split())
    return page[page.index("<main") :]


@pytest.mark.parametrize("name", ["[Pilot] Reading", "[1]", '{"a": 1}'])
def test_a_metric_may_be_named_as_it_likes(client: Client, state: System, name: str) -> None:
    enter(client, state)
    Metric.objects.filter(name="Every child reads 1").update(name=name)
    assert escape(name) in shown(client)


def test_a_red_child_leads_and_is_named(client: Client, state: System) -> None:
    enter(client, state)
    page = shown(client)
    assert "<h1>1 of 3 systems has an aspiration that is Red: Schools</h1>" in page
    assert page.index(">Schools</a>") < page.index(">Colleges</a>") < page.index(">Health</a>")
    schools = page.split(">Schools</a>")[1].split("</tr>")[0]
    assert "Every child reads" in schools
    assert "Every child reads 1" in schools
    assert "none set" in page.split(">Health</a>")[1].split("</tr>")[0]


def test_counts_are_added_and_never_averaged(client: Client, state: System) -> None:
    user = enter(client, state)
    found = children_of(state, user)
    assert found.lights == {"R": 1, "AR": 0, "AG": 0, "G": 2, "N": 0}
    total = shown(client).split("All of them, added up")[1]
    assert "#L-R" in total
    assert "#L-A" not in total


def test_metrics_are_counted_by_light_the_retired_left_out(client: Client, state: System) -> None:
    enter(client, state)
    schools = System.objects.get(slug="schools")
    metric = schools.metrics.order_by("pk")[0]
    schools.metrics.filter(pk=metric.pk).update(retired_at="2025-01-01T00:00Z", retired_reason="x")
    add_metric(schools, "apart", None)
    row = shown(client).split(">Schools</a>")[1].split("</tr>")[0].split("<td>")[2]
    assert [row.count(f"#L-{light}") for light in ("R", "AR", "AG", "G", "N")] == [1, 0, 0, 1, 1]


def test_an_aspiration_takes_its_lowest_headline_metric(state: System, client: Client) -> None:
    user = enter(client, state)
    colleges = System.objects.get(slug="colleges")
    promise(colleges, "Adults return", RED, prominence="secondary")
    lights = next(row for row in children_of(state, user).rows if row.system == colleges).lights
    assert lights == {"R": 0, "AR": 0, "AG": 0, "G": 1, "N": 1}


@pytest.mark.parametrize(
    ("targets", "finding"),
    [
        ((GREEN, GREEN), "2 of 2 systems have aspirations judged, and all of those are Green"),
        ((GREEN, RED), "1 of 2 systems has an aspiration that is Red: B"),
        ((RED, RED), "2 of 2 systems have an aspiration that is Red: A, B"),
        ((None, None), "None of the 2 systems beneath can be judged yet."),
        ((RED,) * 4, "4 of 4 systems have an aspiration that is Red: A, B, C and 1 more"),
    ],
)
def test_finding(client: Client, targets: tuple[float | None, ...], finding: str) -> None:
    top = system("state")
    for name, target in zip("abcd", targets, strict=False):
        promise(system(name, top), f"Aim of {name}", target)
    enter(client, top)
    assert f"<h1>{finding}</h1>" in shown(client)


@pytest.mark.parametrize("prominence", ["headline", "secondary"])
def test_a_red_metric_that_no_aspiration_shows_is_told(
    client: Client, state: System, prominence: str
) -> None:
    health = System.objects.get(slug="health")
    add_metric(health, "apart", RED, name="Days to a bed", prominence=prominence)
    enter(client, state)
    finding = (
        "1 of 3 systems has an aspiration that is Red: Schools; "
        "1 more has a metric that is Red, and no aspiration: Health"
    )
    for address in ("/state/", ADDRESS):
        page = shown(client, address)
        assert finding in page
        assert page.index(">Schools<") < page.index(">Health<") < page.index(">Colleges<")
        row = page.split("/health/")[1].split("/colleges/")[0]
        assert "1 metric is Red, though no aspiration is" in row
        assert "nothing judged yet" not in row


def test_it_leads_where_no_aspiration_is_red(client: Client) -> None:
    top = system("state")
    for name in "abcde":
        row = system(name, top)
        promise(row, f"Aim of {name}", GREEN)
        if name != "e":
            promise(row, f"Work of {name}", RED, prominence="secondary")
    enter(client, top)
    finding = "No aspiration is Red, but 4 of 5 systems have a metric that is: A, B, C and 1 more"
    assert f"<h1>{finding}</h1>" in shown(client)


def test_an_aspiration_that_is_retired_hides_no_red_metric(client: Client, state: System) -> None:
    System.objects.get(slug="schools").aspirations.update(status="retired")
    enter(client, state)
    assert ("No aspiration is Red, but 1 of 3 systems has a metric that is: Schools") in shown(
        client, "/state/"
    )


def test_the_dashboard_carries_a_strip_that_leads_here(client: Client, state: System) -> None:
    enter(client, state)
    page = shown(client, "/state/")
    assert "1 of 3 systems has an aspiration that is Red: Schools" in page
    assert 'href="/state/children/"' in page
    assert 'href="/schools/"' in page


def test_one_further_down_says_what_it_is_beneath(client: Client, state: System) -> None:
    promise(system("district", System.objects.get(slug="schools")), "Every bus on time", RED)
    enter(client, state)
    page = shown(client)
    assert "2 of 4 systems have an aspiration that is Red: District, Schools" in page
    assert "beneath Schools" in page


def test_the_next_stocktake_only_where_the_reader_may_know_of_it(
    client: Client, state: System
) -> None:
    schools = System.objects.get(slug="schools")
    for day in (date(2025, 3, 1), date(2025, 3, 24), date(2025, 6, 24)):
        Stocktake.objects.create(system=schools, date=day)
    user = enter(client, state)
    assert "Next stocktake" not in shown(client)
    MembershipFactory.create(system=schools, user=user, role="viewer")
    page = shown(client)
    assert "24 Mar 2025" in page
    assert "1 Mar 2025" not in page


def test_a_member_of_the_parent_alone_may_be_all_that_is_needed_and_a_sibling_is_not(
    client: Client, state: System
) -> None:
    enter(client, System.objects.get(slug="schools"))
    assert client.get(ADDRESS).status_code == 404
    page = shown(client, "/schools/children/")
    assert "No system that you may read lies beneath Schools" in page
    assert "Colleges" not in page


def test_without_children_the_page_teaches_and_the_dashboard_is_silent(client: Client) -> None:
    row = system("alone")
    enter(client, row)
    assert "sets their lights side by side" in shown(client, "/alone/children/")
    assert "/alone/children/" not in shown(client, "/alone/")


def test_a_stranger_finds_nothing(client: Client, state: System) -> None:
    enter(client, SystemFactory.create())
    assert client.get(ADDRESS).status_code == 404


def test_queries_do_not_grow_with_systems(client: Client, state: System) -> None:
    enter(client, state)
    counts = []
    for more in (0, 27):
        for n in range(more):
            promise(system(f"more-{n}", state), f"Aim {n}", GREEN)
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, state: System, method: str) -> None:
    enter(client, state)
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_the_dashboard_above_others_keeps_its_few_queries(client: Client, state: System) -> None:
    """Session, person and frame included; on PostgreSQL the name of the state is one more."""
    enter(client, state)
    client.get("/state/")  # the first page of a session is noted in it
    for more in (0, 25):
        for n in range(more):
            promise(system(f"more-{n}", state), f"Aim {n}", GREEN)
        with CaptureQueriesContext(connection) as captured:
            page = shown(client, "/state/")
        assert "has an aspiration that is Red: Schools" in page
        assert len(captured) <= (8 if connection.vendor == "postgresql" else 7)
