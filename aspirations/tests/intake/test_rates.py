"""Figures of rates: the value follows from numerator and denominator, and they stay with it."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from aspirations.intake import Refused
from aspirations.intake.commit import Outcome, import_content
from aspirations.intake.rates import leeway
from aspirations.models import Metric, Observation, ObservationRevision, Series
from aspirations.tests.factories import MetricFactory, SegmentFactory, SystemFactory
from people.models import System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HEADER = "metric,segment,period,value,flag,numerator,denominator\n"
WHY = "The register was counted anew."


@pytest.fixture
def system() -> System:
    system = SystemFactory(reporting_date=date(2024, 12, 31))
    MetricFactory(system=system, slug="seen", kind="rate", upper_bound=100)
    MetricFactory(system=system, slug="births", kind="rate", rate_per=1000)
    MetricFactory(system=system, slug="waits")
    SegmentFactory(system=system, code="all", name="Everyone")
    return system


def take(system: System, rows: str, header: str = HEADER, **options: Any) -> Outcome:
    return import_content((header + rows).encode(), "f.csv", system=system, **options)


def stored() -> tuple[float | None, float | None, float | None]:
    row = Observation.objects.get()
    return row.value, row.numerator, row.denominator


# metric, value, flag, numerator, denominator → stored value, numerator, denominator
TAKEN = [
    ("seen,,,41,123", 100 * 41 / 123, 41, 123),
    ("seen,33.3,,41,123", 100 * 41 / 123, 41, 123),
    ("seen,33,,41,123", 100 * 41 / 123, 41, 123),
    ("seen,33.33333333333333,,41,123", 100 * 41 / 123, 41, 123),
    ("seen,33.25,,66.5,200", 33.25, 66.5, 200),
    ("seen,n/a,,1,4", 25, 1, 4),
    ("seen,0,,0,7", 0, 0, 7),
    ("seen,100,,7,7", 100, 7, 7),
    ("births,,,3,2000", 1.5, 3, 2000),
    ("births,1.5,,3,2e3", 1.5, 3, 2000),
    ("seen,61.5,,,", 61.5, None, None),
    ("seen,61.5,,-,n/a", 61.5, None, None),
    ("seen,,suppressed,,", None, None, None),
]


@pytest.mark.parametrize(("row", "value", "numerator", "denominator"), TAKEN)
def test_the_value_follows_from_its_parts(
    system: System,
    row: str,
    value: float | None,
    numerator: float | None,
    denominator: float | None,
) -> None:
    metric, rest = row.split(",", 1)
    take(system, f"{metric},all,2024-01,{rest}\n")
    assert stored() == (value, numerator, denominator)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",,-9999,-9999", "suppressed"),
        (",,-6666,-6666", "missing"),
        ("-9999,,-6666,-6666", "suppressed"),
        (",withheld,-9999,-9999", "withheld"),
        (",,,", "missing"),
    ],
)
def test_codes_in_the_parts_stand_for_absence(system: System, cells: str, reason: str) -> None:
    done = take(system, f"seen,all,2024-01,{cells}\n")
    assert Observation.objects.get().missing_reason == reason
    assert stored() == (None, None, None)
    assert len(done.notes) == ("-" in cells)


# value, flag, numerator, denominator of a row, and what its refusal says
REFUSED = [
    ("seen", ",,41,", "Row 2, denominator, “”: is absent, yet there is a numerator"),
    ("seen", ",,,123", "Row 2, numerator, “”: is absent, yet there is a denominator"),
    ("seen", ",,-9999,123", "numerator, “-9999”: is absent, yet there is a denominator"),
    ("seen", ",,41,0", "denominator, “0”: is not above zero"),
    ("seen", ",,0,0", "leave the figures blank with the flag not_applicable"),
    ("seen", ",,41,-5", "denominator, “-5”: is not above zero"),
    ("seen", ",,x,5", "Row 2, numerator, “x”: is not a number"),
    ("seen", ",,1,inf", "Row 2, denominator, “inf”: is not a number"),
    ("seen", ',,1,"1,200"', "denominator, “1,200”: could be a decimal comma or thousands"),
    ("seen", ",,1,1e999", "Row 2, denominator, “1e999”: is too large a number"),
    ("seen", ",,1e300,1e-300", "numerator, “1e300”: makes too large a rate"),
    ("seen", ",suppressed,41,123", "flag, “suppressed”: says the value is absent"),
    ("seen", "-9999,,41,123", "value, “-9999”: stands for absence, yet there are its parts"),
    ("seen", "33.4,,41,123",
     "value, “33.4”: does not agree with its parts: 100 × 41 / 123 = 33.33333333"),
    ("seen", "0.33,,41,123", "Mend one of them or the metric’s rate_per"),
    ("births", "150,,3,2000", "does not agree with its parts: 1000 × 3 / 2000 = 1.5"),
    ("seen", ",,41,40", "value, “102.5”: lies outside the bound 100 of seen"),
    ("waits", ",,41,123", "numerator, “41”: is given, yet waits is no rate"),
    ("what", ",,41,123", "“what”: is not a known metric"),
]  # fmt: skip


@pytest.mark.parametrize(("metric", "cells", "said"), REFUSED)
def test_parts_that_cannot_be_are_named_and_nothing_is_written(
    system: System, metric: str, cells: str, said: str
) -> None:
    with pytest.raises(Refused) as caught:
        take(system, f"{metric},all,2024-01,{cells}\n")
    assert said in str(caught.value)
    assert len(caught.value.faults) == 1
    assert not Observation.objects.exists()


def test_two_rows_of_one_key_must_agree_about_the_parts(system: System) -> None:
    row = "seen,all,2024-01,,,41,123\n"
    assert take(system, row * 2).notes == ["1 rows repeat another row exactly."]
    with pytest.raises(Refused, match=r"“82 of 246”: differs from row 2 \(“41 of 123”\)"):
        take(system, row + "seen,all,2024-01,,,82,246\n")


# A value as it is written, and how far from it a computed one may be.
@pytest.mark.parametrize(
    ("text", "half"),
    [("33.3", 0.05), ("33", 0.5), ("33.", 0.5), (".125", 0.0005), ("3.3e1", 0.5), ("1E2", 50.0),
     ("-33.30", 0.005), ("3e-2", 0.005)],
)  # fmt: skip
def test_half_a_unit_in_the_last_place_as_written(text: str, half: float) -> None:
    assert leeway(text, float(text)) == pytest.approx(half)


def test_a_file_needs_no_value_where_it_gives_the_parts(system: System) -> None:
    done = take(system, "seen,all,2024-01,1,4\n", "metric,segment,period,numerator,denominator\n")
    assert (done.added, stored()) == (1, (25.0, 1.0, 4.0))


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("metric,segment,period,value,numerator", "denominator"),
        ("metric,segment,period,value,denominator", "numerator"),
        ("metric,segment,period,numerator", "denominator"),
        ("metric,segment,period", "value"),
    ],
)
def test_a_column_alone_is_refused(system: System, header: str, missing: str) -> None:
    with pytest.raises(Refused, match=f"“{missing}”: column is missing.*numerator with denomin"):
        take(system, "seen,all,2024-01,1,4\n", header + "\n")


# --- what changes ---------------------------------------------------------------------------------


def test_a_change_of_the_parts_alone_is_a_change(system: System) -> None:
    take(system, "seen,all,2024-01,,,1,4\n")
    Series.objects.update(stale_since=None)
    done = take(system, "seen,all,2024-01,,,2,8\n", reason=WHY)
    assert (done.changed, stored()) == (1, (25.0, 2.0, 8.0))
    was = ObservationRevision.objects.get()
    assert (was.number, was.value, was.numerator, was.denominator) == (0, 25.0, 1.0, 4.0)
    assert Series.objects.get().stale_since is not None
    assert take(system, "seen,all,2024-01,,,2,8\n").unchanged == 1


def test_a_row_without_parts_leaves_those_of_the_same_value(system: System) -> None:
    take(system, "seen,all,2024-01,,,1,4\n")
    assert take(system, "seen,all,2024-01,25,,,\n").unchanged == 1
    assert stored() == (25.0, 1.0, 4.0)


def test_another_value_without_parts_takes_the_old_ones_away(system: System) -> None:
    take(system, "seen,all,2024-01,,,1,4\n")
    assert take(system, "seen,all,2024-01,26,,,\n", reason=WHY).changed == 1
    assert stored() == (26.0, None, None)
    take(system, "seen,all,2024-01,,withheld,,\n", reason=WHY)
    assert stored() == (None, None, None)
    kept = ObservationRevision.objects.order_by("number")
    assert [(row.value, row.denominator) for row in kept] == [(25.0, 4.0), (26.0, None)]


def test_parts_that_come_later_are_added_to_the_value(system: System) -> None:
    take(system, "seen,all,2024-01,33.3,,,\n")
    assert take(system, "seen,all,2024-01,33.3,,41,123\n", reason=WHY).changed == 1
    assert stored() == (100 * 41 / 123, 41.0, 123.0)


def test_a_metric_first_met_with_parts_is_a_rate(system: System) -> None:
    rows = "Cured,all,2024-01,7,,,\ncured,all,2024-02,,,3,4\nnew_visits,all,2024-01,9,,,\n"
    assert take(system, rows, create=True).new_metrics == 2
    kinds = dict(Metric.objects.values_list("slug", "kind"))
    assert (kinds["Cured"], kinds["new_visits"]) == ("rate", "level")


def test_the_number_of_queries_does_not_grow_with_the_rows_of_rates(
    system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def year(more: int) -> str:
        return "".join(f"seen,all,2024-{m:02},,,{m + more},40\n" for m in range(1, 13))

    take(system, year(0))
    with django_assert_max_num_queries(26):
        assert take(system, year(1), reason=WHY).changed == 12
