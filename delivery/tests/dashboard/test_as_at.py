"""The dashboard as it was known on an earlier day: stored judgments and figures public by then."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from aspirations.models import Observation, ObservationRevision, Wording
from aspirations.services.wordings import keep_wording
from delivery.tests.dashboard.conftest import Shown, World, whole
from delivery.tests.dashboard.judging import judged_on
from delivery.tests.dashboard.test_figures import row_of

WINTER = "?as_at=2024-12-16"


def light_of(row: str) -> str:
    return row.split('<use href="#L-')[1].split('"')[0]


def test_the_latest_judgment_of_the_day_counts(shown: Shown, world: World) -> None:
    judged_on(world.grade, date(2024, 9, 24), "G")
    judged_on(world.grade, date(2024, 12, 16), "AG")
    assert light_of(row_of(shown(), world.grade)) == "R"
    assert light_of(row_of(shown(WINTER), world.grade)) == "AG"
    assert light_of(row_of(shown("?as_at=2024-12-15"), world.grade)) == "G"


def test_what_was_not_recorded_by_then_says_so(shown: Shown, world: World) -> None:
    page = shown("?as_at=2024-01-01")
    assert "Nothing was recorded by then." in row_of(page, world.grade)
    assert light_of(row_of(page, world.grade)) == "N"
    assert "cannot be judged" in page or "can be judged yet" in page


def test_the_day_is_told_with_the_way_back(shown: Shown) -> None:
    page = shown(WINTER + "&light=N&page=1")
    assert "<b>As at 16 December 2024</b>" in page
    assert '<a class="noprint" href="?light=N">Back to today</a>' in page
    assert "2 metrics on 16 December 2024" in page
    assert "Judged figures as at 16 December 2024" in page
    assert "Back to today" not in shown()


def test_a_figure_that_was_not_public_by_then_is_not_drawn(shown: Shown, world: World) -> None:
    judged_on(world.grade, date(2024, 12, 16), "AG")
    before = row_of(shown(WINTER), world.grade)
    seen = Observation.objects.filter(series__metric=world.grade, series__segment__code="all")
    seen.filter(published_on__gt=date(2024, 12, 16)).update(value=99.0)
    assert row_of(shown(WINTER), world.grade) == before
    seen.filter(published_on__lte=date(2024, 12, 16)).update(value=41.0)
    assert row_of(shown(WINTER), world.grade) != before


def corrected(world: World, was: float | None, **more: Any) -> Observation:
    """The figure of November, which had another value until January."""
    row = whole(world.grade).observations.get(period=date(2024, 11, 1))
    ObservationRevision.objects.create(
        observation=row, number=row.revision, value=was, missing_reason="" if was else "missing",
        recorded_at=row.recorded_at, replaced_at=datetime(2025, 1, 20, tzinfo=UTC),
        **{"published_on": row.published_on, **more},
    )  # fmt: skip
    row.revision += 1
    row.save()
    return row


def test_a_figure_corrected_since_is_drawn_as_it_was(shown: Shown, world: World) -> None:
    judged_on(world.grade, date(2024, 12, 16), "AG")
    before = row_of(shown(WINTER), world.grade)
    row = corrected(world, 56.2)
    Observation.objects.filter(pk=row.pk).update(value=41.0)
    assert row_of(shown(WINTER), world.grade) == before
    assert row_of(shown("?as_at=2025-01-19"), world.grade) != row_of(
        shown("?as_at=2025-01-20"), world.grade
    )


def test_one_first_published_then_and_again_since_is_drawn(shown: Shown, world: World) -> None:
    judged_on(world.grade, date(2024, 12, 16), "AG")
    before = row_of(shown(WINTER), world.grade)
    row = corrected(world, 56.2)
    Observation.objects.filter(pk=row.pk).update(published_on=date(2025, 1, 20))
    assert row_of(shown(WINTER), world.grade) == before


@pytest.mark.parametrize("reason", ["missing", "withheld", "suppressed"])
def test_one_that_is_hidden_today_stays_untold(shown: Shown, world: World, reason: str) -> None:
    judged_on(world.grade, date(2024, 12, 16), "AG")
    before = row_of(shown(WINTER), world.grade)
    row = corrected(world, 56.2)
    Observation.objects.filter(pk=row.pk).update(value=None, missing_reason=reason)
    assert (row_of(shown(WINTER), world.grade) == before) == (reason == "missing")


def test_what_speaks_of_today_alone_is_not_offered(shown: Shown) -> None:
    assert 'href="/meridian/places/"' in shown()
    assert 'href="/meridian/places/"' not in shown(WINTER)


def test_before_anything_was_there_the_page_says_so(shown: Shown, world: World) -> None:
    for row in (world.reading, world.attendance):
        keep_wording(aspiration=row, at=datetime(2023, 11, 1, tzinfo=UTC))
    page = shown("?as_at=2023-10-01")
    assert "Nothing had been set up here by that day." in page
    assert "Take the first step" not in page


def test_titles_are_those_of_the_day(shown: Shown, world: World) -> None:
    for version, title, month in ((91, "Every pupil reads", 6), (92, "Nobody reads", 12)):
        Wording.objects.create(
            aspiration=world.reading, version=version, title=title,
            at=datetime(2024, month, 20, tzinfo=UTC),
        )  # fmt: skip
    assert "Every pupil reads" in shown(WINTER)
    assert "Every pupil reads" not in shown()


def test_the_worst_segment_is_that_of_the_day(shown: Shown, world: World) -> None:
    assert "Rural north</a>, Red" in row_of(shown(), world.grade)
    judged_on(world.grade, date(2024, 12, 16), "AG")
    assert "Rural north</a>" not in row_of(shown(WINTER), world.grade)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?as_at=2025-03-15", "15 March 2025 is still to come, so the dashboard is shown as of"),
        ("?as_at=9999-12-31", "is no day to look at. Write it as 2026-03-14."),
        ("?as_at=tomorrow", "“tomorrow” is no day to look at. Write it as 2026-03-14."),
        ("?as_at=2025-02-30", "“2025-02-30” is no day to look at."),
        ("?as_at=%00", "is no day to look at."),
        ("?as_at=0001-01-01", "“0001-01-01” is no day to look at."),
        ("?since=soon", "“soon” is no day to look at."),
        ("?since=2025-03-14", "14 March 2025 is not before the day shown"),
        ("?as_at=<b>", "“&lt;b&gt;” is no day to look at."),
    ],
)
def test_a_day_that_cannot_be_followed_is_explained(shown: Shown, query: str, words: str) -> None:
    page = shown(query)
    assert words in page
    assert "Back to today" not in page


def test_the_day_stays_while_one_filters(shown: Shown) -> None:
    page = shown(WINTER)
    assert '<input type="hidden" name="as_at" value="2024-12-16">' in page
    assert 'href="?as_at=2024-12-16&amp;light=N"' in page


def test_today_by_name_is_today(shown: Shown) -> None:
    assert "Back to today" not in shown("?as_at=2025-03-14")


def test_what_is_past_opens_to_the_same_readers(client: Client, world: World) -> None:
    assert client.get(f"/meridian/{WINTER}").status_code == 302
