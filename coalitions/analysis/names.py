"""Names of offices as several people write them: which are one, and which may be.

What differs in case, blanks, marks, accents or “the” is one name. What is merely close is never
put together here: a person says whether it is the same.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

CLOSE = 0.85
"""From this likeness on two names may be the same office, spelt otherwise."""
APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
LITTLE = {"a", "an", "and", "at", "for", "in", "of", "on", "to"}


@dataclass(frozen=True, repr=False)
class Unique:
    """One name: how most wrote it, and the places of all who did."""

    name: str
    at: tuple[int, ...]


def name_key(name: str) -> str:
    """What two names share where they are one; never empty for a name that is not."""
    return "".join(words(name)) or "".join(name.split()).casefold()


def words(name: str) -> list[str]:
    """The words of a name without case, accents, marks and “the”."""
    text = folded(name.translate(APOSTROPHES)).replace("&", " and ")
    plain = "".join(sign if sign.isalnum() else " " for sign in text)
    return [word for word in plain.split() if word != "the"]


def folded(text: str) -> str:
    """Without case and accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def unique_names(names: Sequence[str]) -> list[Unique]:
    """Each name once, by the alphabet, so that its order betrays no list it came from."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        found[name_key(name)].append(place)
    return [
        Unique(most_written([names[place] for place in at]), tuple(at))
        for _key, at in sorted(found.items())
    ]


def most_written(spellings: Sequence[str]) -> str:
    """The spelling that most used; of several the first by the alphabet."""
    counts = Counter(" ".join(one.split()) for one in spellings)
    return min(counts, key=lambda one: (-counts[one], one))


def is_close(one: str, other: str) -> bool:
    """Whether two names that are not one may still be: spelt nearly alike, or words reordered."""
    first, second = sorted((words(one), words(other)))
    if "".join(first) == "".join(second):
        return False
    return weighty(first) == weighty(second) != [] or near(" ".join(first), " ".join(second))


def weighty(parts: Sequence[str]) -> list[str]:
    return sorted(word for word in parts if word not in LITTLE)


def near(first: str, second: str) -> bool:
    # TRAP: its ratio depends on which comes first; the caller hands them in one order.
    match = SequenceMatcher(None, first, second, autojunk=False)
    # The two quick ones are bounds from above, and far cheaper.
    bounds = (match.real_quick_ratio, match.quick_ratio, match.ratio)
    return all(bound() >= CLOSE for bound in bounds)


def close_to(name: str, others: Sequence[str]) -> list[int]:
    """Places among `others` of those that may be the same as `name`."""
    return [place for place, other in enumerate(others) if is_close(name, other)]
