"""Coalitions, delegates and candid notes for tests."""

import factory
from factory.django import DjangoModelFactory

from aspirations.tests.factories import AspirationFactory
from coalitions.models import CandidNote, Coalition, Delegate
from people.tests.factories import MembershipFactory, UserFactory


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
