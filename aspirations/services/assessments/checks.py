"""What must stand on a sheet before it is sent in; each fault beside its field."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aspirations.analysis.assessments import steps
from aspirations.models import Assessment, Light
from aspirations.sentences import light_word
from people.services import check_reason, is_reason

Faults = dict[str, str]


def check_view(values: Mapping[str, Any]) -> None:
    """A light with its reason, and why it is another than the rules'."""
    raise_if(of_light(values))


def check_full(values: Mapping[str, Any]) -> None:
    """A whole sheet. Nothing is left open, since a middle that was never chosen would hide."""
    raise_if({**of_ratings(values), **of_evidence(values), **of_light(values)})


def raise_if(faults: Faults) -> None:
    if faults:
        raise ValidationError({name: [words] for name, words in faults.items()})


def of_light(values: Mapping[str, Any]) -> Faults:
    light, computed = values.get("light") or "", values.get("computed_light") or ""
    faults = {}
    if not light:
        faults["light"] = _("Choose a light.")
    try:
        check_reason(values.get("reason") or "", _("A light"))
    except ValidationError as problem:
        faults["reason"] = problem.messages[0]
    if steps(light, computed) and not is_reason(values.get("difference_reason") or ""):
        faults["difference_reason"] = _(
            "The rules say %(computed)s and you say %(light)s. Say in ten characters or more why "
            "they differ."
        ) % {"computed": light_word(computed), "light": light_word(light)}
    return faults


def of_ratings(values: Mapping[str, Any]) -> Faults:
    asked = {
        "challenge": _("Choose the degree of challenge."),
        "planning": _("Rate the quality of planning."),
        "capacity": _("Rate the capacity to drive progress."),
        "progress": _("Rate the evidence of progress."),
        "stage": _("Choose the stage of delivery."),
        "confidence": _("Say how confident you are."),
    }
    return {name: words for name, words in asked.items() if not values.get(name)}


def of_evidence(values: Mapping[str, Any]) -> Faults:
    faults = {}
    green = values.get("light") == Light.GREEN
    if green and not is_reason(values.get("recent_performance") or ""):
        faults["recent_performance"] = _(
            "Green needs evidence. Name the figures and milestones that show it."
        )
    lasting = values.get("stage") in (Assessment.Stage.IRREVERSIBLE, "4")
    if lasting and not is_reason(values.get("stage_evidence") or ""):
        faults["stage_evidence"] = _(
            "Irreversible progress needs evidence: changed structures and incentives, leadership, "
            "culture, visible results and credibility."
        )
    return faults
