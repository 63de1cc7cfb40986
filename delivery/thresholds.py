"""The thresholds of a policy in words, as the page of rules prints them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from aspirations.analysis.policy import Policy
from aspirations.sentences import share_text, threshold


@dataclass(frozen=True)
class Threshold:
    """What a light takes: the least chance, and the most it may lie behind its path."""

    light: str
    chance: str
    distance: str


def thresholds(policy: Policy) -> list[Threshold]:
    """One a light, best first."""
    chances, shares = policy.thresholds("likelihood"), policy.thresholds("distance")
    rows = [
        Threshold(
            light,
            _("%(chance)s or more") % {"chance": threshold(chance)},
            _("at most %(share)s behind") % {"share": share_text(-share)},
        )
        for light, chance, share in zip(("G", "AG", "AR"), chances, shares, strict=True)
    ]
    return [*rows, Threshold("R", _("less"), _("further behind"))]


def constants(policy: Policy) -> dict[str, str]:
    """The other numbers that the rules speak of, in words."""
    return {
        "delivered": share_text(1 - policy.tau),
        "cap": share_text(policy.cap_share),
        "errors": str(policy.errors_needed),
        "trend": str(policy.trend_run),
        "shift": str(policy.shift_run),
        "trial": str(policy.trial_below),
        "least": str(policy.limits_from),
    }
