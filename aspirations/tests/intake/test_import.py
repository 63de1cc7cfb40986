"""Good input: a file comes in whole, once, and keeps what it replaces."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from aspirations.intake import commit
from aspirations.intake.commit import Outcome, import_content
from aspirations.models import Import, Metric, Observation, ObservationRevision, Segment, Series
from aspirations.tests.factories import (
    MetricFactory,
    SegmentFactory,
    SystemFactory,
    UserFactory,
)
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HEADER = "metric,segment,period,value\n"
WHY = "Recount of the year."


@pytest.fixture
def system() -> System:
    system = SystemFactory(reporting_date=date(2024, 12, 31))
    MetricFactory(system=system, slug="waits", expected_lag=10)
    SegmentFactory(system=system, code="all", name="Everyone")
    return system


def take(system: System, rows: str, header: str = HEADER, **options: object) -> Outcome:
    return import_content((header + rows).encode(), "f.csv", system=system, **options)  # type: ignore[arg-type]


def test_figures_come_in_and_their_series_are_due_for_a_judgment(system: System) -> None:
    done = take(system, "waits,all,2024-01,50\nwaits,all,2024-02,51.5\n")
    assert (done.rows, done.added, done.changed, done.unchanged) == (2, 2, 0, 0)
    assert list(Observation.objects.values_list("period", "value", "published_on")) == [
        (date(2024, 1, 1), 50.0, date(2024, 2, 10)),
        (date(2024, 2, 1), 51.5, date(2024, 3, 10)),
    ]
    assert Series.objects.get().stale_since is not None


def test_the_same_file_again_changes_nothing(system: System) -> None:
    rows = "waits,all,2024-01,50\nwaits,all,2024-02,\n"
    take(system, rows)
    Series.objects.update(stale_since=None, stale_no=0)
    done = take(system, rows)
    assert (done.added, done.changed, done.unchanged) == (0, 0, 2)
    assert Import.objects.count() == 1
    assert not ObservationRevision.objects.exists()
    assert Series.objects.get().stale_no == 0


def test_a_changed_value_keeps_the_old_one_with_who_and_why(system: System) -> None:
    take(system, "waits,all,2024-01,50\nwaits,all,2024-02,51\n")
    clerk = UserFactory()
    done = take(system, "waits,all,2024-01,49\n", author=clerk, reason=WHY)
    assert (done.changed, done.added) == (1, 0)
    now = Observation.objects.get(period=date(2024, 1, 1))
    was = ObservationRevision.objects.get()
    assert (now.value, now.revision, now.author) == (49.0, 1, clerk)
    assert (was.value, was.number, was.reason, was.replaced_by) == (50.0, 0, WHY, clerk)
    assert was.replaced_import == now.imported
    assert was.imported != now.imported


def test_a_value_that_vanishes_and_returns_keeps_every_version(system: System) -> None:
    for value in ("50", "", "50"):
        take(system, f"waits,all,2024-01,{value}\n", reason=WHY)
    kept = ObservationRevision.objects.values_list("number", "value", "missing_reason")
    assert list(kept) == [(0, 50.0, ""), (1, None, "missing")]
    assert Observation.objects.get().value == 50.0


# value, flag → stored value, reason
ABSENT = [
    ("", "", None, "missing"),
    ("n/a", "", None, "missing"),
    ("..", "", None, "missing"),
    ("", "suppressed", None, "suppressed"),
    ("", "Not applicable", None, "not_applicable"),
    ("-9999", "", None, "suppressed"),
    ("-6666", "", None, "missing"),
    ("-9999", "missing", None, "missing"),
    ("0", "", 0.0, ""),
    ("-1.5e2", "", -150.0, ""),
    (" 7 ", "", 7.0, ""),
]


@pytest.mark.parametrize(("value", "flag", "stored", "reason"), ABSENT)
def test_an_absent_value_has_a_reason_and_is_never_zero(
    system: System, value: str, flag: str, stored: float | None, reason: str
) -> None:
    take(system, f"waits,all,2024-01,{value},{flag}\n", "metric,segment,period,value,flag\n")
    row = Observation.objects.get()
    assert (row.value, row.missing_reason) == (stored, reason)


def test_numbers_that_stand_for_absence_are_noted(system: System) -> None:
    done = take(system, "waits,all,2024-01,-9999\nwaits,all,2024-02,\nwaits,all,2024-03,5\n")
    assert done.notes == ["1 rows hold −9999 or −6666, read as absent."]


def test_a_metric_whose_bounds_allow_it_may_be_minus_9999(system: System) -> None:
    MetricFactory(system=system, slug="deficit", lower_bound=-1e9)
    take(system, "deficit,all,2024-01,-9999\n")
    assert Observation.objects.get().value == -9999.0


def test_words_match_by_code_or_name_whatever_their_case(system: System) -> None:
    SegmentFactory(system=system, code="n1", name="North Shore")
    take(system, "WAITS,north shore,2024-01,1\nwaits,N1,2024-02,2\nMetric waits,all,2024-01,3\n"
         .replace("Metric waits", Metric.objects.get().name))  # fmt: skip
    assert Series.objects.count() == 2
    assert Observation.objects.filter(series__segment__code="n1").count() == 2


def test_create_adds_metrics_and_segments_first_met(system: System) -> None:
    done = take(system, "waits,org:R0A|type:1,2024-01,5\nvisits,all,2024-W05,7\n", create=True)
    assert (done.new_metrics, done.new_segments) == (1, 1)
    assert Segment.objects.get(code="org:R0A|type:1").parts == {"org": "R0A", "type": "1"}
    made = Metric.objects.get(slug="visits")
    assert (made.frequency, made.direction) == ("week", "none")


ENCODED = [
    ("utf-8", []),
    ("utf-8-sig", []),
    ("utf-16", []),
    ("cp1252", ["Read as Windows-1252: it is not UTF-8."]),
]


@pytest.mark.parametrize(("encoding", "notes"), ENCODED)
def test_files_of_many_desks_are_read(system: System, encoding: str, notes: list[str]) -> None:
    SegmentFactory(system=system, code="Nuñez")
    content = (HEADER + "waits,Nuñez,2024-01,5\r\n").encode(encoding)
    assert import_content(content, "f.csv", system=system).notes == notes
    assert Observation.objects.get().value == 5.0


def test_a_spreadsheets_leavings_are_passed_over(system: System) -> None:
    text = "\ufeff Metric ,SEGMENT,Period,Value,,\r\nwaits,all,2024-01,5,,\r\n,,,,,\r\n\r\n"
    done = import_content(text.encode(), "f.csv", system=system)
    assert (done.rows, Observation.objects.get().value) == (1, 5.0)


def test_old_line_ends_are_read(system: System) -> None:
    done = take(system, "waits,all,2024-01,5\rwaits,all,2024-02,6\r", HEADER.replace("\n", "\r"))
    assert done.added == 2


NUMBERS = [("1e2", 100.0), ("+5", 5.0), ("٣", 3.0), ("５", 5.0), (".5", 0.5), ("-0", 0.0)]


@pytest.mark.parametrize(("cell", "value"), NUMBERS)
def test_numbers_of_many_hands_are_read(system: System, cell: str, value: float) -> None:
    take(system, f"waits,all,2024-01,{cell}\n")
    assert Observation.objects.get().value == value


DIGITS = ["0.30000000000000004", "1e-300", "1.7976931348623157e308", "123456789.12345679", "1e16"]


@pytest.mark.parametrize("cell", DIGITS)
def test_every_digit_is_kept_when_added_and_when_corrected(system: System, cell: str) -> None:
    take(system, f"waits,all,2024-01,{cell}\nwaits,all,2024-02,1\n")
    take(system, f"waits,all,2024-01,2\nwaits,all,2024-02,{cell}\n", reason=WHY)
    assert Observation.objects.get(period=date(2024, 2, 1)).value == float(cell)
    kept = ObservationRevision.objects.values_list("value", flat=True)
    assert set(kept) == {1.0, float(cell)}


def test_create_makes_one_thing_of_two_spellings(system: System) -> None:
    rows = (
        "Visits,North Shore,2024-01,1\nvisits,north  shore,2024-02,2\n"
        "visits,Nun\u0303ez,2024-01,3\nvisits,Nu\u00f1ez,2024-02,4\n"
    )
    done = take(system, rows, create=True)
    assert (done.new_metrics, done.new_segments) == (1, 2)
    assert Observation.objects.filter(series__segment__code="North Shore").count() == 2


def test_create_finds_a_stored_segment_whatever_its_blanks(system: System) -> None:
    SegmentFactory(system=system, code="n1", name="North Shore")
    assert take(system, "waits,north\u00a0shore ,2024-01,1\n", create=True).new_segments == 0


@pytest.mark.parametrize("word", ["all", "ALL"])
def test_create_makes_the_whole_system_once(word: str) -> None:
    system = SystemFactory()
    take(system, f"visits,{word},2024-01,1\nvisits,north,2024-01,2\n", create=True)
    assert set(Segment.objects.values_list("code", flat=True)) == {"all", "north"}
    assert Observation.objects.filter(series__segment__code="all").count() == 1


def test_a_created_metric_counts_its_years_as_the_system_does() -> None:
    system = SystemFactory(year_starts=4)
    take(system, "pupils,all,2018/19,7\n", create=True)
    assert Metric.objects.get().year_starts == 4
    assert Observation.objects.get().period == date(2018, 4, 1)


def test_an_import_that_breaks_off_leaves_nothing(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_: object) -> int:
        raise ConnectionError("gone")

    monkeypatch.setattr(commit, "settle", breaks)
    with pytest.raises(ConnectionError):
        take(system, "visits,north,2024-01,5\n", create=True)
    assert not Observation.objects.exists()
    assert not Import.objects.exists()
    assert Metric.objects.get().slug == "waits"
    assert not AuditEntry.objects.exists()


def test_the_trail_names_the_first_of_many_new_segments(system: System) -> None:
    take(system, "".join(f"waits,place {n},2024-01,5\n" for n in range(120)), create=True)
    line = AuditEntry.objects.get(action="create segments")
    assert (line.after["count"], len(line.after["first codes"])) == (120, 50)


def test_many_corrections_of_many_series_all_arrive(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Series are settled and marked some at a time; figures are written all at once."""

    def rows(more: int) -> str:
        return "".join(f"waits,place {n},2024-01,{n + more}\n" for n in range(12))

    monkeypatch.setattr(commit, "AT_ONCE", 5)
    take(system, rows(0), create=True)
    Series.objects.update(stale_since=None)
    assert take(system, rows(50), reason=WHY).changed == 12
    now = Observation.objects.order_by("value").values_list("value", "revision")
    was = ObservationRevision.objects.order_by("value").values_list("value", "number")
    assert list(now) == [(50.0 + n, 1) for n in range(12)]
    assert list(was) == [(float(n), 0) for n in range(12)]
    assert Series.objects.stale().count() == 12


def test_a_row_repeated_exactly_counts_once_with_a_note(system: System) -> None:
    done = take(system, "waits,all,2024-01,50\nwaits,all,2024-01,50.0\n")
    assert done.rows == 1
    assert done.notes == ["1 rows repeat another row exactly."]


def test_a_correction_takes_as_many_queries_for_many_rows_as_for_few(
    system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def year(value: int) -> str:
        return "".join(f"waits,all,2024-{month:02},{value}\n" for month in range(1, 13))

    clerk = UserFactory()
    take(system, year(1), author=clerk)
    with django_assert_max_num_queries(26):
        assert take(system, year(2), author=clerk, reason=WHY).changed == 12


def test_a_corrected_figure_stays_known_since_it_was_first_public(system: System) -> None:
    take(system, "waits,all,2024-01,50\nwaits,all,2024-02,\n")
    take(system, "waits,all,2024-01,49\nwaits,all,2024-02,51\n", reason=WHY)
    assert list(Observation.objects.values_list("published_on", flat=True)) == [
        date(2024, 2, 10),
        date(2024, 12, 31),
    ]


def test_in_a_living_system_an_early_figure_is_known_today(system: System) -> None:
    System.objects.update(reporting_date=None)
    system.refresh_from_db()
    take(system, f"waits,all,{system.today():%Y-%m},50\n")
    assert Observation.objects.get().published_on == system.today()


def test_the_number_of_queries_does_not_grow_with_the_rows(
    system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = "".join(f"waits,all,20{year}-{month:02},{month}\n" for year in range(10, 24)
                   for month in range(1, 13))  # fmt: skip
    with django_assert_max_num_queries(26):
        take(system, rows)
