"""Rubrics, rounds, participants, scores, results and notes for tests."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from people.models import Action
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
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
    ScoringLink,
    Step,
)

LIGHTS = [
    {"name": name, "meaning": f"{name} in nearly all respects"}
    for name in ("Red", "Amber-Red", "Amber-Green", "Green")
]


class RubricFactory(DjangoModelFactory[Rubric]):
    """A version in use, without elements."""

    class Meta:
        model = Rubric

    system = factory.SubFactory(SystemFactory)
    key = factory.Sequence(lambda n: f"rubric-{n}")
    title = factory.Sequence(lambda n: f"Rubric {n}")
    lens = "lights"
    scale = factory.LazyFunction(lambda: [dict(point) for point in LIGHTS])
    adopted_at = datetime(2026, 1, 5, tzinfo=UTC)


class ElementFactory(DjangoModelFactory[Element]):
    class Meta:
        model = Element

    rubric = factory.SubFactory(RubricFactory)
    code = factory.Sequence(lambda n: f"{n}A")
    section = "1 Foundation"
    title = factory.Sequence(lambda n: f"Element {n}")
    question = "Is it so?"
    weak = "It is not."
    strong = "It is."
    order = factory.Sequence(lambda n: n)


class RoundFactory(DjangoModelFactory[Round]):
    """An open round, with a rubric of its system in use."""

    class Meta:
        model = Round

    system = factory.SubFactory(SystemFactory)
    title = factory.Sequence(lambda n: f"Round {n}")
    purpose = "Whether the unit can deliver."
    rubric = factory.SubFactory(RubricFactory, system=factory.SelfAttribute("..system"))
    starts = date(2026, 3, 2)
    due = date(2026, 3, 27)
    state = "open"


class StepFactory(DjangoModelFactory[Step]):
    class Meta:
        model = Step

    round = factory.SubFactory(RoundFactory)
    kind = "introduction"
    starts = date(2026, 3, 2)
    ends = date(2026, 3, 2)


class ParticipantFactory(DjangoModelFactory[Participant]):
    """Someone with the role of a reviewer, unless `user` is given."""

    class Meta:
        model = Participant

    class Params:
        role = "reviewer"

    round = factory.SubFactory(RoundFactory)
    user = factory.LazyAttribute(
        lambda row: MembershipFactory.create(system=row.round.system, role=row.role).user
    )
    kind = "independent"
    named_by = factory.SubFactory(UserFactory)


class GuestFactory(DjangoModelFactory[Participant]):
    """Someone without an account."""

    class Meta:
        model = Participant

    round = factory.SubFactory(RoundFactory)
    user = None
    name = factory.Sequence(lambda n: f"Guest {n}")
    email = factory.Sequence(lambda n: f"guest{n}@elsewhere.example")
    kind = "interviewee"
    named_by = factory.SubFactory(UserFactory)


class ScoringLinkFactory(DjangoModelFactory[ScoringLink]):
    class Meta:
        model = ScoringLink

    participant = factory.SubFactory(GuestFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class ScoreFactory(DjangoModelFactory[Score]):
    class Meta:
        model = Score

    participant = factory.SubFactory(ParticipantFactory, kind="self")
    element = factory.SubFactory(
        ElementFactory, rubric=factory.SelfAttribute("..participant.round.rubric")
    )
    revision = 1
    value = 2
    reason = "Two of ten districts could show a path."


class PublicationFactory(DjangoModelFactory[Publication]):
    class Meta:
        model = Publication

    round = factory.SubFactory(RoundFactory, state="closed", closed_at=timezone.now())
    number = 1


class FigureFactory(DjangoModelFactory[Figure]):
    class Meta:
        model = Figure

    publication = factory.SubFactory(PublicationFactory)
    element = factory.SubFactory(
        ElementFactory, rubric=factory.SelfAttribute("..publication.round.rubric")
    )
    group = "self"
    state = "shown"
    median = 2.5


class AgreedScoreFactory(DjangoModelFactory[AgreedScore]):
    class Meta:
        model = AgreedScore

    round = factory.SubFactory(RoundFactory, state="closed", closed_at=timezone.now())
    element = factory.SubFactory(ElementFactory, rubric=factory.SelfAttribute("..round.rubric"))
    revision = 1
    value = 2
    reason = "Paths exist for two of ten districts."


class FindingFactory(DjangoModelFactory[Finding]):
    class Meta:
        model = Finding

    round = factory.SubFactory(RoundFactory, state="closed", closed_at=timezone.now())
    text = factory.Sequence(lambda n: f"Finding {n}: the middle waits for word.")


class ImplicationFactory(DjangoModelFactory[Implication]):
    class Meta:
        model = Implication

    finding = factory.SubFactory(FindingFactory)
    text = factory.Sequence(lambda n: f"Implication {n}: practical direction may win support.")


class ActionFactory(DjangoModelFactory[Action]):
    class Meta:
        model = Action

    system = factory.SubFactory(SystemFactory)
    what = factory.Sequence(lambda n: f"Action {n}: answer every plan within two weeks")
    owner = "Head of Delivery"
    due = date(2026, 6, 30)


class ReviewActionFactory(DjangoModelFactory[ReviewAction]):
    """An action that is not shared yet, as a review's are before its results are released."""

    class Meta:
        model = ReviewAction

    implication = factory.SubFactory(ImplicationFactory)
    action = factory.SubFactory(
        ActionFactory, system=factory.SelfAttribute("..implication.finding.round.system"),
        shared=False,
    )  # fmt: skip


class ConclusionFactory(DjangoModelFactory[Conclusion]):
    class Meta:
        model = Conclusion

    round = factory.SubFactory(RoundFactory, state="closed", closed_at=timezone.now())
    kind = "stop"
    text = "Weekly reports that nobody reads."


class ConversationFactory(DjangoModelFactory[Conversation]):
    class Meta:
        model = Conversation

    round = factory.SubFactory(RoundFactory)
    kind = "interview"
    held_on = date(2026, 3, 10)
    label = "A district leader"
    author = factory.SubFactory(UserFactory)


class InterviewNoteFactory(DjangoModelFactory[InterviewNote]):
    class Meta:
        model = InterviewNote

    round = factory.SubFactory(RoundFactory)
    author = factory.SubFactory(UserFactory)
    body = "They fear the budget hearing."
