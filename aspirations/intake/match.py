"""Words of a file to things of the system: metrics, segments, periods."""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

from aspirations.analysis import periods
from aspirations.intake.faults import Fault
from aspirations.intake.parse import RawRow
from aspirations.intake.rates import find_parts
from aspirations.intake.values import check_bounds, find_value
from aspirations.models import Metric, Segment
from aspirations.models.metrics import WHOLE

LONGEST_CODE = 255
# For how many unknown words of a file the nearest known word is sought.
NEAR_WORDS = 100
FIRST_DAY, LAST_DAY = date(periods.FIRST_YEAR, 1, 1), date(periods.LAST_YEAR, 12, 31)


Thing = TypeVar("Thing", Metric, Segment)


class Words(Generic[Thing]):
    """Things by the words that may stand for them: the code as written, the code or the name
    with case and blanks aside. A word that stands for several things stands for none."""

    def __init__(self, rows: Iterable[Thing], code: str) -> None:
        self.exact: dict[str, Thing] = {}
        self.codes: dict[str, list[Thing]] = defaultdict(list)
        self.names: dict[str, list[Thing]] = defaultdict(list)
        for thing in rows:
            self.exact[getattr(thing, code)] = thing
            self.codes[fold(getattr(thing, code))].append(thing)
            self.names[fold(thing.name)].append(thing)

    def of(self, word: str) -> list[Thing]:
        """The things a word can mean, by the surest way that finds any."""
        if word in self.exact:
            return [self.exact[word]]
        folded = fold(word)
        return self.codes.get(folded) or self.names.get(folded) or []

    def __iter__(self) -> Iterator[str]:
        return iter({**self.names, **self.codes})


def fold(word: str) -> str:
    """A word with case, doubled blanks and ways of writing an accent aside."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


@dataclass
class Known:
    """The words a system understands, and those first met in this file."""

    metrics: Words[Metric]
    segments: Words[Segment]
    create: bool = False
    new_metrics: dict[str, Metric] = field(default_factory=dict)
    new_segments: dict[str, Segment] = field(default_factory=dict)
    """Things first met in this file, by their folded word."""
    read: dict[tuple[str, int, str], date | periods.PeriodError] = field(default_factory=dict)
    year_starts: int = 1
    today: date = date.max
    """Where figures of later periods cannot be: the day in a living system."""
    near: dict[tuple[str, str], str] = field(default_factory=dict)
    rates: set[str] = field(default_factory=set)
    """Folded words of the metrics that come with numerator and denominator."""


@dataclass(frozen=True)
class Figure:
    """One row understood: what, for whom, when, how much and of what, or why nothing."""

    row: int
    metric: Metric
    segment: Segment
    period: date
    value: float | None
    missing_reason: str
    numerator: float | None = None
    denominator: float | None = None

    @property
    def told(self) -> tuple[float | str | None, ...]:
        """What two rows of one key must agree about."""
        return self.value, self.missing_reason, self.numerator, self.denominator


def understand(raw: RawRow, known: Known) -> tuple[Figure | None, list[Fault]]:
    """The figure of a row, or every fault of the row."""
    faults: list[Fault] = []
    metric = find_metric(raw, known, faults)
    segment = find_segment(raw, known, faults)
    period = find_period(raw, metric, known, faults) if metric else None
    value, reason = find_value(raw, metric, faults)
    parts = find_parts(raw, metric, value, faults)
    if parts:
        value, reason = parts.value, ""
    if value is not None and metric:
        check_bounds(raw, metric, value, faults)
    if value is not None and period and period > known.today:
        faults.append(
            Fault(raw.row, "period", raw.period, f"has not begun: it is {known.today} now",
                  "Mend the period, or leave the value blank.")
        )  # fmt: skip
    if faults or metric is None or segment is None or period is None:
        return None, faults
    both = (parts.numerator, parts.denominator) if parts else (None, None)
    return Figure(raw.row, metric, segment, period, value, reason, *both), faults


def find_metric(raw: RawRow, known: Known, faults: list[Fault]) -> Metric | None:
    found = known.metrics.of(raw.metric)
    if len(found) > 1:
        faults.append(several(raw, "metric", raw.metric, [metric.slug for metric in found]))
        return None
    if found:
        return found[0]
    if fold(raw.metric) in known.new_metrics:
        return known.new_metrics[fold(raw.metric)]
    if known.create and raw.metric:
        return create_metric(raw, known, faults)
    faults.append(unknown(raw, "metric", raw.metric, known, known.metrics))
    return None


def create_metric(raw: RawRow, known: Known, faults: list[Fault]) -> Metric | None:
    """A metric named by the file alone: its frequency is read off its first period."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", raw.metric):
        faults.append(
            Fault(raw.row, "metric", raw.metric, "cannot become a metric’s address",
                  "Use letters, digits, - and _ only, at most 80.")
        )  # fmt: skip
        return None
    frequency = frequency_of(raw.period, known.year_starts)
    if frequency is None:
        faults.append(
            Fault(raw.row, "period", raw.period, "does not tell how often the new metric comes",
                  "Describe the metric in a system file first.")
        )  # fmt: skip
        return None
    metric = Metric(
        slug=raw.metric, name=raw.metric.replace("_", " ").capitalize(),
        direction=Metric.Direction.NONE, frequency=frequency, year_starts=known.year_starts,
        kind=Metric.Kind.RATE if fold(raw.metric) in known.rates else Metric.Kind.LEVEL,
    )  # fmt: skip
    known.new_metrics[fold(raw.metric)] = metric
    return metric


def frequency_of(label: str, year_starts: int) -> periods.Frequency | None:
    """The only frequency a label can belong to, or None where it fits several or none."""
    fits = []
    for frequency in periods.Frequency:
        try:
            periods.parse(label, frequency, year_starts)
        except periods.PeriodError:
            continue
        fits.append(frequency)
    return fits[0] if len(fits) == 1 else None


def find_segment(raw: RawRow, known: Known, faults: list[Fault]) -> Segment | None:
    found = known.segments.of(raw.segment)
    if len(found) > 1:
        faults.append(several(raw, "segment", raw.segment, [segment.code for segment in found]))
        return None
    if found:
        return found[0]
    if fold(raw.segment) in known.new_segments:
        return known.new_segments[fold(raw.segment)]
    if not raw.segment:
        faults.append(Fault(raw.row, "segment", "", "is blank", "Write all for the whole system."))
    elif known.create:
        return create_segment(raw, known, faults)
    else:
        faults.append(unknown(raw, "segment", raw.segment, known, known.segments))
    return None


def create_segment(raw: RawRow, known: Known, faults: list[Fault]) -> Segment | None:
    """A segment named by the file alone; the whole system keeps its code."""
    if len(raw.segment) > LONGEST_CODE or not raw.segment.isprintable():
        faults.append(
            Fault(raw.row, "segment", raw.segment, "cannot become a segment’s code",
                  f"Use one line of at most {LONGEST_CODE} characters.")
        )  # fmt: skip
        return None
    code = WHOLE if fold(raw.segment) == WHOLE else raw.segment
    parts = {} if code == WHOLE else parts_of(code)
    segment = Segment(code=code, name=raw.segment, parts=parts)
    known.new_segments[fold(raw.segment)] = segment
    return segment


def parts_of(label: str) -> dict[str, str]:
    """Pairs of dimension and value in a label such as `org:R0A|type:1`.

    A piece without a dimension is kept under its place, so that nothing of the label is lost.
    """
    parts: dict[str, str] = {}
    for place, piece in enumerate(label.split("|"), start=1):
        dimension, colon, value = piece.partition(":")
        parts[dimension.strip() if colon else f"part {place}"] = (value if colon else piece).strip()
    return parts


def several(raw: RawRow, column: str, value: str, codes: list[str]) -> Fault:
    listed = ", ".join(f"“{code}”" for code in sorted(codes)[:5])
    remedy = f"Write the code of the one that is meant: {listed}."
    return Fault(raw.row, column, value, f"is the name of {len(codes)} {column}s", remedy)


def unknown(raw: RawRow, column: str, value: str, known: Known, words: Iterable[str]) -> Fault:
    """A fault with the nearest word. The search is slow: once a word, and not for many."""
    key = (column, value)
    if key not in known.near:
        folded = fold(value)[:LONGEST_CODE]
        few = len(known.near) < NEAR_WORDS
        found = difflib.get_close_matches(folded, list(words), n=1) if few else []
        known.near[key] = (
            f"Did you mean “{found[0]}”?" if found else "Add it to the system, or use --create."
        )
    return Fault(raw.row, column, value, f"is not a known {column}", known.near[key])


def find_period(raw: RawRow, metric: Metric, known: Known, faults: list[Fault]) -> date | None:
    key = (metric.frequency, metric.year_starts, raw.period)
    if key not in known.read:
        try:
            known.read[key] = periods.parse(
                raw.period, periods.Frequency(metric.frequency), metric.year_starts
            )
        except periods.PeriodError as refusal:
            known.read[key] = refusal
    found = known.read[key]
    if not isinstance(found, periods.PeriodError) and not FIRST_DAY <= found <= LAST_DAY:
        faults.append(Fault(raw.row, "period", raw.period, "does not lie from 1900 to 2200",
                            "Mend the period."))  # fmt: skip
        return None
    if isinstance(found, periods.PeriodError):
        problem, remedy = sentence(found)
        faults.append(Fault(raw.row, "period", raw.period, problem, remedy))
        return None
    return found


def sentence(problem: periods.PeriodError) -> tuple[str, str]:
    """What is wrong and what to do, from a period's refusal."""
    remedy = getattr(problem, "remedy", "") or "Write it as the metric’s other periods are."
    text = str(problem).removesuffix(remedy).strip().rstrip(".;:")
    text = text.removesuffix(f": {problem.value!r}")
    return f"is unclear: {text[:1].lower()}{text[1:]}", remedy
