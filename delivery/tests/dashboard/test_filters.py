"""Filters, order and pages of the league table live in the address; nonsense asks for all."""

import re
from urllib.parse import quote

import pytest

from aspirations.models import Observation
from aspirations.services.judging import judge_now
from aspirations.tests.factories import place
from delivery.board import dashboard
from delivery.tests.dashboard.conftest import Shown, World, add_metric, whole


def names(page: str) -> list[str]:
    """The metrics of the table, in order."""
    return re.findall(r'class="m-name" href="[^"]*">([^<]*)<', page)


ALL = ["Reading, Grade 3", "Days in school"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?light=R", ["Reading, Grade 3"]),
        ("?light=G", ["Days in school"]),
        ("?light=AG", []),
        ("?owner=Director%2C+Support", ["Days in school"]),
        ("?light=R&owner=Director%2C+Support", []),
        ("?late=1", []),
        ("?sort=attention", ALL),
        ("?light=&owner=&sort=aspiration", ALL),
    ],
)
def test_filters(shown: Shown, query: str, expected: list[str]) -> None:
    page = shown(query)
    assert names(page) == expected
    assert f"Showing {len(expected)} of 2 metrics" in page


@pytest.mark.parametrize(
    "query",
    [
        "?light=zzz", "?light=%00", "?light=R&light=zzz", "?sort=%00&late=maybe", "?page=-1",
        "?page=abc", "?page=99999999999999999999", "?page=%00", "?unknown=1", "?late=2",
        "?light[]=R", "?sort=attention%27--",
    ],
)  # fmt: skip
def test_words_that_mean_nothing_ask_for_everything(shown: Shown, query: str) -> None:
    assert set(names(shown(query))) == set(ALL)


@pytest.mark.parametrize("owner", ["Nobody", "\0", "x" * 5000, "<b>", "'; DROP TABLE", "ﬀ\u202e"])
def test_an_owner_nobody_has_asks_for_everything(shown: Shown, owner: str) -> None:
    page = shown(f"?owner={quote(owner)}")
    assert names(page) == ALL
    assert "Showing 2 of 2 metrics" in page
    assert " selected>" not in page, "the control must not say what the table does not"


def test_filters_that_leave_nothing_say_so_and_how_to_go_on(shown: Shown) -> None:
    page = shown("?light=AG")
    assert names(page) == []
    assert "No metric matches these filters" in page
    assert "Show all metrics" in page


def test_late_and_stale_data_only(shown: Shown, world: World) -> None:
    late = add_metric(world.system, "late", 57.5, name="Late figures", expected_lag=0)
    Observation.objects.filter(series__metric=late, period="2025-02-01").delete()
    judge_now([whole(late).pk])
    assert names(shown("?late=1")) == ["Late figures"]


def test_counts_and_finding_are_of_the_whole_whatever_is_filtered(shown: Shown) -> None:
    every, one = shown(), shown("?light=G")
    start, end = "<h1>", '<section class="section'
    assert every.split(start)[1].split(end)[0] == one.split(start)[1].split(end)[0]


def test_an_aspiration_keeps_its_light_and_worst_segment_whatever_is_filtered(
    shown: Shown, world: World
) -> None:
    place(add_metric(world.system, "well", 57.5, name="Well"), world.reading, order=1)
    page = shown("?light=G")
    assert names(page) == ["Well", "Days in school"]
    head = page.split('<h3 id="reading">')[1].split("</tr>")[0]
    assert 'href="#L-R"' in head
    assert "Rural north" in head


def test_the_title_of_the_table_says_its_order(shown: Shown) -> None:
    assert "All metrics, by aspiration" in shown()
    page = shown("?sort=attention")
    assert "All metrics, those that need attention first" in page
    assert "All metrics, by aspiration" not in page


def test_each_light_is_counted_among_what_the_other_filters_let_through(shown: Shown) -> None:
    page = shown("?owner=Director%2C+Support&light=G")
    assert re.search(r'id="chip-all" href="[^"]*">All 1</a>', page)
    assert re.search(r'id="chip-G".*?</span></span> 1</a>', page)
    assert re.search(r'id="chip-R".*?</span></span> 0</a>', page)


def test_the_controls_keep_what_was_chosen(shown: Shown) -> None:
    page = shown("?light=R&owner=Director%2C+Early+Learning&sort=attention&late=1")
    assert re.search(r'id="chip-R" href="[^"]*" aria-current="true"', page)
    assert 'id="chip-all"' in page
    assert page.count('aria-current="true"') == 1
    assert '<input type="hidden" name="light" value="R">' in page
    assert '<option value="Director, Early Learning" selected>' in page
    assert '<option value="attention" selected>' in page
    assert 'value="1" checked' in page
    green = re.search(r'id="chip-G" href="([^"]*)"', page)
    assert green
    for kept in ("owner=", "sort=attention", "late=1", "light=G"):
        assert kept in green[1]


def test_attention_first_ranks_without_aspirations(shown: Shown, world: World) -> None:
    add_metric(world.system, "worse", 140.0, name="Worse")
    add_metric(world.system, "aimless", None, name="Aimless")
    page = shown("?sort=attention")
    assert names(page) == ["Worse", "Reading, Grade 3", "Days in school", "Aimless"]
    assert '<tr class="asp"' not in page


def test_the_fragment_is_the_region_of_the_page(shown: Shown) -> None:
    page, fragment = shown("?light=R"), shown("?light=R", **{"HX-Target": "league"})
    assert "<html" not in fragment
    assert fragment.startswith('<div id="league">')
    told, region = fragment.split('<div class="filters"', 1)
    assert region in page
    assert 'hx-swap-oob="innerHTML:#shown"' in told
    assert "Showing 1 of 2 metrics" in told


def test_going_back_restores_the_whole_page(shown: Shown) -> None:
    page = shown("", **{"HX-Target": "league", "HX-History-Restore-Request": "true"})
    assert "<h1>" in page


def test_pages(shown: Shown, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboard, "PER_PAGE", 2)
    for n in range(3):
        place(
            add_metric(world.system, f"m{n}", 57.5, name=f"Metric {n}"), world.reading, order=n + 1
        )
    first, second, third = (shown(f"?page={n}") for n in (1, 2, 3))
    assert [names(page) for page in (first, second, third)] == [
        ["Reading, Grade 3", "Metric 0"],
        ["Metric 1", "Metric 2"],
        ["Days in school"],
    ]
    assert "Page 2 of 3" in second
    assert '<h3 id="reading">' in second, "an aspiration that goes on is named again"
    assert 'id="page-previous"' not in first
    assert 'id="page-next"' not in third
    assert names(shown("?page=99")) == ["Days in school"]
    kept = re.search(r'id="page-next" href="([^"]*)"', shown("?light=G&page=1"))
    assert kept
    assert "light=G" in kept[1]


# ----------------------------------------------------------------- segments and age
def test_a_segment_takes_the_place_of_the_whole(shown: Shown, world: World) -> None:
    page = shown("?segment=south")
    assert names(page) == ["Reading, Grade 3"]
    assert "Showing 1 of 2 metrics, for Metro south" in page
    assert 'class="m-name" href="/meridian/metrics/grade-3/?segment=south"' in page
    row = page.split('<tr class="m"')[1].split("</tr>")[0]
    assert 'href="#L-G"' in row
    assert "Rural north" not in row
    assert '<option value="south" selected>Metro south</option>' in page


def test_lights_are_counted_of_the_segment(shown: Shown) -> None:
    page = shown("?segment=north")
    assert re.search(r'id="chip-all"[^>]*>All 1<', page)
    assert names(shown("?segment=north&light=R")) == ["Reading, Grade 3"]
    assert names(shown("?segment=north&light=G")) == []
    assert "2 metrics today" in page, "what stands above is of the whole"


@pytest.mark.parametrize("code", ["nowhere", "all", "", "%00", "x" * 5000, "'--"])
def test_a_segment_nobody_knows_asks_for_the_whole(shown: Shown, code: str) -> None:
    page = shown(f"?segment={quote(code, safe='%')}")
    assert names(page) == ALL
    assert "Showing 2 of 2 metrics" in page
    assert " selected>" not in page, "the control must not say what the table does not"


def test_data_older_than_some_days(shown: Shown, world: World) -> None:
    old = add_metric(world.system, "old", 57.5, name="Old figures")
    Observation.objects.filter(series__metric=old, period__gte="2025-01-01").delete()
    judge_now([whole(old).pk])
    assert names(shown("?age=30")) == ["Old figures"]
    assert names(shown("?age=90")) == []
    assert len(names(shown("?age=31"))) == 3, "an age that is not offered asks for everything"


def test_other_choices_go_along_with_each(shown: Shown) -> None:
    page = shown("?segment=north&age=30&since=2025-01-02&sort=attention")
    strip = page.split('class="days-form')[1].split("</details>")[0]
    for name, value in (("segment", "north"), ("age", "30"), ("sort", "attention")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in strip
    assert '<input type="hidden" name="since" value="2025-01-02">' in page
