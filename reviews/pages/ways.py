"""Where the pages of a sheet stand: within a system for members, behind a link for guests."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from reviews.models import Round


@dataclass(frozen=True)
class Way:
    """The addresses of one sheet, and the frame that its pages have."""

    sheet: str
    finish: str
    take_back: str
    elements: tuple[str, tuple[Any, ...]]
    frame: str = "base.html"
    is_guest: bool = False

    def element(self, code: str) -> str:
        name, where = self.elements
        return reverse(name, args=[*where, code])


def within(round: Round) -> Way:
    """The way of a member of the system."""
    where = (round.system.slug, round.pk)
    return Way(
        sheet=reverse("score_sheet", args=where),
        finish=reverse("finish_scores", args=where),
        take_back=reverse("take_back_scores", args=where),
        elements=("score_element", where),
    )


def for_guest() -> Way:
    """The way of a guest; which round it is, the session knows."""
    return Way(
        sheet=reverse("guest_review"),
        finish=reverse("finish_as_guest"),
        take_back=reverse("take_back_as_guest"),
        elements=("guest_element", ()),
        frame="reviews/guest_base.html",
        is_guest=True,
    )
