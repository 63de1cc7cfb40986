"""Where a say in a system usually comes from, by kind of system: prompts, never a list to fill.

Those of school systems, higher education and governments follow what delivery units have found;
the lists of the other kinds are ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import System

Words = str | Promise


@dataclass(frozen=True)
class Source:
    """A sphere from which a say may come, and the offices and bodies usual in it."""

    sphere: Words
    usual: Words


GOVERNORS = Source(_("Governor’s office"), _("the governor, their education adviser"))
LEGISLATURE = Source(_("Legislature"), _("chairs of committees, their advisers"))
FAMILIES = Source(_("Families"), _("networks of parents and of students"))
EMPLOYERS = Source(_("Employers"), _("business councils, large employers"))
SCHOOLS = (
    GOVERNORS,
    LEGISLATURE,
    Source(_("State board"), _("its chair, its members")),
    Source(_("Department"), _("the chief, deputies, heads of divisions")),
    Source(_("Teachers"), _("unions of teachers")),
    Source(_("Administrators"), _("unions and associations of principals")),
    Source(_("School boards"), _("the association of school boards")),
    Source(_("Districts"), _("superintendents of the ten largest")),
)
HIGHER_EDUCATION = (
    GOVERNORS,
    LEGISLATURE,
    Source(_("Secretary of education"), _("the secretary, their office")),
    Source(_("Governing board"), _("its chair, heads of its committees")),
    Source(_("System office"), _("the chancellor, vice-chancellors")),
    Source(_("Faculty"), _("unions, faculty senates")),
    Source(_("Campuses"), _("presidents, provosts")),
)
CITY = (
    Source(_("Mayor’s office"), _("the mayor, the chief of staff")),
    Source(_("Council"), _("its leader, chairs of committees")),
    Source(_("Finance"), _("the director of finance, the budget office")),
    Source(_("City departments"), _("heads of departments")),
    Source(_("City employees"), _("their unions")),
    Source(_("Business"), _("chambers of commerce, large employers")),
    Source(_("Neighbourhoods"), _("leaders of neighbourhoods and of faith groups")),
    Source(_("State government"), _("officials who fund or oversee the city")),
)
GOVERNMENT = (
    Source(_("Ministers"), _("the minister, junior ministers")),
    Source(_("Permanent secretary"), _("the permanent secretary, their office")),
    Source(_("Key officials"), _("directors who answer for the aspiration")),
    Source(_("Political advisers"), _("those the minister listens to")),
    Source(_("Policy advisers"), _("the policy unit, the chief economist")),
    Source(_("Inspectorate"), _("its head")),
    Source(_("Treasury"), _("who settles the budget")),
)
HEALTH = (
    Source(_("Ministry of health"), _("the minister, the permanent secretary")),
    Source(_("Payers"), _("insurers, the fund that buys care")),
    Source(_("Hospitals"), _("chief executives, medical directors")),
    Source(_("Doctors"), _("their association, their college")),
    Source(_("Nurses"), _("their union")),
    Source(_("Regulator"), _("the inspectorate of care")),
    Source(_("Patients"), _("their associations")),
)
GENERAL = (
    Source(_("Political leadership"), _("who holds the mandate, and their advisers")),
    Source(_("Oversight"), _("boards, committees, inspectors, auditors")),
    Source(_("Finance"), _("who settles the budget")),
    Source(_("Management"), _("who answers for delivery")),
    Source(_("Front line"), _("unions, professional associations")),
    EMPLOYERS,
    Source(_("Users and public"), _("those whom the system serves")),
)
Kind = System.Kind
SOURCES: dict[str, tuple[Source, ...]] = {
    Kind.SCHOOLS: (*SCHOOLS, FAMILIES, EMPLOYERS),
    Kind.HIGHER_EDUCATION: (*HIGHER_EDUCATION, EMPLOYERS),
    Kind.CITY: CITY,
    Kind.COUNTRY: GOVERNMENT,
    Kind.REGION: GOVERNMENT,
    Kind.GOVERNMENT: GOVERNMENT,
    Kind.HEALTH: HEALTH,
}


@dataclass(frozen=True)
class Prompt:
    """A source, and whether an actor of the map comes from there."""

    sphere: str
    usual: str
    is_there: bool


def prompts(kind: str, spheres: Iterable[str]) -> list[Prompt]:
    """The usual sources of a kind of system, beside the spheres that have actors."""
    known = [words(sphere) for sphere in spheres]
    return [
        Prompt(str(one.sphere), str(one.usual), any(meet(words(str(one.sphere)), own)
                                                    for own in known))
        for one in SOURCES.get(kind, GENERAL)
    ]  # fmt: skip


def words(sphere: str) -> set[str]:
    """“The Governor’s office” → the, governor's, office; whatever apostrophe was typed."""
    plain = sphere.casefold().replace("’", "'")
    return {word.strip("',.") for word in plain.split()} - {""}


def meet(one: set[str], other: set[str]) -> bool:
    """Whether one of two spheres is called as the other is, perhaps with more words."""
    return bool(one and other) and (one <= other or other <= one)
