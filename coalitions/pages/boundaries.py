"""Working together across boundaries: what stands in the way, where to begin, what is done.

Sources. Barriers of substance, accountability and teaming, and the corners they come from: the
strategic triangle for collaborative teams (J. de Jong, Bloomberg Center for Cities at Harvard).
The wording is our own.
"""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coalitions.models import Barrier, Coalition, EntryPoint, NextStep

KINDS = (
    (Barrier.Kind.SUBSTANCE, gettext_lazy(
        "What to do is unclear or disputed: the problem, the result sought, the approach, the "
        "plan or how progress will be seen."
    )),
    (Barrier.Kind.ACCOUNTABILITY, gettext_lazy(
        "Who answers to whom pulls apart: what each party promised here against what its own "
        "house expects, who backs it, and who pays."
    )),
    (Barrier.Kind.TEAMING, gettext_lazy(
        "People do not work as one yet: trust, open talk, who guides, and how decisions are made "
        "and kept."
    )),
)  # fmt: skip
TESTS = (
    ("meaningful", gettext_lazy("Meaningful"),
     gettext_lazy("Does it matter to every party, and to the people concerned?")),
    ("actionable", gettext_lazy("Actionable"),
     gettext_lazy("Can it start now, with what is there?")),
    ("acceptable", gettext_lazy("Acceptable"),
     gettext_lazy("Can every party live with it, and say so at home?")),
    ("provisional", gettext_lazy("Provisional"),
     gettext_lazy("How is it kept open to change, and when is it looked at again?")),
)  # fmt: skip
HELPS = (
    gettext_lazy("Build on relations that are there already."),
    gettext_lazy("Let somebody whom all trust steer the way."),
    gettext_lazy("Bring in the people concerned throughout, not at the end."),
    gettext_lazy("Use data to see, to learn and to do better."),
    gettext_lazy("Solve problems together, not one for the other."),
)


@dataclass(frozen=True, repr=False)
class Group:
    """Barriers of one kind: those that stand, and those removed."""

    key: str
    name: str
    means: str
    standing: list[Barrier]
    removed: list[Barrier]


@dataclass(frozen=True, repr=False)
class Test:
    """One test of an entry point: met once somebody can say how."""

    name: str
    asks: str
    words: str


class BoundariesPage:
    """What stands on the page, in three queries."""

    helps = HELPS

    def __init__(self, coalition: Coalition) -> None:
        self.coalition, self.today = coalition, coalition.system.today()

    @cached_property
    def barriers(self) -> list[Barrier]:
        rows = Barrier.objects.filter(coalition=self.coalition)
        return list(rows.select_related("removed_by__actor"))

    @cached_property
    def groups(self) -> list[Group]:
        return [
            Group(
                kind.value, str(kind.label), str(means),
                [row for row in self.barriers if row.kind == kind and row.removed_on is None],
                [row for row in self.barriers if row.kind == kind and row.removed_on],
            )
            for kind, means in KINDS
        ]  # fmt: skip

    @cached_property
    def unsorted(self) -> int:
        """Barriers that stand and are of none of these kinds."""
        return sum(not row.kind and row.removed_on is None for row in self.barriers)

    @cached_property
    def entry(self) -> EntryPoint | None:
        return EntryPoint.objects.filter(coalition=self.coalition).first()

    @cached_property
    def tests(self) -> list[Test]:
        return [
            Test(str(name), str(asks), getattr(self.entry, field, "") or "")
            for field, name, asks in TESTS
        ]

    @cached_property
    def actions(self) -> list[NextStep]:
        """Key actions, those to do first."""
        rows = NextStep.objects.filter(coalition=self.coalition, kind=NextStep.Kind.KEY_ACTION)
        found = rows.select_related("candidate__actor")
        return sorted(found, key=lambda row: (row.done_on is not None, row.due, row.pk))

    @property
    def headline(self) -> str:
        standing = sum(len(group.standing) for group in self.groups)
        return f"{self.begun}{self.told(standing)}"

    @property
    def begun(self) -> str:
        if self.entry is None:
            return _("The group has no entry point yet")
        met = sum(bool(test.words) for test in self.tests)
        if met == len(self.tests):
            return _("The entry point meets all four tests")
        if not met:
            return _("The entry point meets none of the four tests yet")
        words = ngettext("The entry point meets %(met)s of four tests", "The entry point meets "
                         "%(met)s of four tests", met)  # fmt: skip
        return words % {"met": apnumber(met)}

    def told(self, standing: int) -> str:
        if not standing and any(group.removed for group in self.groups):
            return _("; no barrier between sectors stands any more.")
        if not standing:
            return _("; no barrier between sectors is written down.")
        words = ngettext("; %(count)s barrier between sectors stands.", "; %(count)s barriers "
                         "between sectors stand.", standing)  # fmt: skip
        return words % {"count": apnumber(standing)}
