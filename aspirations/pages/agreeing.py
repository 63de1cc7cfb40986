"""What follows where a leader agrees a draft: the light today, and the light under the new path."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import Challenge, Judgment, Metric, Trajectory
from aspirations.sentences import plans
from aspirations.services.drafting import lights_under


@dataclass(frozen=True)
class Lit:
    """A light with the word and the chance that go with it; without a light, why there is none."""

    light: str
    word: str
    chance: str
    path: str
    why: str = ""


@dataclass(frozen=True)
class Consequences:
    """What a draft would change, and what was left open."""

    now: Lit
    then: Lit
    row: Trajectory
    agreed: Trajectory | None
    open_doubts: list[Challenge]

    @property
    def headline(self) -> str:
        if self.now.light == self.then.light:
            words = _("If you agree, the light stays %(light)s.")
        else:
            words = _("If you agree, the light goes from %(before)s to %(light)s.")
        return words % {"before": self.now.word, "light": self.then.word}

    @property
    def moves_target(self) -> bool:
        return self.agreed is not None and self.target_before != self.target_after

    @property
    def target_before(self) -> str:
        return goal_text(self.row.series.metric, self.agreed) if self.agreed else ""

    @property
    def target_after(self) -> str:
        return goal_text(self.row.series.metric, self.row)


def goal_text(metric: Metric, path: Trajectory) -> str:
    return _("%(target)s by %(due)s") % {
        "target": sentences.aim_text(metric, path.target.value),
        "due": sentences.period_text(metric, path.target.due),
    }


def consequences(row: Trajectory) -> Consequences:
    """Judged both ways on today's figures; nothing is stored."""
    metric = row.series.metric
    now, then = lights_under(row)
    rows = Trajectory.objects.in_force().filter(series=row.series)
    agreed = rows.select_related("baseline", "target").first()
    doubts = Challenge.objects.filter(trajectory=row, answered_at=None).select_related("author")
    return Consequences(lit(metric, now, agreed), lit(metric, then, row), row, agreed, list(doubts))


def lit(metric: Metric, judgment: Judgment | None, path: Trajectory | None) -> Lit:
    light = judgment.light if judgment else "N"
    return Lit(
        light=light, word=sentences.light_word(light),
        chance=_("Likelihood of delivery: %(chance)s.")
        % {"chance": sentences.about(judgment.likelihood if judgment else None)},
        path=plans.shape_text(metric, path) if path else _("No path is in force."),
        why=without_light(judgment) if judgment and light == "N" else "",
    )  # fmt: skip


def without_light(judgment: Judgment) -> str:
    return _("No light: %(reason)s.") % {
        "reason": sentences.reason_word(judgment.not_judged_reason)
    }
