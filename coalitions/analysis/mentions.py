"""Does a text name an office, as somebody would have written it down?"""

import re
from collections.abc import Iterable

from coalitions.analysis.names import folded

ALIKE = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-", "—": "-"})


def plainly(text: str) -> str:
    """The text without what writers vary: case, kinds of dash and apostrophe, blanks, accents."""
    return " ".join(folded(text.translate(ALIKE)).translate(ALIKE).split())


def names_one_of(text: str, names: Iterable[str]) -> bool:
    """Whether one of these names stands in the text as whole words.

    An office that is meant in other words is not found; nobody should rely on this alone.
    """
    within = plainly(text)
    wanted = [plainly(name) for name in names]
    return any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", within) is not None for name in wanted if name
    )
