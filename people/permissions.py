"""Who may do what: the one table of actions and roles, and the questions asked of it.

Pages, interface, exports and tests read this table; no role is tested anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Aggregate, Exists, OuterRef, Q, QuerySet, Subquery, TextField, Value

SL, DL, US = "system_leader", "delivery_leader", "unit_staff"
LO, AH, PO = "leader_office", "accountable_head", "plan_owner"
DP, RV, ST, VW = "data_provider", "reviewer", "steward", "viewer"

UNIT = {SL, DL, US}
HEADS = {SL, DL}
OWNERS = {AH, PO}
READERS = UNIT | OWNERS | {LO, ST, VW}
EVERYONE = READERS | {DP, RV}
# Who may be named as a delegate for one confidential thing.
DELEGATES = READERS - HEADS


@dataclass(frozen=True)
class Rule:
    """Who may do an action.

    own            roles in the system itself
    from_parent    roles in a system above it
    named          roles that may for one object, where they are named on it
    administrator  installation administrators, in every system
    program        tokens may, as far as their role and their maker may
    """

    own: frozenset[str]
    from_parent: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    administrator: bool = False
    program: bool = False


def allow(
    own: Iterable[str] = (),
    *,
    from_parent: Iterable[str] = (),
    named: Iterable[str] = (),
    administrator: bool = False,
    program: bool = False,
) -> Rule:
    return Rule(frozenset(own), frozenset(from_parent), frozenset(named), administrator, program)


# action                         roles in the system itself, and who else
ACTIONS: dict[str, Rule] = {
    "system.read":         allow(EVERYONE, from_parent=READERS, program=True),
    "system.write":        allow({DL}),
    "settings.read":       allow(UNIT),
    "dashboard.read":      allow(READERS, from_parent=READERS, program=True),
    "plan.read":           allow(READERS, program=True),
    "plan.write":          allow(UNIT),
    "trajectory.write":    allow(UNIT | {PO}),
    "trajectory.agree":    allow(HEADS),
    "observation.read":    allow(READERS | {DP}, program=True),
    "observation.write":   allow({DL, US, DP} | OWNERS, program=True),
    "assessment.read":     allow(READERS, program=True),
    "assessment.write":    allow(UNIT),
    "assessment.moderate": allow({DL}),
    "headline.write":      allow(UNIT | {LO}),
    "headline.approve":    allow(HEADS),
    "routine.read":        allow(READERS, program=True),
    "routine.write":       allow(UNIT | OWNERS),
    "learning.write":      allow(UNIT | OWNERS | {ST}),
    # capacity reviews: an invited person sees the one review they are named on
    "review.read":         allow(UNIT, named=EVERYONE),
    "review.write":        allow({DL, US}),
    "rubric.read":         allow(UNIT),
    "score.own":           allow(named=EVERYONE),
    "score.raw":           allow(),
    # after the closing: first who draws the conclusions, then the leaders, then the team
    "conclusion.read":     allow({DL}, named=DELEGATES | {SL}),
    "conclusion.write":    allow({DL}, named=DELEGATES | {SL}),
    "result.first":        allow(HEADS),
    "result.release":      allow(HEADS),
    "result.read":         allow(UNIT, named={RV}),
    # confidential: leaders and the delegates they name, every reading logged
    "coalition.read":      allow(HEADS, named=DELEGATES),
    "coalition.write":     allow(HEADS, named=DELEGATES),
    "note.read":           allow(HEADS, named=DELEGATES),
    "note.write":          allow(HEADS, named=DELEGATES),
    "opening.read":        allow(HEADS, named=DELEGATES),
    "delegate.write":      allow(HEADS),
    # the landscape of the system: public facts
    "actor.read":          allow(READERS),
    "actor.write":         allow(UNIT),
    # people
    "members.read":        allow(UNIT, administrator=True),
    "members.write":       allow({DL}, administrator=True),
    "appointment.decide":  allow(HEADS, administrator=True),
    "token.read":          allow(HEADS, administrator=True),
    "token.write":         allow({DL}),
    "token.revoke":        allow({DL}, administrator=True),
    "trail.read":          allow(UNIT),
    "trail.export":        allow({DL}),
}  # fmt: skip

# What stays out of views and exports for the whole unit: only its own pages tell of it.
CONFIDENTIAL = {"note.read", "coalition.read"}

# Which action opens the rows of a model. A model without a row fails the suite.
MODELS: dict[str, str] = {
    "people.User": "nobody: reached through memberships",
    "people.System": "system.read",
    "people.Membership": "members.read",
    "people.Invitation": "members.read",
    "people.Appointment": "members.read",
    "people.Token": "token.read",
    "people.AuditEntry": "trail.read",
    "people.Export": "trail.export",
    "people.Opening": "opening.read",
    "people.Heartbeat": "nobody: kept by timed jobs",
    "people.Action": "routine.read",
    "people.Actor": "actor.read",
    "people.Relation": "actor.read",
    "people.NoticeChoice": "nobody: each person's own",
    "routines.Stocktake": "routine.read",
    "reviews.Round": "review.read",
    "reviews.Participant": "review.read",
    "reviews.Step": "review.read",
    "reviews.ScoringLink": "nobody: the hash of a secret",
    "reviews.Rubric": "rubric.read",
    "reviews.Element": "rubric.read",
    "reviews.Score": "score.raw",
    "reviews.Publication": "conclusion.read",
    "reviews.Figure": "conclusion.read",
    "reviews.AgreedScore": "conclusion.read",
    "reviews.Finding": "conclusion.read",
    "reviews.Implication": "conclusion.read",
    "reviews.ReviewAction": "conclusion.read",
    "reviews.Conclusion": "conclusion.read",
    "reviews.Conversation": "note.read",
    "reviews.InterviewNote": "note.read",
    "coalitions.Coalition": "coalition.read",
    "coalitions.Delegate": "coalition.read",
    "coalitions.CandidNote": "coalition.read",
    "coalitions.Charter": "coalition.read",
    "coalitions.Candidate": "coalition.read",
    "coalitions.Appraisal": "coalition.read",
    "coalitions.Standing": "coalition.read",
    "coalitions.Difficulty": "coalition.read",
    "coalitions.OwnList": "coalition.read",
    "coalitions.Nomination": "coalition.read",
    "coalitions.Contact": "coalition.read",
    "coalitions.MemberCommitment": "coalition.read",
    "coalitions.Barrier": "coalition.read",
    "coalitions.NextStep": "coalition.read",
    "coalitions.Vacancy": "coalition.read",
    "coalitions.CommonGround": "coalition.read",
    "coalitions.Circle": "coalition.read",
    "coalitions.EntryPoint": "coalition.read",
    "aspirations.Aspiration": "dashboard.read",
    "aspirations.Placement": "dashboard.read",
    "aspirations.Metric": "dashboard.read",
    "aspirations.Segment": "dashboard.read",
    "aspirations.Series": "dashboard.read",
    "aspirations.Judgment": "dashboard.read",
    "aspirations.Rebase": "dashboard.read",
    "aspirations.Baseline": "plan.read",
    "aspirations.Target": "plan.read",
    "aspirations.Trajectory": "plan.read",
    "aspirations.Commitment": "plan.read",
    "aspirations.Definition": "dashboard.read",
    "aspirations.DataQuality": "dashboard.read",
    "aspirations.Intervention": "plan.read",
    "aspirations.Effect": "plan.read",
    "aspirations.Overlap": "plan.read",
    "aspirations.Policy": "plan.read",
    "aspirations.Wording": "dashboard.read",
    "aspirations.Event": "dashboard.read",
    "aspirations.Benchmark": "dashboard.read",
    "aspirations.Headline": "dashboard.read",
    "aspirations.Influence": "plan.read",
    "aspirations.Consultation": "plan.read",
    "aspirations.AlignmentProbe": "plan.read",
    "aspirations.QualityReview": "plan.read",
    "aspirations.QualityRating": "plan.read",
    "aspirations.AssessmentRound": "assessment.read",
    "aspirations.Assessor": "assessment.moderate",
    "aspirations.Assessment": "assessment.read",
    "aspirations.Challenge": "assessment.read",
    "aspirations.Observation": "observation.read",
    "aspirations.ObservationRevision": "observation.read",
    "aspirations.Import": "observation.read",
}


def systems_where(user: Any, action: str) -> Q:
    """The condition on System rows that this person or program may do `action` there."""
    rule = ACTIONS[action]
    if not known(user):
        return nowhere()
    program = getattr(user, "program", None)
    if program is not None:
        return by_program(program, rule) & by_person(user, rule)
    return by_person(user, rule)


def named_systems_where(user: Any, action: str) -> Q:
    """The same for those who may only where they are named: the object itself must name them."""
    rule = ACTIONS[action]
    if not known(user) or getattr(user, "program", None) is not None:
        return nowhere()
    where = Q(pk__in=memberships(user).filter(role__in=rule.named).values("system"))
    if lacks_second_factor(user):
        where &= Q(second_factor="nobody")
    return where


def by_person(user: Any, rule: Rule) -> Q:
    mine = memberships(user)
    where = Q(pk__in=mine.filter(role__in=rule.own).values("system"))
    if rule.from_parent:
        where |= beneath(mine.filter(role__in=rule.from_parent).values("system"))
    if lacks_second_factor(user):
        where &= ~Q(second_factor="everyone")
    if rule.administrator and administers(user):
        where |= Q(pk__isnull=False)
    return where


def by_program(program: Any, rule: Rule) -> Q:
    """Where a token's role opens `rule`; its maker's own rights are asked beside it."""
    if not rule.program:
        return nowhere()
    where = Q(pk=program.system_id) if program.role in rule.own else nowhere()
    if program.role in rule.from_parent:
        where |= beneath([program.system_id])
    return where


def beneath(systems: Any) -> Q:
    """Systems with one of `systems` above them (the tree is at most six deep)."""
    where = nowhere()
    for level in range(1, 6):
        where |= Q(**{f"{'parent__' * level}pk__in": systems})
    return where


def nowhere() -> Q:
    return Q(pk__in=[])


def known(user: Any) -> bool:
    """Whether this is someone who may sign in at all."""
    return bool(getattr(user, "is_active", False)) and not user.is_anonymous


def lacks_second_factor(user: Any) -> bool:
    """Whether this person came by a page without a second factor.

    The page's middleware says so. Programs, commands and jobs come by other doors.
    """
    return bool(getattr(user, "lacks_second_factor", False))


def memberships(user: Any) -> QuerySet[Any]:
    """The roles that count now: those that ask a second factor only where it was given."""
    mine: QuerySet[Any] = apps.get_model("people", "Membership").objects.filter(user=user.pk)
    if lacks_second_factor(user):
        mine = mine.exclude(system__second_factor="everyone")
        mine = mine.exclude(role__in=HEADS, system__second_factor="leaders")
    return mine


def administers(user: Any) -> bool:
    """Whether this person looks after the installation's people and systems, not their figures."""
    if not known(user) or getattr(user, "program", None) is not None:
        return False
    asked = settings.ADMINISTRATORS_SECOND_FACTOR and lacks_second_factor(user)
    return bool(user.is_staff) and not asked


def confidential_models() -> list[str]:
    """Labels of models whose rows, and lines of the trail about them, are confidential."""
    return [label for label, action in MODELS.items() if action in CONFIDENTIAL]


def people_who_may(action: str, system: Any) -> Q:
    """The condition on User rows that they may do `action` here by a role of their own."""
    return holders(ACTIONS[action].own, system)


def people_who_may_be_named(action: str, system: Any) -> Q:
    """The condition on User rows that they may do `action` here once they are named."""
    return holders(ACTIONS[action].named, system)


def holders(roles: frozenset[str], system: Any) -> Q:
    held = apps.get_model("people", "Membership").objects.filter(system=system, role__in=roles)
    return Q(is_active=True, pk__in=held.values("user"))


def still_held(action: str, *, system: str) -> Exists:
    """The condition on rows that name a `user` since `at`: a role they held then still lets them.

    So who left and came back is not let in by what named them before; they are named again.
    `system` is the lookup from the row to its system.
    """
    rows = apps.get_model("people", "Membership").objects.filter(
        user=OuterRef("user"),
        system=OuterRef(system),
        role__in=ACTIONS[action].named,
        since__lte=OuterRef("at"),
    )
    return Exists(rows)


class Joined(Aggregate):
    """Words of several rows in one, with commas between them."""

    function = "GROUP_CONCAT"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def roles_here(user: Any) -> Subquery | Value:
    """Of a row of System, the roles of this person in it that count now, with commas between.

    For a page that asks many actions at once: `opens_to` says which of them the roles open.
    """
    if not known(user) or getattr(user, "program", None) is not None:
        return Value("")
    mine = memberships(user).filter(system=OuterRef("pk")).order_by().values("system")
    return Subquery(mine.annotate(roles=Joined("role")).values("roles"), output_field=TextField())


def opens_to(user: Any, action: str, roles: str | None) -> bool:
    """Whether `roles_here` open an action, or looking after the installation does.

    What opens from a system above, or to those who are named, is asked of the database.
    """
    rule = ACTIONS[action]
    by_role = not rule.own.isdisjoint((roles or "").split(","))
    return by_role or (rule.administrator and administers(user))


def may(user: Any, action: str, system: Any) -> bool:
    """Whether this person may do `action` in this system, asked of the database now."""
    return bool(type(system).objects.filter(systems_where(user, action), pk=system.pk).exists())
