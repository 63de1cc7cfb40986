"""What is typed after an option, as values: each fault names the option's value and a remedy."""

import math
import re
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from aspirations.analysis.periods import Frequency
from aspirations.analysis.trajectories import SeasonalForm
from aspirations.bench.figures import LARGEST, Bounds
from aspirations.services import clocks

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")
SEASONS: dict[str, Literal["index", "offset"]] = {"index": "index", "offset": "offset"}
LONGEST_LAG = 3650
SIGNS = {"increase": 1, "decrease": -1, "none": 0}
Pair = tuple[str, float | None]


def number(text: str) -> float:
    """A finite number of a size that sums and squares can hold."""
    if not NUMBER.match(text) or not math.isfinite(float(text)) or abs(float(text)) > LARGEST:
        raise ArgumentTypeError(f"“{text}” is not a number. Write digits and a decimal point.")
    return float(text)


def positive(text: str) -> float:
    found = number(text)
    if found <= 0:
        raise ArgumentTypeError(f"“{text}” is not above zero. Write 100 for a percentage.")
    return found


def frequency(text: str) -> str:
    word = text.lower().replace("-", "_")
    if word not in list(Frequency):
        known = ", ".join(Frequency)
        raise ArgumentTypeError(f"“{text}” is not a frequency. Use one of {known}.")
    return word


def month(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 12):
        raise ArgumentTypeError(f"“{text}” is not a month. Write 1 (January) to 12.")
    return int(text)


def count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ArgumentTypeError(f"“{text}” is not a count. Write a whole number.")
    return int(text)


def lag(text: str) -> int:
    days = count(text)
    if days > LONGEST_LAG:
        raise ArgumentTypeError(f"“{text}” is too long a lag. Give at most {LONGEST_LAG} days.")
    return days


def day(text: str) -> date:
    try:
        return clocks.day(text)
    except ValueError as problem:
        raise ArgumentTypeError(str(problem)) from problem


def label(text: str) -> str:
    return text


def dated(text: str) -> Pair:
    """PERIOD=VALUE, or PERIOD alone; the label is read once the frequency is known."""
    label, sign, value = text.rpartition("=")
    if not sign:
        label, value = text, ""
    if not label.strip() or (sign and not value.strip()):
        raise ArgumentTypeError(f"“{text}” is not a period with a value. Write 2024-04=71.5.")
    return label.strip(), number(value.strip()) if sign else None


def dated_value(text: str) -> Pair:
    pair = dated(text)
    if pair[1] is None:
        raise ArgumentTypeError(f"“{text}” has no value. Write PERIOD=VALUE, as 2026-03=80.")
    return pair


def dated_values(text: str) -> list[Pair]:
    return [dated_value(piece) for piece in text.split(",")]


def span(text: str) -> Bounds:
    """LO..HI; either side may be left out."""
    low, dots, high = text.partition("..")
    if not dots or not (low or high):
        raise ArgumentTypeError(f"“{text}” is not a span. Write LO..HI, as 0..100.")
    found = (number(low) if low else None, number(high) if high else None)
    if found[0] is not None and found[1] is not None and found[0] > found[1]:
        raise ArgumentTypeError(f"“{text}” runs backwards. Write the lower end first.")
    return found


def direction(text: str) -> tuple[str, Bounds]:
    """The direction by name, and its band where it is one."""
    if text in SIGNS:
        return text, (None, None)
    if text.startswith("band:"):
        low, high = span(text.removeprefix("band:"))
        if low is not None and high is not None:
            return "band", (low, high)
    raise ArgumentTypeError(
        f"“{text}” is not a direction. Use increase, decrease, band:LO..HI or none."
    )


OF_AN_EFFECT: dict[str, Callable[[str], Any]] = {
    "start": label, "mid": number, "low": number, "high": number, "lag": count, "ramp": count,
    "attribution": number,
}  # fmt: skip


def named(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise ArgumentTypeError(f"“{text}” sets nothing. Write NAME=VALUE.")
    return name.strip(), value.strip()


def named_number(text: str) -> tuple[str, float]:
    name, value = named(text)
    return name, number(value)


def season(text: str) -> SeasonalForm:
    word, _colon, values = text.partition(":")
    kind = SEASONS.get(word)
    if kind is None:
        raise ArgumentTypeError(
            f"“{text}” is not a season. Write index: or offset: and a value for each season."
        )
    return SeasonalForm(kind, tuple(number(value) for value in values.split(",")))


def effect(text: str) -> dict[str, Any]:
    """NAME,start=PERIOD,mid=VALUE and more; the period is read once the frequency is known."""
    name, *pieces = text.split(",")
    found: dict[str, Any] = {"name": name.strip()}
    for field, value in map(named, pieces):
        if field not in OF_AN_EFFECT or field in found:
            known = ", ".join(OF_AN_EFFECT)
            raise ArgumentTypeError(f"“{field}” of “{text}”: say each of {known} at most once.")
        found[field] = OF_AN_EFFECT[field](value)
    if not found["name"] or not {"start", "mid"} <= set(found):
        raise ArgumentTypeError(f"“{text}” is not an effect. Write NAME,start=2024-04,mid=2.5.")
    return found
