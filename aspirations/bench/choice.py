"""Which series of the file are meant."""

import difflib
from collections.abc import Iterable

from aspirations.bench.refusal import Refusal
from aspirations.intake.parse import RawRow as Line

NAMED = 12
Key = tuple[str, str]


def choose(
    lines: Iterable[Line], metric: str | None, segment: str | None, every: bool
) -> dict[Key, list[Line]]:
    """The lines of each chosen series, in the order of the file; one unless `every`."""
    found = series_of(lines)
    for place, asked, what in ((0, metric, "metric"), (1, segment, "segment")):
        if asked is not None:
            found = {key: found[key] for key in matching(found, place, asked, what)}
    if len(found) > 1 and not every:
        raise Refusal(
            f"The file holds {len(found)} series here: {listed(found)}. "
            "Choose one with --metric and --segment, or take them all with --all."
        )
    return found


def series_of(lines: Iterable[Line]) -> dict[Key, list[Line]]:
    found: dict[Key, list[Line]] = {}
    for line in lines:
        found.setdefault((line.metric, line.segment), []).append(line)
    return found


def matching(found: Iterable[Key], place: int, asked: str, what: str) -> list[Key]:
    """The series of that name: as it is written, else with capitals and blanks aside."""
    keys = list(found)
    exact = [key for key in keys if key[place] == asked]
    chosen = exact or [key for key in keys if folded(key[place]) == folded(asked)]
    if not chosen:
        raise Refusal(f"--{what} {asked}: the file has no such {what}. {near(keys, place, asked)}")
    if len(names := sorted({key[place] for key in chosen})) > 1:
        raise Refusal(f"--{what} {asked} can mean {' or '.join(names)}. Write it as the file does.")
    return chosen


def folded(word: str) -> str:
    return " ".join(word.casefold().split())


def near(keys: Iterable[Key], place: int, asked: str) -> str:
    names = sorted({key[place] for key in keys} - {""})
    close = difflib.get_close_matches(asked, names, n=1)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"It has: {some(names)}." if names else "It has no such column."


def listed(found: Iterable[Key]) -> str:
    return some([name_of(key) for key in found])


def name_of(key: Key) -> str:
    """A series in words: “waits, North”; what the file leaves out is left out."""
    return ", ".join(word for word in key if word) or "(no name)"


def some(names: list[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return "; ".join(names[:NAMED]) + more
