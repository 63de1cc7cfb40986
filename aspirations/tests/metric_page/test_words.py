"""The page of a metric says what was judged, and what is missing."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aspirations import sentences
from aspirations.models import (
    Import,
    Judgment,
    Metric,
    Observation,
    Rebase,
    Series,
    Target,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from aspirations.tests.metric_page.reading import (
    DUE,
    FIRST,
    VALUES,
    add_segments,
    shown,
)
from people.models import System, User

pytestmark = pytest.mark.django_db


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
