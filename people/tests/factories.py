"""People, systems and roles for tests."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from people.models import Actor, Membership, Relation, System, User


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        password = kwargs.pop("password", None)
        return User.objects.create_user(password=password, **kwargs)


class SystemFactory(DjangoModelFactory[System]):
    class Meta:
        model = System

    slug = factory.Sequence(lambda n: f"system-{n}")
    name = factory.Sequence(lambda n: f"System {n}")
    # Test clients sign in without one; tests of the second factor set what they ask for.
    second_factor = "nobody"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    system = factory.SubFactory(SystemFactory)
    role = "unit_staff"


class ActorFactory(DjangoModelFactory[Actor]):
    class Meta:
        model = Actor

    system = factory.SubFactory(SystemFactory)
    name = factory.Sequence(lambda n: f"Actor {n}")
    sphere = "Department"


class RelationFactory(DjangoModelFactory[Relation]):
    """The first directs the second, both of one system."""

    class Meta:
        model = Relation

    system = factory.SubFactory(SystemFactory)
    source = factory.SubFactory(ActorFactory, system=factory.SelfAttribute("..system"))
    target = factory.SubFactory(ActorFactory, system=factory.SelfAttribute("..system"))
    kind = "authority"
