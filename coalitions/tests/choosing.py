"""A long list to choose from, and what its page sends."""

import re
from typing import Any

from django.test import Client

from coalitions.models import Candidate, Coalition, Status
from coalitions.services.choosing import standings
from coalitions.services.considered import considered
from coalitions.tests.factories import AppraisalFactory, CandidateFactory, StandingFactory
from people.tests.factories import ActorFactory

WORD = "vambrace"
POWERS = ("leadership", "management", "position", "expertise", "credibility")


def candidate(
    row: Coalition, status: str = "", *, sphere: str = "", judged: bool = True, **view: Any
) -> Candidate:
    """The next on the long list; its texts hold a word to look for."""
    number = row.candidates.count() + 1
    actor = ActorFactory.create(
        system=row.system, name=f"Office {WORD} {number}", sphere=sphere or f"Sphere {number}"
    )
    found: Candidate = CandidateFactory.create(coalition=row, actor=actor, number=number)
    if judged:
        view = {"cause": f"Asked {WORD} last.", "powers": POWERS[number % 5], **view}
        AppraisalFactory.create(candidate=found, **view)
    if status:
        reason = f"The {WORD} reason." if status in {Status.EXCLUDED, Status.LEFT} else ""
        StandingFactory.create(candidate=found, status=status, reason=reason)
    return found


def seen(row: Coalition) -> str:
    """What a page of now shows of where everybody stands."""
    return " ".join(f"{n}:{seq}" for n, seq in standings(considered(row)).items())


def statuses(row: Coalition) -> dict[int, str]:
    return {one.number: one.status for one in considered(row)}


def ticks(page: str) -> set[int]:
    """Numbers of the boxes that are ticked on a page."""
    boxes = re.findall(r'<input type="checkbox"\s+id="on-(\d+)"[^>]*?>', page)
    checked = re.findall(r'<input type="checkbox"\s+id="on-(\d+)"[^>]*?checked>', page)
    assert len(boxes) == len(set(boxes))
    return {int(number) for number in checked}


def keep(client: Client, to: str, row: Coalition, *on: int, **more: Any) -> Any:
    return client.post(to, {"act": "keep", "on": list(on), "seen": seen(row), **more})
