"""How the periods of a file are counted, read off their labels where nobody says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aspirations.analysis import periods
from aspirations.bench.refusal import Refusal, of_file
from aspirations.intake.faults import Fault
from aspirations.intake.parse import RawRow as Line

WRITTEN = "Write it as 2024-04, Q2 2024, 2024-W05, 2024 or 2024-04-01."


@dataclass(frozen=True)
class Grid:
    """How periods are counted."""

    frequency: periods.Frequency
    year_starts: int

    def ordinal(self, label: str) -> int:
        """The period that a label names; raises PeriodError."""
        day = periods.parse(label, self.frequency, self.year_starts)
        return periods.ordinal(self.frequency, day, self.year_starts)

    def day(self, k: int) -> str:
        return periods.start(self.frequency, k, self.year_starts).isoformat()

    def label(self, k: int) -> str:
        day = periods.start(self.frequency, k, self.year_starts)
        return periods.label(self.frequency, day, self.year_starts)


def grid_of(lines: Sequence[Line], frequency: str | None, year_starts: int, name: str) -> Grid:
    """Given, or the only frequency that fits every label; two that fit are asked about."""
    if frequency:
        return Grid(periods.Frequency(frequency), year_starts)
    fitting = set(periods.Frequency)
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.period, line)
    for label, line in first.items():
        own, problem = meanings(label, year_starts)
        if not own:
            raise of_file(name, [no_period(line, problem)])
        if not fitting & own:
            raise of_file(name, [another(line, fitting)])
        fitting &= own
    if len(fitting) > 1:
        words = " or ".join(sorted(one.value for one in fitting))
        raise Refusal(
            f"{name}: the periods could be of more than one kind. Say --frequency {words}."
        )
    return Grid(fitting.pop(), year_starts)


def meanings(
    label: str, year_starts: int
) -> tuple[set[periods.Frequency], periods.PeriodError | None]:
    """Every frequency of which the label names one period; why not, where that tells more."""
    found, problems = set(), []
    for frequency in periods.Frequency:
        try:
            periods.parse(label, frequency, year_starts)
            found.add(frequency)
        except periods.PeriodError as problem:
            problems.append(problem)
    telling = [one for one in problems if not str(one).startswith("Not a period")]
    two = next((one for one in telling if isinstance(one, periods.AmbiguousPeriod)), None)
    return found, two or (telling[-1] if telling else None)


def no_period(line: Line, problem: periods.PeriodError | None) -> Fault:
    """What is wrong with a label; without a telling reason, that it is none at all."""
    if problem is None:
        return Fault(line.row, "period", line.period, "is not a period", WRITTEN)
    text = str(problem).removesuffix(problem.remedy).split(":")[0].strip()
    remedy = problem.remedy.replace("where its year starts", "where its year starts: --year-starts")
    return Fault(line.row, "period", line.period, text[:1].lower() + text[1:], remedy)


def another(line: Line, fitting: Iterable[periods.Frequency]) -> Fault:
    before = " or ".join(sorted(one.value for one in fitting))
    remedy = "Keep periods of one kind in a series, or say --frequency."
    return Fault(line.row, "period", line.period, f"is not a {before}, as others are", remedy)
