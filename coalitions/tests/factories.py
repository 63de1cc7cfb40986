"""Coalitions, delegates and candid notes for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from aspirations.tests.factories import AspirationFactory
from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    CandidNote,
    Charter,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    Delegate,
    Difficulty,
    EntryPoint,
    Level,
    MemberCommitment,
    NextStep,
    Nomination,
    OwnList,
    Standing,
    Status,
    Vacancy,
)
from people.tests.factories import ActorFactory, MembershipFactory, UserFactory


class CoalitionFactory(DjangoModelFactory[Coalition]):
    class Meta:
        model = Coalition

    aspiration = factory.SubFactory(AspirationFactory)
    system = factory.SelfAttribute("aspiration.system")


class DelegateFactory(DjangoModelFactory[Delegate]):
    """Someone with the role of a viewer, unless `user` is given."""

    class Meta:
        model = Delegate

    class Params:
        role = "viewer"

    coalition = factory.SubFactory(CoalitionFactory)
    user = factory.LazyAttribute(
        lambda row: MembershipFactory.create(system=row.coalition.system, role=row.role).user
    )
    named_by = factory.SubFactory(UserFactory)


class CandidNoteFactory(DjangoModelFactory[CandidNote]):
    class Meta:
        model = CandidNote

    coalition = factory.SubFactory(CoalitionFactory)
    author = factory.SubFactory(UserFactory)
    body = "Wary of the union leader."


class CharterFactory(DjangoModelFactory[Charter]):
    class Meta:
        model = Charter

    coalition = factory.SubFactory(CoalitionFactory)
    purpose = "Clear the way for early reading in the largest districts."


class CandidateFactory(DjangoModelFactory[Candidate]):
    """The next on the long list of its coalition, with an actor of its own."""

    class Meta:
        model = Candidate

    coalition = factory.SubFactory(CoalitionFactory)
    actor = factory.SubFactory(ActorFactory, system=factory.SelfAttribute("..coalition.system"))
    number = factory.LazyAttribute(lambda row: row.coalition.candidates.count() + 1)


class AppraisalFactory(DjangoModelFactory[Appraisal]):
    class Meta:
        model = Appraisal

    candidate = factory.SubFactory(CandidateFactory)
    author = factory.SubFactory(UserFactory)
    seq = factory.LazyAttribute(lambda row: row.candidate.appraisals.count() + 1)
    alignment = Level.LOW
    cause = "Was not asked last time."
    potential = Level.HIGH
    power = Level.VERY_HIGH
    powers = "credibility"


class StandingFactory(DjangoModelFactory[Standing]):
    class Meta:
        model = Standing

    candidate = factory.SubFactory(CandidateFactory)
    author = factory.SubFactory(UserFactory)
    seq = factory.LazyAttribute(lambda row: row.candidate.standings.count() + 1)
    status = Status.SHORTLISTED


class DifficultyFactory(DjangoModelFactory[Difficulty]):
    """Between two new candidates, unless `between` is given."""

    class Meta:
        model = Difficulty

    coalition = factory.SubFactory(CoalitionFactory)
    between = factory.LazyAttribute(
        lambda row: ",".join(
            str(CandidateFactory.create(coalition=row.coalition).actor_id) for _turn in range(2)
        )
    )
    note = "They fell out over the budget of 2023."


class OwnListFactory(DjangoModelFactory[OwnList]):
    class Meta:
        model = OwnList

    coalition = factory.SubFactory(CoalitionFactory)
    author = factory.SubFactory(UserFactory)


class NominationFactory(DjangoModelFactory[Nomination]):
    class Meta:
        model = Nomination

    own_list = factory.SubFactory(OwnListFactory)
    office = factory.Sequence(lambda n: f"Office {n}")
    why = "Every district asks them first."


class ContactFactory(DjangoModelFactory[Contact]):
    class Meta:
        model = Contact

    coalition = factory.SubFactory(CoalitionFactory)
    author = factory.SubFactory(UserFactory)
    held_on = date(2025, 3, 3)
    by = "Superintendent"
    purpose = "Hear what the timetable costs."


class CommitmentFactory(DjangoModelFactory[MemberCommitment]):
    class Meta:
        model = MemberCommitment

    candidate = factory.SubFactory(CandidateFactory)
    what = "Speak for the plan at the spring assembly."
    due = date(2025, 4, 1)


class BarrierFactory(DjangoModelFactory[Barrier]):
    class Meta:
        model = Barrier

    coalition = factory.SubFactory(CoalitionFactory)
    what = "Two offices answer for the same coaches."
    raised_on = date(2025, 2, 1)


class NextStepFactory(DjangoModelFactory[NextStep]):
    class Meta:
        model = NextStep

    coalition = factory.SubFactory(CoalitionFactory)
    what = "Ask what would have to change."
    owner = "Superintendent"
    due = date(2025, 3, 20)


class VacancyFactory(DjangoModelFactory[Vacancy]):
    class Meta:
        model = Vacancy

    coalition = factory.SubFactory(CoalitionFactory)
    actor = factory.SubFactory(ActorFactory, system=factory.SelfAttribute("..coalition.system"))
    falls_vacant_on = date(2025, 6, 30)
    influencers = "The board’s nominating committee."


class CommonGroundFactory(DjangoModelFactory[CommonGround]):
    class Meta:
        model = CommonGround

    candidate = factory.SubFactory(CandidateFactory)
    author = factory.SubFactory(UserFactory)
    seq = factory.LazyAttribute(lambda row: row.candidate.grounds.count() + 1)
    aspiration = CommonGround.Share.FULLY
    values = CommonGround.Share.LARGELY
    strategy = CommonGround.Share.PARTLY
    approach = CommonGround.Share.NOT_YET


class CircleFactory(DjangoModelFactory[Circle]):
    class Meta:
        model = Circle

    coalition = factory.SubFactory(CoalitionFactory)
    order = factory.LazyAttribute(lambda row: row.coalition.circles.count() + 1)
    name = "Principals"
    state = Circle.State.TOLD


class EntryPointFactory(DjangoModelFactory[EntryPoint]):
    class Meta:
        model = EntryPoint

    coalition = factory.SubFactory(CoalitionFactory)
    what = "One list of absent children, shared weekly."
