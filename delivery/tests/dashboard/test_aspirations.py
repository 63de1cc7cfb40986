"""Aspirations on the dashboard: computed light, counts, findings, and what stands outside."""

from django.test import Client

from aspirations.models import Aspiration, Series
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SystemFactory,
    place,
)
from delivery.tests.dashboard.conftest import Shown, World, add_metric, add_series, whole


def head_of(page: str, aspiration: Aspiration) -> str:
    """The markup of an aspiration's row."""
    return page.split(f'<h3 id="{aspiration.slug}">')[1].split("</tr>")[0]


def light_of(head: str) -> str:
    return head.split('<use href="#L-')[1].split('"')[0]


def test_an_aspiration_takes_its_lowest_headline_metric(shown: Shown, world: World) -> None:
    assert whole(world.grade).current_judgment.light == "R"  # type: ignore[union-attr]
    place(add_metric(world.system, "well", 57.5), world.reading, order=1)
    head = head_of(shown(), world.reading)
    assert light_of(head) == "R"
    assert "Lowest: Reading, Grade 3" in head
    assert "<bdi>Deputy, Learning</bdi> · 2 headline metrics: 1 Red, 1 Green" in head


def test_a_metric_that_is_not_a_headline_sets_no_light(shown: Shown, world: World) -> None:
    place(add_metric(world.system, "x", 90.0, prominence="secondary"), world.attendance)
    head = head_of(shown(), world.attendance)
    assert light_of(head) == "G"
    assert "1 headline metric: 1 Green" in head


def test_not_judged_headlines_are_counted(shown: Shown, world: World) -> None:
    place(add_metric(world.system, "aimless", None), world.attendance)
    place(MetricFactory.create(system=world.system), world.attendance)
    head = head_of(shown(), world.attendance)
    assert light_of(head) == "G"
    assert "3 headline metrics: 1 Green, 2 not judged" in head


def test_without_a_judged_headline_there_is_no_light(shown: Shown, world: World) -> None:
    bare = AspirationFactory.create(system=world.system, slug="bare", title="Bare")
    place(add_metric(world.system, "aimless", None), bare)
    head = head_of(shown(), bare)
    assert light_of(head) == "N"
    assert "Lowest:" not in head


def test_an_aspiration_without_metrics_is_still_shown(shown: Shown, world: World) -> None:
    AspirationFactory.create(system=world.system, slug="new", title="A new promise")
    head = head_of(shown(), Aspiration.objects.get(slug="new"))
    assert "No metric has been placed under it yet." in head
    assert "No headline metric, so no light of its own" in head
    assert 'id="new"' not in shown("?light=R")


def test_a_retired_aspiration_is_not_shown_but_its_metrics_are(shown: Shown, world: World) -> None:
    Aspiration.objects.filter(pk=world.reading.pk).update(status="retired")
    page = shown()
    assert "Every child reads" not in page
    assert page.index("Under no aspiration") < page.index(
        'class="m-name" href="/meridian/metrics/grade-3/"'
    )


def test_metrics_under_no_aspiration_come_last(shown: Shown, world: World) -> None:
    add_metric(world.system, "alone", 57.5, name="A metric alone")
    page = shown()
    assert page.index("Days in school") < page.index("Under no aspiration")
    assert page.index("Under no aspiration") < page.index(">A metric alone</a>")


def test_a_metric_that_serves_two_aspirations_stands_under_both_and_counts_once(
    shown: Shown, world: World
) -> None:
    place(world.grade, world.attendance, order=1)
    page = shown()
    assert page.count('class="m-name" href="/meridian/metrics/grade-3/"') == 2
    assert "2 metrics today" in page


def test_the_worst_segment_of_another_metric_names_that_metric(shown: Shown, world: World) -> None:
    head = head_of(shown(), world.reading)
    assert "Rural north</a></span>" in head, "it belongs to the lowest metric, named beside it"
    well = add_metric(world.system, "well", 57.5, name="Well")
    place(well, world.reading, order=1)
    add_series(well, "west", 140.0, "Far west")
    chance = {
        row.segment.code: row.current_judgment.likelihood  # type: ignore[union-attr]
        for row in Series.objects.select_related("segment", "current_judgment")
    }
    assert (chance["west"] or 0) < (chance["north"] or 0)
    assert "Far west</a> (Well)</span>" in head_of(shown(), world.reading)


def test_the_finding_names_the_aspiration_in_trouble(shown: Shown, world: World) -> None:
    page = shown()
    assert (
        "<h1>One of two aspirations is close to plan. "
        "“Every child reads” is Red and needs a decision.</h1>" in page
    )
    sub = page.split('<p class="sub">')[1].split("</p>")[0]
    assert sub.startswith("Reading, Grade 3 ")
    assert "behind its path and very unlikely to reach 90% by Sep 2025" in sub


def test_trouble_outside_the_headlines_is_not_hidden_by_good_news(
    shown: Shown, world: World
) -> None:
    Aspiration.objects.filter(pk=world.reading.pk).update(status="retired")
    assert "Outside the headlines one metric is in trouble: Reading, Grade 3, Red." in shown()


def test_where_nothing_is_judged_the_reasons_are_counted(client: Client, world: World) -> None:
    system = SystemFactory.create(slug="young")
    aspiration = AspirationFactory.create(system=system, title="Young")
    place(MetricFactory.create(system=system), aspiration)
    place(add_metric(system, "aimless", None), aspiration)
    client.force_login(MembershipFactory.create(system=system).user)
    page = client.get("/young/").content.decode()
    assert "“Young” cannot be judged yet." in page
    assert "Headline metrics not judged: no target (1), not judged yet (1)." in page


def test_an_empty_system_teaches_how_to_begin(client: Client, world: World) -> None:
    system = SystemFactory.create(slug="empty")
    client.force_login(MembershipFactory.create(system=system).user)
    page = client.get("/empty/").content.decode()
    assert "<h1>No aspiration has been set yet.</h1>" in page
    assert 'href="/empty/welcome/"' in page
    assert "<table" not in page


def test_counts_by_light_include_what_is_not_judged(shown: Shown, world: World) -> None:
    add_metric(world.system, "aimless", None)
    MetricFactory.create(system=world.system)
    page = shown()
    counted = page.split('aria-label="Metrics by light">')[1].split("</ol>")[0]
    found = [int(part.split("</b>")[0]) for part in counted.split("<b>")[1:]]
    assert found == [1, 0, 0, 1, 2]
    assert "4 metrics today" in page


def test_nothing_of_another_system_is_shown(shown: Shown, world: World) -> None:
    other = SystemFactory.create(slug="other")
    aspiration = AspirationFactory.create(system=other, title="Foreign promise")
    metric = add_metric(other, "foreign", 90.0, name="Foreign metric", owner="Foreign office")
    place(metric, aspiration)
    # A placement that crosses systems is a fault, and shows nothing all the same.
    place(metric, world.reading)
    page = shown()
    assert "oreign" not in page
    assert "2 metrics today" in page
