"""The parts of a rate: numerator and denominator, and the value that follows from them."""

import math
from dataclasses import dataclass

from aspirations.intake.faults import Fault
from aspirations.intake.parse import PARTS, RawRow
from aspirations.intake.values import ABSENT, code, contradiction, number
from aspirations.models import Metric

# A computed rate may be off by this share of itself: a few units in a float's last place.
BINARY = 1e-15


@dataclass(frozen=True)
class Parts:
    """What is counted, what it is counted in, and the rate they make."""

    numerator: float
    denominator: float
    value: float


def find_parts(
    raw: RawRow, metric: Metric | None, written: float | None, faults: list[Fault]
) -> Parts | None:
    """The parts of a row's rate, or None where it has none or a fault; `written` is the value
    that stands beside them."""
    if not (raw.numerator or raw.denominator):
        return None
    given = [part for part in PARTS if not is_absent(getattr(raw, part))]
    if not given:
        return None
    if wrong := misplaced(raw, metric, given):
        faults.append(wrong)
        return None
    numerator, denominator = (number(raw, faults, part) for part in PARTS)
    if metric is None or numerator is None or denominator is None:
        return None
    return rate(raw, metric, (numerator, denominator), written, faults)


def is_absent(text: str) -> bool:
    return text.lower() in ABSENT or code(text) != ""


def misplaced(raw: RawRow, metric: Metric | None, given: list[str]) -> Fault | None:
    """A fault where parts cannot stand: one alone, in a metric that is no rate, beside absence."""
    if len(given) == 1:
        [part], [other] = given, set(PARTS) - set(given)
        return Fault(raw.row, other, getattr(raw, other), f"is absent, yet there is a {part}",
                     "Give both or neither.")  # fmt: skip
    if metric and metric.kind != Metric.Kind.RATE:
        problem = f"is given, yet {metric.slug} is no rate"
        remedy = "Make the metric’s kind rate, or clear numerator and denominator."
        return Fault(raw.row, "numerator", raw.numerator, problem, remedy)
    if raw.flag:
        return contradiction(raw)
    if code(raw.value):
        return Fault(raw.row, "value", raw.value, "stands for absence, yet there are its parts",
                     "Clear the value, or numerator and denominator.")  # fmt: skip
    return None


def rate(
    raw: RawRow, metric: Metric, parts: tuple[float, float], written: float | None,
    faults: list[Fault],
) -> Parts | None:  # fmt: skip
    """Rate = `rate_per` × numerator / denominator; a value beside it must be that, rounded."""
    numerator, denominator = parts
    if denominator <= 0:
        faults.append(
            Fault(raw.row, "denominator", raw.denominator, "is not above zero",
                  "Mend it; where there was nothing to count in, leave the figures blank with the "
                  "flag not_applicable.")
        )  # fmt: skip
        return None
    value = metric.rate_per * numerator / denominator
    if not math.isfinite(value):
        faults.append(
            Fault(raw.row, "numerator", raw.numerator, "makes too large a rate",
                  "Mend numerator or denominator.")
        )  # fmt: skip
        return None
    if written is not None and abs(written - value) > leeway(raw.value, value):
        faults.append(disagreement(raw, metric, value))
        return None
    return Parts(numerator, denominator, value)


def leeway(text: str, value: float) -> float:
    """Half a unit in the last place of a number as it is written, `0.05` for `33.3`."""
    mantissa, _, exponent = text.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    half = 0.5 * float(f"1e{exponent or 0}") * 10.0**-decimals
    return half * (1 + BINARY) + BINARY * abs(value)


def disagreement(raw: RawRow, metric: Metric, value: float) -> Fault:
    sum_of = f"{metric.rate_per:g} × {raw.numerator} / {raw.denominator} = {value:.10g}"
    remedy = "Mend one of them or the metric’s rate_per, or leave the value blank."
    problem = f"does not agree with its parts: {sum_of}"
    return Fault(raw.row, "value", raw.value, problem, remedy)
