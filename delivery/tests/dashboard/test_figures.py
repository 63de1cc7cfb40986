"""Everything the dashboard prints is the stored judgment, in words."""

from datetime import date

from django.utils.html import escape

from aspirations import sentences
from aspirations.models import Metric, Observation
from aspirations.services.judging import judge_now
from aspirations.tests.factories import MetricFactory, SeriesFactory, agreed_path, observe, place
from delivery.tests.dashboard.conftest import (
    BASE,
    DUE,
    FIRST,
    LEVEL,
    Shown,
    World,
    add_metric,
    add_series,
    whole,
)


def row_of(page: str, metric: Metric) -> str:
    """The markup of a metric's row."""
    rows = [row.split("</tr>")[0] for row in page.split('<tr class="m"')[1:]]
    return next(
        row for row in rows if f'class="m-name" href="/meridian/metrics/{metric.slug}/"' in row
    )


def test_a_row_says_what_was_judged(shown: Shown, world: World) -> None:
    told = whole(world.grade).current_judgment
    assert told is not None
    assert told.likelihood is not None
    row = row_of(shown(), world.grade)
    assert sentences.light_word(told.light) in row
    for words in (
        "Reading, Grade 3",
        "Director, Early Learning",
        sentences.value_text(world.grade, told.actual),
        f"<b>{sentences.signed(world.grade, told.gap)}</b> behind",
        f"Path {sentences.value_text(world.grade, told.expected)}",
        sentences.chance_short(told.likelihood).capitalize(),
        f"Forecast {sentences.bare(world.grade, told.forecast)} "
        f"({sentences.range_text(world.grade, told.likely_low, told.likely_high)})",
        "Target 90% by Sep 2025",
        "Feb 2025",
        "14 days old",
        sentences.freshness_text(told, told.as_of),
    ):
        assert words in row


def test_the_last_five_lights_stand_oldest_first_with_their_periods(
    shown: Shown, world: World
) -> None:
    told = whole(world.grade).current_judgment
    assert told is not None
    row, at = row_of(shown(), world.grade), 0
    assert len(told.earlier) == 5
    for step in told.earlier:
        period = sentences.period_text(world.grade, date.fromisoformat(step["period"]))
        words = f'{sentences.light_word(step["light"])}</span><span class="vh">, {period}</span>'
        at = row.index(words, at) + 1


def test_the_worst_segment_is_named_with_its_light_and_leads_to_it(
    shown: Shown, world: World
) -> None:
    page = shown()
    assert whole(world.grade).current_judgment.light != "G"  # type: ignore[union-attr]
    link = '<a href="/meridian/metrics/grade-3/?segment=north">Rural north</a>'
    assert f"Worst: {link}, Red" in row_of(page, world.grade)
    assert f"Worst segment: {link}" in page.split('<tr class="m"')[0]
    assert "Metro south</a>" not in page
    assert "Worst" not in row_of(page, world.days)


def test_an_unjudged_segment_is_never_the_worst_while_another_is_judged(
    shown: Shown, world: World
) -> None:
    add_series(world.days, "east", None, "Old east")
    assert "Its 1 segment is not judged." in row_of(shown(), world.days)
    add_series(world.days, "south", 57.5)
    row = row_of(shown(), world.days)
    assert "Metro south" in row
    assert "Old east" not in row


def test_segment_codes_are_written_into_links_whole(shown: Shown, world: World) -> None:
    add_series(world.days, "income=low&place=a/b", 120.0, "<Low> income")
    row = row_of(shown(), world.days)
    assert "?segment=income%3Dlow%26place%3Da%2Fb" in row
    assert "&lt;Low&gt; income" in row


def test_what_is_not_judged_says_why(shown: Shown, world: World) -> None:
    aimless = add_metric(world.system, "aimless", None, name="Aimless")
    row = row_of(shown(), aimless)
    assert "Not judged" in row
    assert "No target has been agreed." in row
    assert "No target</span>" in row, "the chance column says it too"
    assert "56.1%" in row, "the latest figure is shown all the same"


def test_a_stale_series_loses_its_colour_and_says_so(shown: Shown, world: World) -> None:
    old = add_metric(world.system, "old", 57.5, name="Old figures", expected_lag=0)
    Observation.objects.filter(series__metric=old, period__gte=date(2024, 12, 1)).delete()
    judge_now([whole(old).pk])
    row = row_of(shown(), old)
    assert "Not judged" in row
    assert "The data are stale" in row
    assert 'class="stale"' in row


def test_late_data_is_judged_and_said_to_be_late(shown: Shown, world: World) -> None:
    late = add_metric(world.system, "late", 57.5, name="Late figures", expected_lag=0)
    Observation.objects.filter(series__metric=late, period__gte=date(2025, 2, 1)).delete()
    judge_now([whole(late).pk])
    row = row_of(shown(), late)
    assert "Late: due 28 Feb 2025, 14 days ago" in row
    assert "Not judged" not in row.split("</td>")[0]


def test_what_is_pending_is_said(shown: Shown, world: World) -> None:
    falling = add_metric(world.system, "falling", 60.0)
    told = whole(falling).current_judgment
    assert told is not None
    assert (told.light, told.pending) == ("AG", "AR")
    page = shown()
    row = row_of(page, falling)
    assert "<b>Pending:</b> Amber-Red next time unless the next figure is better" in row
    assert "Pending:" not in row_of(page, world.days)


def test_at_the_target_period_the_row_says_what_became_of_it(shown: Shown, world: World) -> None:
    metric = MetricFactory.create(system=world.system, slug="done", name="Done", expected_lag=20)
    series = SeriesFactory.create(metric=metric)
    observe(series, FIRST, LEVEL)
    agreed_path(series, (BASE, 54.2), (date(2025, 2, 1), 90.0))
    judge_now([series.pk])
    row = row_of(shown(), metric)
    assert row.count("Missed") == 2
    assert "Forecast" not in row


def test_a_metric_without_a_figure_for_the_whole_leads_to_its_segments(
    shown: Shown, world: World
) -> None:
    metric = MetricFactory.create(system=world.system, slug="parts", name="Only parts")
    place(metric, world.reading)
    add_series(metric, "north", 57.5)
    add_series(metric, "south", 120.0)
    row = row_of(shown(), metric)
    assert "No figure for the whole system, only for its 2 segments." in row
    assert "Metro south</a>, Red" in row


def test_wanted_metrics_and_those_without_figures_say_so(shown: Shown, world: World) -> None:
    wanted = MetricFactory.create(system=world.system, slug="w", prominence="development")
    empty = MetricFactory.create(system=world.system, slug="e")
    waiting = SeriesFactory.create(metric=MetricFactory.create(system=world.system, slug="q"))
    page = shown()
    assert "Wanted, but not yet available." in row_of(page, wanted)
    assert "No figures have been loaded." in row_of(page, empty)
    assert "Its figures wait for the next turn of work." in row_of(page, waiting.metric)


def test_names_are_text_never_markup(shown: Shown, world: World) -> None:
    name = "<script>alert(1)</script>"
    Metric.objects.filter(pk=world.days.pk).update(name=name, owner=name)
    page = shown()
    assert name not in page
    assert escape(name) in page


def test_the_drawing_is_described_in_words(shown: Shown, world: World) -> None:
    row = row_of(shown(), world.grade)
    label = row.split('aria-label="Reading, Grade 3: ')[1].split('"')[0]
    assert label.startswith("latest 56.1%, Path ")
    assert "target 90% by Sep 2025" in label
    assert f"target {DUE:%Y}" not in label


def test_a_band_is_inside_or_outside_and_its_edges_are_named(shown: Shown, world: World) -> None:
    fields = {"direction": "band", "unit": "°C"}
    inside = add_metric(world.system, "in", 55.0, band_low=50.0, band_high=60.0, **fields)
    outside = add_metric(world.system, "out", 59.0, band_low=58.0, band_high=60.0, **fields)
    page = shown()
    assert "Inside its band" in row_of(page, inside)
    for words in ("<b>−1.9</b> outside", "Band 58 to 60 °C", "Target 58 to 60 °C by Sep 2025"):
        assert words in row_of(page, outside)


def test_at_the_target_period_the_target_speaks_for_the_path(shown: Shown, world: World) -> None:
    metric = MetricFactory.create(system=world.system, slug="ended")
    row = SeriesFactory.create(metric=metric)
    observe(row, FIRST, LEVEL)
    agreed_path(row, (BASE, 54.2), (date(2025, 2, 1), 90.0))
    judge_now([row.pk])
    said = row_of(shown(), metric)
    assert "Target 90% by Feb 2025" in said
    assert "Path 90" not in said


def test_a_metric_without_direction_is_for_reference(shown: Shown, world: World) -> None:
    metric = add_metric(world.system, "people", None, direction="none")
    row = row_of(shown(), metric)
    assert "For reference" in row
    assert "No target" not in row
