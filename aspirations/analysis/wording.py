"""What two wordings of one text have in common, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Kind(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Piece:
    """Words that stayed, were taken out or came in, with the blanks between them."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The later text in order, with what was taken out where it stood; blanks are of the later one.

    What goes out stands before what comes in. Equal texts are one piece; two empty ones none.
    """
    old, new = words(before), words(after)
    # TRAP: without autojunk=False a word met often in a long text would count as no match at all.
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(Kind.SAME, " ".join(new[j1:j2])))
            continue
        found += joined(Kind.OUT, old[i1:i2]) + joined(Kind.IN, new[j1:j2])
    return found


def joined(kind: Kind, text: Sequence[str]) -> list[Piece]:
    return [Piece(kind, " ".join(text))] if text else []


def words(text: str) -> list[str]:
    return re.findall(r"\S+", text)
