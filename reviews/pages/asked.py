"""One element of a rater's own sheet, with what helps to judge it."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _

from reviews.models import AgreedScore, Element, Round
from reviews.pages.scoring import Line, Point, Sheet, points, sources
from reviews.services.scoring_rules import ARGUED, upper_half


@dataclass
class Asked:
    """One element of a sheet, with what helps to judge it."""

    sheet: Sheet
    place: int

    @property
    def line(self) -> Line:
        return self.sheet.lines[self.place]

    @property
    def element(self) -> Element:
        return self.line.element

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def sources(self) -> list[tuple[str, str]]:
        """The rater’s own, each with its kind."""
        return sources(self.line.own.score) if self.line.own.score else []

    @property
    def before(self) -> Line | None:
        return self.sheet.lines[self.place - 1] if self.place else None

    @property
    def after(self) -> Line | None:
        return next(iter(self.sheet.lines[self.place + 1 :]), None)

    @property
    def hint(self) -> str:
        """What is asked of the reason, of this rater, and who will read it."""
        said = [
            _("Name what you saw or heard. A score of %(levels)s needs at least two sources.")
            % {"levels": self.upper_words}
            if self.sheet.part.kind in ARGUED
            else _("If you can, name what you saw or heard; you need not.")
        ]
        if not self.sheet.is_signed:
            said.append(_("Name no person, and nothing that only you could know."))
        return " ".join(said)

    @property
    def upper_words(self) -> str:
        """The levels that need two sources, as read: “3 or 4”."""
        rubric = self.sheet.rubric
        levels = [str(level) for level in upper_half(rubric)] if rubric else []
        return _(" or ").join(filter(None, [", ".join(levels[:-1]), *levels[-1:]]))

    @cached_property
    def last_time(self) -> AgreedScore | None:
        """What was agreed of the same question in the round before, where this rater may read it.

        Guests never do; members once it was released to the team, if they read results at all.
        """
        before = self.sheet.round.follows_id
        if before is None or self.sheet.way.is_guest or self.sheet.user is None:
            return None
        readable = Round.objects.with_results_for(self.sheet.user)
        rows = AgreedScore.objects.in_force().filter(
            round__in=readable.filter(pk=before, team_at__isnull=False).values("pk"),
            element__question=self.element.question, element__weak=self.element.weak,
            element__strong=self.element.strong,
        )  # fmt: skip
        return rows.select_related("round__rubric").first()

    @property
    def last_point(self) -> Point | None:
        told = self.last_time
        if told is None or not told.value or told.round.rubric is None:
            return None
        return points(told.round.rubric)[told.value - 1]


def asked_of(sheet: Sheet, code: str) -> Asked:
    """404 where the rubric has no element of that code, or no scores are asked of this person."""
    places = [line.element.code for line in sheet.lines]
    if code not in places or not sheet.part.is_rater:
        raise Http404
    return Asked(sheet, places.index(code))
