"""Rounds, participants and notes for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import InterviewNote, Participant, Round


class RoundFactory(DjangoModelFactory[Round]):
    class Meta:
        model = Round

    system = factory.SubFactory(SystemFactory)
    title = factory.Sequence(lambda n: f"Round {n}")
    purpose = "Whether the unit can deliver."
    starts = date(2026, 3, 2)
    due = date(2026, 3, 27)
    state = "open"


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


class InterviewNoteFactory(DjangoModelFactory[InterviewNote]):
    class Meta:
        model = InterviewNote

    round = factory.SubFactory(RoundFactory)
    author = factory.SubFactory(UserFactory)
    body = "They fear the budget hearing."
