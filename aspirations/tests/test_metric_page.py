"""The metric page: who may read it, and that it says what was judged."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aspirations import sentences
from aspirations.models import (
    Event,
    Import,
    Judgment,
    Metric,
    Observation,
    Rebase,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from aspirations.models.events import is_safe_address
from aspirations.pages import events
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    UserFactory,
    agreed_path,
    observe,
)
from people.models import System, User

pytestmark = pytest.mark.django_db

FIRST, BASE, DUE = date(2024, 1, 1), date(2024, 6, 1), date(2026, 12, 1)
VALUES = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]


@pytest.fixture
def system() -> System:
    return SystemFactory.create(slug="meridian", name="Meridian", reporting_date=date(2025, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return MetricFactory.create(
        system=system,
        slug="reading",
        name="Reading",
        owner="Director, Early Learning",
        expected_lag=20,
        source="State check",
    )


@pytest.fixture
def series(metric: Metric) -> Series:
    row: Series = SeriesFactory.create(metric=metric)
    observe(row, FIRST, VALUES)
    agreed_path(row, (BASE, 54.2), (DUE, 72.0), reason="Agreed with finance")
    judge_now([row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def reader(system: System, client: Client) -> User:
    user: User = MembershipFactory.create(system=system, role="unit_staff").user
    client.force_login(user)
    return user


def address(query: str = "") -> str:
    return reverse("metric", args=["meridian", "reading"]) + query


def shown(client: Client, query: str = "") -> str:
    response = client.get(address(query))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def add_segments(metric: Metric, count: int, start: int = 0) -> list[Series]:
    """Segments with falling figures and a path each; every fifth has neither."""
    rows = []
    for n in range(start, start + count):
        segment = SegmentFactory.create(
            system=metric.system, code=f"area={n:03d}", name=f"District {n:03d}"
        )
        row = SeriesFactory.create(metric=metric, segment=segment)
        rows.append(row)
        if n % 5 == 4:
            continue
        observe(row, FIRST, [value - 0.1 * n for value in VALUES])
        agreed_path(row, (BASE, 54.2), (DUE, 60.0 + n % 7))
    judge_now([row.pk for row in rows])
    return rows


# --------------------------------------------------------------------------- who may read it
def test_a_member_reads_it(client: Client, series: Series, reader: User) -> None:
    assert "Reading" in shown(client)


def test_a_reader_of_the_parent_system_reads_it(
    client: Client, series: Series, system: System
) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = shown(client)
    assert "Agreed with finance" not in page, "versions of a plan are for the system itself"


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_roles_that_read_no_dashboard_find_nothing(
    client: Client, series: Series, system: System, role: str
) -> None:
    client.force_login(MembershipFactory.create(system=system, role=role).user)
    assert client.get(address()).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(address()).status_code == 404


def test_an_installation_administrator_is_a_stranger_too(client: Client, series: Series) -> None:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    assert client.get(address()).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, series: Series) -> None:
    response = client.get(address())
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("query", ["?segment=nowhere", "?segment=' OR 1=1", "?segment=%00"])
def test_an_unknown_segment_is_not_found(
    client: Client, series: Series, reader: User, query: str
) -> None:
    assert client.get(address(query)).status_code == 404


def test_a_metric_of_another_system_is_not_found(
    client: Client, series: Series, reader: User
) -> None:
    other = MetricFactory.create(slug="elsewhere")
    assert client.get(reverse("metric", args=["meridian", other.slug])).status_code == 404


def test_it_is_only_read(client: Client, series: Series, reader: User) -> None:
    assert client.post(address()).status_code == 405


@pytest.mark.parametrize("query", ["?light=X", "?page=x", "?page=999", "?all=x", "?light="])
def test_odd_filters_show_everything(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 2)
    assert "District 000" in shown(client, query)


# --------------------------------------------------------------------------- what it says
def test_the_numbers_are_those_of_the_stored_judgment(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    told = series.current_judgment
    assert told is not None
    assert told.likelihood is not None
    page = shown(client)
    assert sentences.metric_headline(metric, told, series.segment, "72% by Dec 2026") in page
    assert f"<b>{sentences.chance(told.likelihood)}</b>" in page
    for found in sentences.evidence_items(told, metric):
        assert found.sentence in page
    assert sentences.would_move_text(told, metric) in page
    assert "Next figure due" in page


@pytest.mark.parametrize(
    ("months", "words"),
    [([], "Monthly"), ([9, 11, 1, 2, 4, 6], "Six times a year"), ([9], "Once a year")],
)
def test_it_says_how_often_a_figure_comes(
    client: Client, series: Series, metric: Metric, reader: User, months: list[int], words: str
) -> None:
    Metric.objects.filter(pk=metric.pk).update(expected_months=months)
    assert f"<span>{words}</span>" in shown(client)


def test_a_judgment_is_never_worked_out_anew_by_the_page(
    client: Client, series: Series, reader: User
) -> None:
    Judgment.objects.bulk_create(
        [
            Judgment(
                series=series, seq=2, as_of=date(2025, 3, 14), light="N",
                not_judged_reason="quality_d", engine_version="1", input_hash="x",
            )
        ]
    )  # fmt: skip
    series.current_judgment = Judgment.objects.get(series=series, seq=2)
    series.save()
    page = shown(client)
    assert "Reading is not judged: its data are too weak." in page
    assert "chance of reaching" not in page


def test_the_table_holds_the_figures_and_names_the_missing(
    client: Client, series: Series, reader: User
) -> None:
    Observation.objects.filter(series=series, period=date(2024, 9, 1)).update(
        value=None, missing_reason="missing"
    )
    page = shown(client, "?all=1")
    assert '<th scope="row">Jan 2024</th> <td class="num">54.1</td> <td class="num">–</td>' in page
    assert '<th scope="row">Sep 2024</th> <td class="num">missing</td>' in page


def test_long_tables_show_the_latest_periods_and_offer_the_rest(
    client: Client, metric: Metric, reader: User
) -> None:
    row = SeriesFactory.create(metric=metric)
    observe(row, date(2022, 1, 1), [50.0 + n % 3 for n in range(36)])
    judge_now([row.pk])
    assert "Show 24 earlier periods" in shown(client)
    assert '<th scope="row">Jan 2022</th>' not in shown(client)
    assert '<th scope="row">Jan 2022</th>' in shown(client, "?all=1")


def test_segments_stand_worst_first_with_counts_and_reasons(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    rows = add_segments(metric, 10)
    page = shown(client)
    lights = [
        Series.objects.get(pk=row.pk).current_judgment.light  # type: ignore[union-attr]
        for row in rows
    ]
    assert f"All {len(rows)}" in page
    assert lights.count("N") == 2
    assert "no target (2)" in page
    order = [page.index(f">{row.segment.name}</a></th>") for row in rows]
    ranked = sorted(rows, key=lambda row: order[rows.index(row)])
    ranks = [["R", "AR", "AG", "G", "N"].index(lights[rows.index(row)]) for row in ranked]
    assert ranks == sorted(ranks)
    assert f'Worst segment: <a href="?segment={ranked[0].segment.code.replace("=", "%3D")}' in page


def test_a_filter_by_light_shows_only_that_light(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    rows = add_segments(metric, 10)
    page = shown(client, "?light=N")
    kept = [row for row in rows if f">{row.segment.name}</a></th>" in page]
    assert [row.segment.name for row in kept] == ["District 004", "District 009"]


def test_a_segment_has_the_same_page_under_its_name(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 1)
    page = shown(client, "?segment=area=000")
    assert "Reading, District 000" in page
    assert "track.csv?segment=area%3D000" in page
    assert "Worst segment" not in page


def test_a_metric_of_segments_only_says_so(client: Client, metric: Metric, reader: User) -> None:
    add_segments(metric, 1)
    page = shown(client)
    assert "Reading has no figure for the whole system, only for its segments." in page
    assert "District 000" in page


def test_a_metric_with_nothing_teaches_what_is_missing(
    client: Client, metric: Metric, reader: User
) -> None:
    row = SeriesFactory.create(metric=metric)
    judge_now([row.pk])
    page = shown(client)
    assert "Reading has no target, so it is not judged." in page
    assert "Nothing has been observed and no path agreed" in page
    assert "data-chart" not in page


def test_a_series_that_waits_for_its_first_judgment_says_so(
    client: Client, metric: Metric, reader: User
) -> None:
    observe(SeriesFactory.create(metric=metric), FIRST, VALUES)
    assert "Reading waits for its first judgment." in shown(client)


def test_moved_targets_stay_in_sight(client: Client, series: Series, reader: User) -> None:
    series.trajectories.update(status=Agreement.SUPERSEDED)
    series.targets.update(status=Agreement.SUPERSEDED)
    agreed = {"status": Agreement.AGREED, "reason": "Too ambitious", "version": 2}
    Trajectory.objects.create(
        series=series,
        baseline=series.baselines.get(),
        target=Target.objects.create(series=series, due=DUE, value=68.0, **agreed),
        **agreed,
    )
    page = shown(client)
    assert "The target was 72% by Dec 2026." in page
    assert f"{reverse('metric_trajectory', args=['meridian', 'reading'])}#versions" in page
    assert "Faint dashed lines: paths agreed before." in page
    assert "Before: 72%" in page
    assert page.count('"role": "ghost"') == 1


def test_new_limits_give_their_reason(client: Client, series: Series, reader: User) -> None:
    Rebase.objects.create(series=series, period=date(2024, 10, 1), reason="Coaching everywhere")
    page = shown(client)
    assert "New limits start in Oct 2024: Coaching everywhere." in page
    assert page.count("; new limits start") == 1


def test_the_latest_file_is_named_to_those_who_may_read_observations(
    client: Client, series: Series, system: System, reader: User
) -> None:
    brought = Import.objects.create(
        system=system, file_name="reading-2025.csv", sha256="0", rows=14, added=14, changed=0,
        unchanged=0, author=reader,
    )  # fmt: skip
    Observation.objects.filter(series=series).update(imported=brought)
    assert "reading-2025.csv" in shown(client)
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    assert "reading-2025.csv" not in shown(client)


def test_names_are_shown_not_run(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    Metric.objects.filter(pk=metric.pk).update(name="<script>alert(1)</script> %{x}")
    page = shown(client)
    assert "<script>alert(1)" not in page
    assert "\\u003Cscript" not in page, "chart labels are escaped before they become JSON"


def test_nothing_on_the_page_breaks_the_content_security_policy(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 2)
    page = shown(client)
    assert "style=" not in page
    assert "<style" not in page
    assert "onclick" not in page


# --------------------------------------------------------------------------- tabs and layers
def test_tabs_keep_the_segment(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 1)
    page = shown(client, "?segment=area=000")
    for name in ("metric", "metric_trajectory", "metric_definition", "metric_data"):
        address = reverse(name, args=["meridian", "reading"])
        assert f'<a href="{address}?segment=area%3D000"' in page


def test_tabs_that_do_not_open_are_not_offered(
    client: Client, series: Series, system: System
) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = shown(client)
    assert "/definition/" in page
    for hidden in ("/trajectory/", "/judgments/", "/data/"):
        assert f"/metrics/reading{hidden}" not in page


@pytest.mark.parametrize(
    ("query", "on"),
    [
        ("", {"variation", "forecast"}),
        ("?layers=", set()),
        ("?layers=variation", {"variation"}),
        ("?layers=&layers=variation&layers=forecast", {"variation", "forecast"}),
        ("?layers=variation,forecast", {"variation", "forecast"}),
        ("?layers=nonsense", set()),
    ],
)
def test_the_address_says_which_layers_are_shown(
    client: Client, series: Series, reader: User, query: str, on: set[str]
) -> None:
    page = shown(client, query)
    shown_ones = {name for name in ("variation", "forecast") if f'value="{name}" checked' in page}
    assert shown_ones == on


def test_the_switches_carry_along_what_else_the_address_says(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 2)
    page = shown(client, "?segment=area=000&group=area=001&reference=best&light=R")
    for name, value in (("segment", "area=000"), ("group", "area=001"), ("reference", "best")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_the_drawing_needs_no_script(client: Client, series: Series, reader: User) -> None:
    page = shown(client)
    assert '<svg class="wide"' in page
    assert '<svg class="narrow"' in page
    assert "Target 72%" in page
    assert "% actual" in page


# --------------------------------------------------------------------------- events
@pytest.fixture
def happened(series: Series) -> list[Event]:
    told = [
        ("intervention", date(2024, 3, 1), "Coaches start", ""),
        ("cycle", date(2024, 5, 1), "Cycle 14", "/meridian/"),
        ("outside", date(2024, 7, 1), "A storm", "javascript:alert(1)"),
        ("milestone", date(2024, 9, 1), "All hired", "https://example.org/<x>"),
    ]
    return [
        Event.objects.create(series=series, kind=kind, date=day, label=label, address=address)
        for kind, day, label, address in told
    ]


def test_events_are_numbered_in_order_of_time_and_told_beneath(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    page = shown(client)
    order = [page.index(f"{event.label}") for event in happened]
    assert order == sorted(order)
    assert page.count('<g class="flag">') == 8, "four on the wide drawing, four on the narrow"
    for shape in ("circle", "square", "diamond"):
        assert f'<b class="k {shape}">' in page
    assert "Milestone: " in page
    assert "overdue" in page


def test_only_safe_addresses_become_links(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    page = shown(client)
    assert '<a href="/meridian/">Cycle 14</a>' in page
    assert "javascript:" not in page
    assert '<a href="https://example.org/&lt;x&gt;" rel="noopener noreferrer">All hired</a>' in page


def test_what_was_taken_back_is_not_told(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    Event.objects.filter(pk=happened[0].pk).update(
        withdrawn_at=timezone.now(), withdrawal_reason="Never happened at all"
    )
    assert "Coaches start" not in shown(client)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/a/b/", True), ("https://x.org/", True), ("http://x.org", True), ("//x.org", False),
        ("/\\x.org", False), ("javascript:alert(1)", False), ("ftp://x.org", False),
        ("x.org", False), ("", False), ("https://", False), ("/a\nb", False),
        ("http://[bad", False), (" /a", False),
    ],
)  # fmt: skip
def test_which_addresses_are_safe(address: str, kept: bool) -> None:
    assert is_safe_address(address) == kept


def test_a_milestone_says_whether_it_was_reached() -> None:
    due = Event(kind="milestone", date=date(2025, 1, 1))
    assert events.note(due, date(2024, 12, 1)) == "not yet due"
    assert events.note(due, date(2025, 2, 1)) == "overdue"
    due.done_on = date(2025, 1, 9)
    assert events.note(due, date(2025, 2, 1)) == "reached 9 Jan 2025"


# --------------------------------------------------------------------------- groups and gaps
def test_each_group_has_a_small_chart_with_its_gap(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client)
    assert page.count('<svg class="panel"') == 3
    assert "0.2 points behind the whole, was 0.2 points in Jun 2024" in page


def test_of_many_groups_twelve_are_drawn_and_the_rest_is_in_the_table(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 15)
    page = shown(client)
    assert page.count('<svg class="panel"') == 12
    assert "The 3 further are in the table." in page


def test_groups_are_chosen_by_dimension(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    for row, parts in zip(
        add_segments(metric, 14), [{"income": "low"}, {"income": "high"}, *[{"area": "x"}] * 12],
        strict=True,
    ):  # fmt: skip
        Segment.objects.filter(pk=row.segment_id).update(parts=parts)
    assert shown(client).count('<svg class="panel"') == 2, "the dimension with the fewest groups"
    page = shown(client, "?dimension=area")
    assert page.count('<svg class="panel"') == 12
    assert "By income" in page
    assert shown(client, "?dimension=nonsense").count('<svg class="panel"') == 2


def test_the_gap_is_said_drawn_and_tabled(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client, "?group=area=002&reference=all")
    assert "The gap of District 002 to Everyone is as wide as in Jun 2024: 0.2 points." in page
    assert "Relative: the reference is 1.00 times the group, as it was." in page
    assert '<td class="num"><b>+0.2</b></td> <td class="num">1.00</td>' in page
    assert "gap.csv?group=area%3D002&amp;reference=all" in page


def test_the_best_group_is_named(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client, "?group=area=002&reference=best")
    assert "<td>District 000</td>" in page


@pytest.mark.parametrize("query", ["?group=nowhere", "?reference=nowhere", "?group=%00"])
def test_an_unknown_group_asks_nothing(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 2)
    assert "Absolute gap" in shown(client, query)


def test_groups_without_a_common_period_say_what_is_missing(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    segment = SegmentFactory.create(system=metric.system, code="empty", name="Empty")
    SeriesFactory.create(metric=metric, segment=segment)
    page = shown(client)
    assert "The gap between groups cannot be shown yet" in page


# --------------------------------------------------------------------------- what it costs
# Sign-in and gate 3, frame and rights 2, series 1, aspiration 1, segments 1, the figures of all
# series that are shown 6, earlier paths 1, events 1, rebases 1, views of the unit 1, earlier
# judgments 1, benchmarks 1, file 1; one to spare. A table copied out is logged twice and counted
# once.
MOST = 22


def asked(captured: CaptureQueriesContext) -> int:
    """Queries that reached the database."""
    return sum(not query["sql"].endswith("TO STDOUT") for query in captured.captured_queries)


@pytest.mark.parametrize("query", ["", "?light=AR", "?page=2", "?group=area=003&reference=best"])
def test_queries_do_not_grow_with_segments(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 51)
    client.get(address(query))
    with CaptureQueriesContext(connection) as few:
        client.get(address(query))
    assert asked(few) <= MOST
    add_segments(metric, 60, start=51)
    with CaptureQueriesContext(connection) as many:
        assert "All 111" in shown(client, query)
    assert asked(many) == asked(few)
