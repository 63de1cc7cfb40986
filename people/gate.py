"""The door of pages and interface: a system or object comes only through here."""

from copy import copy
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.exceptions import PermissionDenied as Refused
from rest_framework.permissions import BasePermission

from people.models import System
from people.permissions import ACTIONS, administers, lacks_second_factor, may

ASKS_SECOND_FACTOR = _(
    "This system asks for a second factor. Sign in to its pages with one, or send a token."
)


class SecondFactorNeeded(PermissionDenied):
    """What is asked for would open, were a second factor given at sign-in."""


def system_or_404(request: HttpRequest, slug: str, action: str = "dashboard.read") -> System:
    """The system, if this person may do `action` there; otherwise as if it did not exist."""
    found = System.objects.visible_to(request.user, action).filter(slug=slug).first()
    if found is None:
        ask_second_factor(request.user, slug, action)
        raise Http404
    return found


def system_to_act_in(request: HttpRequest, slug: str, *, read: str, act: str) -> System:
    """The system, if this person may do `act` there: 404 where not even `read`, else 403."""
    place = system_or_404(request, slug, read)
    refuse_unless(request, act, place)
    return place


def row_or_404(request: HttpRequest, kind: type[Any], action: str, **where: Any) -> Any:
    """The one row of `kind` found by `where`, if this person may do `action` to it, else 404.

    For rows that open to those who are named on them: the system alone does not settle it.
    """
    rows = kind._default_manager.filter(**where).select_related("system")
    found = rows.visible_to(request.user, action).first()
    if found is not None:
        return found
    if lacks_second_factor(request.user):
        satisfied = rows.visible_to(with_second_factor(request.user), action)
        if satisfied.exists():
            raise SecondFactorNeeded
    raise Http404


def row_to_act_on(
    request: HttpRequest, kind: type[Any], *, read: str, act: str, **where: Any
) -> Any:
    """The row, if this person may do `act` to it: 404 where not even `read`, else 403."""
    found = row_or_404(request, kind, read, **where)
    if not kind._default_manager.visible_to(request.user, act).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def refuse_unless(request: HttpRequest, action: str, place: System) -> None:
    """403 for a member who may read what is here and may not do this to it."""
    if may(request.user, action, place):
        return
    if lacks_second_factor(request.user) and may(with_second_factor(request.user), action, place):
        raise SecondFactorNeeded
    raise PermissionDenied


def by(request: HttpRequest) -> dict[str, Any]:
    """Who acts, and by which door, as services take it."""
    return {"actor": request.user, "door": "page"}


def administrators_only(request: HttpRequest) -> None:
    """404 for all but installation administrators: the rest need not know the page exists."""
    if administers(request.user):
        return
    if administers(with_second_factor(request.user)):
        raise SecondFactorNeeded
    raise Http404


def ask_second_factor(user: Any, slug: str, action: str) -> None:
    """Say what is missing to who would come in with it; a stranger learns nothing."""
    if opens_with_second_factor(user, slug, action):
        raise SecondFactorNeeded


def opens_with_second_factor(user: Any, slug: str, action: str) -> bool:
    """Whether a second factor is all that this person lacks for `action` in the system."""
    if not lacks_second_factor(user):
        return False
    satisfied = System.objects.visible_to(with_second_factor(user), action)
    return satisfied.filter(slug=slug).exists()


def with_second_factor(user: Any) -> Any:
    """The same person as if a second factor had been given, only to ask what that would open."""
    # TRAP: a lazy user copied as it is would still be the one of the request.
    other = copy(getattr(user, "_wrapped", user))
    other.lacks_second_factor = False
    return other


class DenyAll(BasePermission):
    """The default of the interface: a view that names no permission answers nobody."""

    def has_permission(self, request: Any, view: Any) -> bool:
        return False


def within_reach(request: Any, action: str) -> bool:
    """Whether this way of signing in can be used for `action` at all."""
    return request.auth is None or ACTIONS[action].program


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
            if system:
                view.system, view.opened_by = system, action
                return True
        slug = view.kwargs["system"]
        if any(opens_with_second_factor(request.user, slug, action) for action in view.opens):
            raise Refused(ASKS_SECOND_FACTOR)
        raise NotFound
