"""Bad input: each fault named by row, column, value and remedy; nothing is written."""

import gzip
import time
from pathlib import Path

import pytest

from aspirations.intake import Refused, import_file
from aspirations.intake.commit import import_content
from aspirations.models import Import, Observation, Segment, Series
from aspirations.tests.factories import MetricFactory, SegmentFactory, SystemFactory
from people.models import System

pytestmark = pytest.mark.django_db
HEADER = "metric,segment,period,value\n"
GOOD = "waits,all,2024-01,50\n"


@pytest.fixture
def system() -> System:
    system = SystemFactory()
    MetricFactory(system=system, slug="waits", lower_bound=0, upper_bound=100)
    MetricFactory(system=system, slug="pupils", frequency="year", year_starts=9)
    MetricFactory(system=system, slug="checks", frequency="quarter", year_starts=4)
    SegmentFactory(system=system, code="all", name="Everyone")
    SegmentFactory(system=system, code="north", name="Lakeshore Unified")
    return system


def refusal(system: System, text: str | bytes, create: bool = False) -> str:
    content = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(Refused) as caught:
        import_content(content, "figures.csv", system=system, create=create)
    assert not Observation.objects.exists()
    assert not Import.objects.exists()
    assert not Series.objects.exists()
    return str(caught.value)


# a faulty row after the header and one good row, so in row 3; what the refusal must say
ROWS = [
    ("waits,all,2024-02,fifty", "Row 3, value, “fifty”: is not a number"),
    ("waits,all,2024-02,NaN", "Row 3, value, “NaN”: is not a number"),
    ("waits,all,2024-02,inf", "Row 3, value, “inf”: is not a number"),
    ("waits,all,2024-02,1e999", "is too large a number"),
    ("waits,all,2024-02,1_000", "Row 3, value, “1_000”: is not a number"),
    ('waits,all,2024-02,"91,2"', "decimal comma or thousands"),
    ('waits,all,2024-02,"1,234"', "decimal comma or thousands"),
    ("waits,all,2024-02,101", "outside 0 to 100, the bounds of waits"),
    ("wait,all,2024-02,50", "“wait”: is not a known metric. Did you mean “waits”?"),
    ("zebra,all,2024-02,50", "Add it to the system, or use --create."),
    ("waits,Lakeshore Unifed,2024-02,50", "Did you mean “lakeshore unified”?"),
    ("waits,,2024-02,50", "Write all for the whole system."),
    ("waits,all,2024,50", "Row 3, period, “2024”"),
    ("waits,all,2024-13,50", "Row 3, period, “2024-13”"),
    ("waits,all,03/04/2024,50", "Row 3, period, “03/04/2024”"),
    ("pupils,all,2024,50", "Row 3, period, “2024”"),
    ("checks,all,Q3 2018,50", "Row 3, period, “Q3 2018”"),
    ("waits,all,2024-02", "has 3 cells, the header 4"),
    ("waits,all,2024-02,50,6", "has 5 cells, the header 4"),
    ("waits,all,2024-01,51", "Row 3, value, “51”: differs from row 2 (“50”)"),
    ("waits,all,2024-02,=1+1", "Row 3, value, “=1+1”: is not a number"),
]


@pytest.mark.parametrize(("row", "said"), ROWS)
def test_a_faulty_row_is_named_and_nothing_is_written(system: System, row: str, said: str) -> None:
    assert said in refusal(system, HEADER + GOOD + row + "\n")


FORMS = [
    ("", "is empty"),
    ("  \n", "is empty"),
    (HEADER, "has a header and no rows"),
    ("metric,segment,value\nwaits,all,50\n", "“period”: column is missing"),
    ("metric,segment,period,value,value\n", "“value”: column stands twice"),
    ("metric,segment,period,value,colour\n", "“colour”: is not a known column"),
    (HEADER + 'waits,all,"2024-01,50\n', "is not valid CSV"),
    (b"PK\x03\x04\x00\x00binary", "is not text"),
    (HEADER.encode() + b"waits,all,2024-01,\x81\n", "holds a byte of no known encoding"),
    ((HEADER + "waits,a\x00b,2024-01,5\n").encode("utf-16"), "is not text"),
    ("metric;segment;period;value\nwaits;all;2024-01;50\n", "is parted by semicolons"),
    ("metric\tsegment\tperiod\tvalue\nwaits\tall\t2024-01\t50\n", "is parted by tabs"),
    ("metric,segment,period,value,\nwaits,all,2024-01,50,note\n", "column without a name"),
    (gzip.compress((HEADER + GOOD).encode(), mtime=0), "is not text"),
]


@pytest.mark.parametrize(("content", "said"), FORMS)
def test_a_file_of_the_wrong_form_is_refused(
    system: System, content: str | bytes, said: str
) -> None:
    assert said in refusal(system, content)


SECOND = [
    ('waits,"no\n\x1b[31mwhere",2024-02,50', "segment, “no\\n\\x1b[31mwhere”: is not a known"),
    ("waits,all,1899-12,50", "Row 3, period, “1899-12”"),
    ("waits,all,2201-01,50", "Row 3, period, “2201-01”"),
    ("checks,all,2023-02-29,50", "Row 3, period, “2023-02-29”"),
    ("weekly,all,2023-W53,50", "Row 3, period, “2023-W53”"),
    ("weekly,all,2024-W00,50", "Row 3, period, “2024-W00”"),
    ("waits,all,2024-02,'50", "Row 3, value, “'50”: is not a number"),
    ("waits,all,2024-02,5 0", "Row 3, value, “5 0”: is not a number"),
    ("waits,all,2024-02," + "9" * 5000, "is too large a number"),
    ("waits," + "x" * 300 + ",2024-02,50", "xx…”: is not a known segment"),
    ("winter,all,Nov-Jan 1900,50", "does not lie from 1900 to 2200"),
]


@pytest.mark.parametrize(("row", "said"), SECOND)
def test_an_odd_row_is_named_and_nothing_is_written(system: System, row: str, said: str) -> None:
    MetricFactory(system=system, slug="weekly", frequency="week")
    MetricFactory(system=system, slug="winter", frequency="quarter", year_starts=11)
    assert said in refusal(system, HEADER + GOOD + row + "\n")


def test_a_name_that_several_segments_bear_is_asked_about(system: System) -> None:
    for code in ("s1", "s2"):
        SegmentFactory(system=system, code=code, name="Lincoln High")
    said = refusal(system, HEADER + "waits,lincoln high,2024-01,50\n")
    assert "“lincoln high”: is the name of 2 segments" in said
    assert "Write the code of the one that is meant: “s1”, “s2”." in said


def test_a_code_is_read_as_written_where_only_case_tells_two_apart(system: System) -> None:
    for code in ("a1", "A1"):
        SegmentFactory(system=system, code=code, name=f"Place {code}")
    import_content((HEADER + "waits,A1,2024-01,50\n").encode(), "f.csv", system=system)
    assert Series.objects.get().segment.code == "A1"


def test_a_living_system_has_no_figures_of_periods_to_come(system: System) -> None:
    year = system.today().year + 2
    said = refusal(system, HEADER + f"waits,all,{year}-01,50\n")
    assert f"“{year}-01”: has not begun" in said
    blank = HEADER + f"waits,all,{year}-01,\n"
    assert import_content(blank.encode(), "f.csv", system=system).added == 1


def test_many_unknown_words_do_not_take_for_ever(system: System) -> None:
    Segment.objects.bulk_create(
        Segment(system=system, code=f"school {n}", name=f"The school of place {n}")
        for n in range(2000)
    )
    rows = "".join(f"waits,skool {n},2024-01,5\n" for n in range(5000))
    started = time.monotonic()
    assert "5000 faults" in refusal(system, HEADER + rows)
    assert time.monotonic() - started < 10


CREATING = ["x" * 256, '"two\nlines"']


@pytest.mark.parametrize("code", CREATING)
def test_what_cannot_be_a_code_is_not_made_one(system: System, code: str) -> None:
    said = refusal(system, HEADER + f"waits,{code},2024-01,5\n", create=True)
    assert "cannot become a segment’s code" in said


def test_a_reason_that_is_too_long_is_refused(system: System) -> None:
    content = (HEADER + GOOD).encode()
    with pytest.raises(Refused, match="at most 300 characters"):
        import_content(content, "f.csv", system=system, reason="r" * 301)


FLAGS = [
    ("waits,all,2024-01,50,suppressed", "says the value is absent, yet there is one"),
    ("waits,all,2024-01,,blue", "“blue”: is not a known flag"),
]


@pytest.mark.parametrize(("row", "said"), FLAGS)
def test_a_flag_that_cannot_be_is_named(system: System, row: str, said: str) -> None:
    assert said in refusal(system, "metric,segment,period,value,flag\n" + row + "\n")


def test_every_fault_is_counted_and_the_first_hundred_are_shown(system: System) -> None:
    rows = "".join(f"waits,all,2024-01,x{n}\n" for n in range(250))
    said = refusal(system, HEADER + rows)
    assert "250 faults" in said
    assert "“x99”" in said
    assert "“x100”" not in said
    assert "… and 150 more." in said


def test_an_unreadable_file_is_named(system: System, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"cannot be read .*Check its path") as caught:
        import_file(tmp_path / "nowhere.csv", system=system)
    assert "nowhere.csv" in str(caught.value)
    with pytest.raises(Refused, match=r"cannot be read .*Check its path"):
        import_file(tmp_path, system=system)


def test_another_systems_words_read_as_unknown(system: System) -> None:
    MetricFactory(slug="secret")
    assert "“secret”: is not a known metric" in refusal(system, HEADER + "secret,all,2024-01,1\n")


def test_create_makes_nothing_of_a_file_with_a_fault(system: System) -> None:
    text = HEADER + "waits,new place,2024-01,50\nwaits,all,2024-01,fifty\n"
    refusal(system, text, create=True)
    assert not Segment.objects.filter(code="new place").exists()


def test_a_period_that_tells_no_frequency_cannot_make_a_metric(system: System) -> None:
    said = refusal(system, HEADER + "fresh,all,sometime,1\n", create=True)
    assert "does not tell how often the new metric comes" in said
