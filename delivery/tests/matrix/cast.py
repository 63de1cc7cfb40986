"""Everyone who might knock, seen from the system `own`."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie

from django.test import Client

from people import tokens
from people.models import System, User
from people.tests.agreed import PROGRAMS, ROLES
from people.tests.entering import prove
from people.tests.factories import MembershipFactory, UserFactory


@dataclass
class Person:
    """Who knocks: a column of the agreed table, if any, and how they are signed in."""

    name: str
    column: str = ""
    named: bool = False
    user: User | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def client(self) -> Client:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else None
        client = Client(headers=headers)
        client.cookies = SimpleCookie(self.cookies)
        return client


def members(own: System) -> list[Person]:
    """One person for each role, and one more who is also named wherever one can be named."""
    found = []
    for code, role in ROLES.items():
        for named in (False, True):
            user = UserFactory.create(name=f"{role}{' named' * named}")
            MembershipFactory.create(user=user, system=own, role=role)
            found.append(signed_in(f"{code}{'*' * named}", user, code, named))
    return found


def outsiders(own: System) -> list[Person]:
    """Nobody, anybody, an administrator, and one who has been a leader here."""
    former = MembershipFactory.create(system=own, role="delivery_leader")
    gone = signed_in("removed leader", former.user)
    former.delete()
    administrator = UserFactory.create(name="Administrator", is_staff=True, is_superuser=True)
    return [
        Person("anonymous"),
        signed_in("stranger", UserFactory.create()),
        gone,
        signed_in("administrator", administrator, "IA"),
    ]


def programs(own: System) -> list[Person]:
    maker = MembershipFactory.create(system=own, role="delivery_leader").user
    return [program(code, role, own, maker) for code, role in PROGRAMS.items()]


def program(code: str, role: str, own: System, maker: User) -> Person:
    """A program with a token; pages do not know it."""
    _row, token = tokens.issue(user=maker, system=own, role=role, name=f"Program {code}", days=30)
    return Person(f"program {code}", code, user=maker, token=token)


def signed_in(
    name: str, user: User, column: str = "", named: bool = False, method: str = "password"
) -> Person:
    """Signed in a moment ago, so that confidential pages ask nothing more."""
    client = Client()
    prove(client, user, method)
    cookies = {key: morsel.value for key, morsel in client.cookies.items()}
    return Person(name, column, named, user, cookies)
