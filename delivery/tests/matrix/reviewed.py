"""Capacity reviews of every kind in a system: set up, open, closed, and told to the team."""

from typing import Any

from django.utils import timezone

from delivery.tests.matrix.figures import START, TODAY
from people.models import Action, System, User
from reviews.models import (
    AgreedScore,
    Conclusion,
    Conversation,
    Element,
    Figure,
    Finding,
    Implication,
    InterviewNote,
    Participant,
    Publication,
    ReviewAction,
    Round,
    Rubric,
    Score,
    Step,
)
from reviews.services.fitness import element_stamp

LIGHTS = ("Red", "Amber-Red", "Amber-Green", "Green")
STATES = {"round": "draft", "open": "open", "closed": "closed", "told": "closed"}


def reviewed(row: System, staff: dict[str, User]) -> dict[str, Any]:
    """Rubrics, rounds in each state with all that hangs on them, each naming one colleague."""
    rubric, draft = (rubric_of(row, key) for key in ("used", "drafted"))
    rounds = {key: round_of(row, rubric, key, state) for key, state in STATES.items()}
    element, other = rubric.elements.order_by("order")
    drafted = draft.elements.order_by("order")[0]
    parts = {
        key: Participant.objects.create(
            round=found, kind="self", user=staff["colleague"], named_by=staff["leader"]
        )
        for key, found in rounds.items()
    }
    guest = Participant.objects.create(
        round=rounds["open"], kind="interviewee", name=f"visiting {row.slug}",
        email=f"guest@{row.slug}.example.org", named_by=staff["leader"],
    )  # fmt: skip
    for part in (parts["open"], parts["closed"], guest):
        Score.objects.create(
            participant=part, element=element, revision=1, value=2, reason=f"scoring {row.slug}"
        )
    heard(rounds["round"], element, staff["leader"])
    released = concluded(rounds["told"], other, f"releasing {row.slug}", shared=True)
    return {
        **{key: found.pk for key, found in rounds.items()},
        "participant": parts["round"].pk,
        "guest": guest.pk,
        "step": Step.objects.get(round=rounds["round"]).pk,
        "rubric": rubric.pk,
        "draft_rubric": draft.pk,
        "draft_element": drafted.pk,
        "stamp": element_stamp(drafted),
        "code": element.code,
        "talk": Conversation.objects.get(round=rounds["round"]).pk,
        **concluded(rounds["closed"], element, f"concluding {row.slug}"),
        "agreed": released["agreed"],
    }


def rubric_of(row: System, key: str) -> Rubric:
    """Two elements; the one in use is adopted, the other a draft."""
    rubric = Rubric.objects.create(
        system=row, key=key, title=f"questioning {row.slug} {key}", lens="lights",
        scale=[{"name": name, "meaning": name} for name in LIGHTS],
        adopted_at=timezone.now() if key == "used" else None,
    )  # fmt: skip
    Element.objects.bulk_create(
        Element(
            rubric=rubric, code=f"{letter}-{row.slug}", section="Foundation", order=place,
            title=f"Element {letter}", question="Is it so?", weak="It is not.", strong="It is.",
        )
        for place, letter in enumerate("EF")
    )  # fmt: skip
    return rubric


def round_of(row: System, rubric: Rubric, key: str, state: str) -> Round:
    now = timezone.now()
    found = Round.objects.create(
        system=row, aspiration=row.aspirations.get(), title=f"reviewing {row.slug} {key}",
        purpose="How able are we?", rubric=rubric, starts=START, due=TODAY, state=state,
        closed_at=now if state == "closed" else None,
        leader_at=now if key == "told" else None, team_at=now if key == "told" else None,
    )  # fmt: skip
    Step.objects.create(round=found, kind="interviews", starts=START, ends=START)
    return found


def heard(round: Round, element: Element, leader: User) -> None:
    """What was said, under seal."""
    slug = round.system.slug
    talk = Conversation.objects.create(
        round=round, kind="interview", held_on=START, label=f"listening {slug}", author=leader
    )
    InterviewNote.objects.create(
        round=round, conversation=talk, element=element, body=f"listening {slug}", author=leader
    )


def concluded(
    round: Round, element: Element, words: str, *, shared: bool = False
) -> dict[str, int]:
    """Frozen figures, an agreed score, a finding and all that follows, in these words."""
    frozen = Publication.objects.create(round=round, number=1)
    Figure.objects.create(
        publication=frozen, element=element, group="self", state="shown", median=2.5
    )
    agreed = AgreedScore.objects.create(
        round=round, element=element, revision=1, value=2, reason=words
    )
    finding = Finding.objects.create(round=round, text=words)
    implication = Implication.objects.create(finding=finding, text=words)
    action = ReviewAction.objects.create(
        implication=implication,
        action=Action.objects.create(
            system=round.system, what=words, owner="Data Office", due=TODAY, shared=shared
        ),
    )
    bare = Finding.objects.create(round=round, text=words)
    conclusion = Conclusion.objects.create(round=round, kind="stop", text=words)
    return {
        "agreed": agreed.pk,
        "finding": finding.pk,
        "implication": implication.pk,
        # Without an action, so that they can be withdrawn.
        "bare_finding": bare.pk,
        "bare_implication": Implication.objects.create(finding=bare, text=words).pk,
        "review_action": action.pk,
        "unshared": action.action_id,
        "conclusion": conclusion.pk,
    }


def begin_sheet(part: Participant) -> None:
    """The last element is answered, so that there is a sheet to finish and to take back."""
    assert part.round.rubric
    element = part.round.rubric.elements.order_by("-order")[0]
    Score.objects.create(participant=part, element=element, revision=1, reason="begun")
