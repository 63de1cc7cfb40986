"""Who is here: people, the systems they work in, their roles, and the trail they leave."""

from people.models.actions import Action, ActionQuerySet
from people.models.actors import Actor, ActorQuerySet, Relation
from people.models.exports import Export, ExportQuerySet
from people.models.gated import GatedQuerySet
from people.models.heartbeats import Heartbeat
from people.models.invitations import Appointment, AppointmentQuerySet, Invitation
from people.models.memberships import LEADERS, Membership, MembershipQuerySet, Role
from people.models.named import NamedQuerySet
from people.models.notices import NoticeChoice
from people.models.openings import Opening
from people.models.systems import (
    DEEPEST,
    RESERVED_SLUGS,
    SecondFactor,
    System,
    SystemQuerySet,
    below,
)
from people.models.tokens import Token
from people.models.trail import AuditEntry
from people.models.users import User, UserManager

__all__ = [
    "DEEPEST", "LEADERS", "RESERVED_SLUGS", "Action", "ActionQuerySet", "Actor",
    "ActorQuerySet", "Appointment",
    "AppointmentQuerySet", "AuditEntry", "Export", "ExportQuerySet", "GatedQuerySet", "Heartbeat",
    "Invitation", "Membership",
    "MembershipQuerySet", "NamedQuerySet", "NoticeChoice", "Opening", "Relation", "Role",
    "SecondFactor", "System", "SystemQuerySet", "Token", "User", "UserManager", "below",
]  # fmt: skip
