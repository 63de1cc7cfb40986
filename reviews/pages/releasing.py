"""What is still open before results are released, and who then reads them."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Action
from reviews.forms.conclusions import next_step
from reviews.models import Element, Finding, Round


class ReleasePage:
    """The two steps of a release: how far it is, and what to look at before the next."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self.step = next_step(round)

    @property
    def headline(self) -> str:
        words = {
            "leader": _("Only the joint team reads the results now. The leader hears first."),
            "team": _("The leaders can read the results. The team cannot yet."),
        }
        return words.get(self.step, _("The leaders and the team can read the results."))

    @property
    def act(self) -> str:
        words = {"leader": _("Release to the leaders"), "team": _("Release to the team")}
        return words.get(self.step, "")

    @cached_property
    def doubts(self) -> list[str]:
        """What a reader would miss, in words; nothing of it keeps the results back."""
        return [text for text in (self.unagreed, self.unfound, self.undone) if text]

    @property
    def unagreed(self) -> str:
        agreed = self.round.agreed.values("element")
        asked = Element.objects.filter(rubric=self.round.rubric_id).exclude(pk__in=agreed)
        count = asked.count() if self.round.rubric_id and not self.round.is_light else 0
        words = ngettext(
            "One element has no agreed score yet.", "%(count)s elements have no agreed score yet.",
            count,
        )  # fmt: skip
        return words % {"count": count} if count else ""

    @property
    def unfound(self) -> str:
        found = Finding.objects.filter(round=self.round).in_force().exists()
        return "" if found else _("No finding is written down.")

    @property
    def undone(self) -> str:
        agreed = Action.objects.filter(of_review__implication__finding__round=self.round)
        return "" if agreed.exists() else _("No action is agreed on.")
