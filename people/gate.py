"""The door of pages and interface: a system or object comes only through here."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import NotFound
from rest_framework.permissions import BasePermission

from people.models import System
from people.permissions import may

# What a token opens at most, whatever its owner may do: a program never reads who the people are.
TOKEN_ACTIONS = frozenset({"system.read", "dashboard.read", "plan.read", "observation.read"})


def system_or_404(request: HttpRequest, slug: str, action: str = "dashboard.read") -> System:
    """The system, if this person may do `action` there; otherwise as if it did not exist."""
    return get_object_or_404(System.objects.visible_to(request.user, action), slug=slug)


class DenyAll(BasePermission):
    """The default of the interface: a view that names no permission answers nobody."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


def within_reach(request: Any, action: str) -> bool:
    """Whether this way of signing in can be used for `action` at all."""
    return request.auth is None or action in TOKEN_ACTIONS


def may_through(request: Any, action: str, system: System) -> bool:
    """Whether the person may do `action` in this system, signed in as they are."""
    return within_reach(request, action) and may(request.user, action, system)


class SignedIn(BasePermission):
    """Anyone signed in; the view's rows are still only those visible to them."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return bool(request.user and request.user.is_authenticated)


class ThroughGate(SignedIn):
    """The system named in the address, opened by the first of `view.opens` the person may do.

    Leaves `view.system` and `view.opened_by`. A system that is not there and one that is not
    visible get the same answer.
    """

    def has_permission(self, request: Any, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        for action in view.opens:
            visible = System.objects.visible_to(request.user, action)
            system = visible.filter(slug=view.kwargs["system"]).first()
            if system and within_reach(request, action):
                view.system, view.opened_by = system, action
                return True
        raise NotFound
