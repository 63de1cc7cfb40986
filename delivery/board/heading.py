"""The finding at the top: the unit's wording while it still fits, else the rules' draft."""

from dataclasses import dataclass

from aspirations.services.headlines import Said, Speaking, speaking
from delivery.board.settled import Settled


@dataclass(frozen=True)
class Heading:
    """The sentence on screen and the one on paper, and what stands beneath them."""

    draft: str
    speaking: Speaking
    may_word: bool

    @property
    def screen(self) -> str:
        return self.speaking.shown.text if self.speaking.shown else self.draft

    @property
    def paper(self) -> str:
        """Never a wording that nobody approved."""
        return self.speaking.printed.text if self.speaking.printed else self.draft

    @property
    def wording(self) -> Said | None:
        """The wording on screen, where it is not the rules' own."""
        return self.speaking.shown

    @property
    def outdated(self) -> Said | None:
        return self.speaking.outdated


def heading(draft: str, known: Settled) -> Heading:
    return Heading(
        draft, speaking(draft, known.latest, known.approved), "may_word" in known.allowed
    )
