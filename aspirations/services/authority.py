"""Who may: asked inside every service that a person can reach; the table stands in `people`."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from people.models import System, User
from people.permissions import may


def require(actor: User | None, action: str, system: System) -> None:
    """Refuse a person who may not do `action` here; commands at the server have no actor."""
    if actor is not None and not may(actor, action, system):
        raise PermissionDenied(
            _("%(actor)s may not do “%(action)s” in %(system)s. Ask a delivery leader there.")
            % {"actor": actor, "action": action, "system": system}
        )
