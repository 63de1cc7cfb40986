"""Signing in for tests, as someone who has just shown who they are."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest
from django.test import Client

from people.models import System, User
from people.tests.factories import MembershipFactory


def prove(client: Client, user: User, method: str = "password") -> None:
    """Sign in, with the record that allauth leaves of it now."""
    client.force_login(user)
    record(client, user, method)


def record(client: Client, user: User, method: str, **more: Any) -> None:
    """Leave such a record of signing in with who is signed in already."""
    request: Any = HttpRequest()
    request.session, request.user = client.session, user
    record_authentication(request, user, method, **more)
    request.session.save()


def grow_old(client: Client, hours: int) -> None:
    """Let all that the session has proven be so much longer ago."""
    session = client.session
    for row in session["account_authentication_methods"]:
        row["at"] -= hours * 3600
    session.save()


def enter(client: Client, system: System, role: str, **fields: Any) -> User:
    """Sign in as a new member of the system, proven just now."""
    user: User = MembershipFactory.create(system=system, role=role, **fields).user
    prove(client, user)
    return user
