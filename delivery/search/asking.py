"""What a reader asks for: some words, and where they look."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from delivery.search.folding import fold

LONGEST = 100
MOST_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """The fields as the address holds them.

    q       what was typed, without signs that cannot be seen, cut at `LONGEST`
    within  slug of the one system to look in; empty for all (`in` in the address)
    near    slug of the system whose rows come first, where they fit as well as others
    """

    q: str = ""
    within: str = ""
    near: str = ""
    was_cut: bool = False

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "Asked":
        typed = seen(str(query.get("q", "")))
        words = typed[:LONGEST].split()[:MOST_WORDS]
        q = " ".join(words)
        within, near = (seen(str(query.get(name, "")))[:60] for name in ("in", "near"))
        return cls(q, within, near, was_cut=len(q) < len(" ".join(typed.split())))

    @property
    def folded(self) -> str:
        return fold(self.q)

    @property
    def words(self) -> list[str]:
        return self.folded.split()

    def fits(self, text: str) -> bool:
        """Whether every word stands somewhere in the text."""
        folded = fold(text)
        return bool(self.words) and all(word in folded for word in self.words)

    def rank(self, text: str) -> int:
        """0 where it is the text, 1 where it begins it, 2 where it begins a word of it, else 3."""
        folded = fold(text)
        if folded == self.folded:
            return 0
        if folded.startswith(self.folded):
            return 1
        return 2 if f" {self.folded}" in folded else 3


def seen(text: str) -> str:
    """The text with blanks for control characters and halves of characters."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()
