"""How it stands with each member: contact, drift, common ground, commitments, next step."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.analysis.contact import FADING, IN_TOUCH, LAPSED, contact_state, days_without
from coalitions.analysis.drift import FALLING, RISING
from coalitions.models import (
    Barrier,
    Coalition,
    CommonGround,
    Level,
    MemberCommitment,
    NextStep,
)
from coalitions.services.considered import Considered, drift_of

LENGTH = 4


@dataclass(frozen=True, repr=False)
class Share:
    """How far one thing is shared, as dots and in words."""

    name: str
    level: int
    words: str

    @property
    def dots(self) -> list[tuple[int, bool]]:
        """Where each dot stands, and whether it is filled."""
        return [(4 + 9 * place, place < self.level) for place in range(LENGTH)]


@dataclass(frozen=True, repr=False)
class Touch:
    """When a member was last in contact, and when last written to one way."""

    last: date | None = None
    sent: date | None = None


@dataclass(frozen=True, repr=False)
class Member:
    """One row of the page. Its texts are open."""

    one: Considered
    coalition: Coalition
    today: date
    touch: Touch
    ground: CommonGround | None
    commitments: list[MemberCommitment]
    steps: list[NextStep]
    removed: list[Barrier]

    @property
    def since(self) -> date:
        """The day from which they have been chosen without a break; today, were it never."""
        day = None
        for row in self.one.standings:
            if row.status != self.one.status:
                break
            day = row.at
        return self.coalition.system.day_of(day) if day else self.today

    @cached_property
    def days(self) -> int:
        return days_without(self.touch.last, self.since, self.today)

    @cached_property
    def state(self) -> str:
        row = self.coalition
        return contact_state(
            self.touch.last, self.since, self.today,
            fading=row.fading_after, lapsed=row.lapsed_after,
        )  # fmt: skip

    @property
    def is_fading(self) -> bool:
        return self.state == FADING

    @property
    def has_lapsed(self) -> bool:
        return self.state == LAPSED

    @property
    def state_words(self) -> str:
        words = {FADING: _("Fading"), LAPSED: _("Lapsed")}
        return words.get(self.state) or (self.unmet_words if self.is_unmet else _("In touch"))

    @property
    def unmet_words(self) -> str:
        return _("Not met since chosen") if self.touch.last else _("Not met yet")

    @property
    def is_unmet(self) -> bool:
        """Chosen of late and not met since: nobody is in touch with them, nor late to be."""
        long_ago = self.touch.last is None or self.gone >= self.coalition.fading_after
        return long_ago and self.state == IN_TOUCH

    @property
    def last_words(self) -> str:
        """When they were last met; a message sent later is said and does not count."""
        if self.is_unmet and self.touch.last is None:
            return _("chosen on %(day)s") % {"day": date_format(self.since, "j F Y")}
        if self.touch.last:
            met = _("met on %(day)s") % {"day": date_format(self.touch.last, "j F Y")}
        else:
            met = _("not met yet")
        length = (
            ngettext("%(count)s day ago", "%(count)s days ago", self.gone) % {"count": self.gone}
            if self.gone
            else _("today")
        )
        return f"{met}, {length}" if self.touch.last else met

    @property
    def gone(self) -> int:
        """Days since they were last met."""
        return max((self.today - self.touch.last).days, 0) if self.touch.last else 0

    @property
    def sent_words(self) -> str:
        """A message that went out after the last contact."""
        sent = self.touch.sent
        if sent is None or (self.touch.last and sent <= self.touch.last):
            return ""
        return _("Written to on %(day)s, one way.") % {"day": date_format(sent, "j F Y")}

    @property
    def drift_words(self) -> str:
        """Where their alignment is, and where it is going."""
        if self.one.latest is None:
            return _("Not judged yet")
        moved = drift_of(self.one, self.coalition.system)
        level = str(Level(str(moved.latest)).label)
        if moved.since is None:
            return _("%(level)s, judged once") % {"level": level}
        words = {
            RISING: _("%(level)s, rising since %(day)s"),
            FALLING: _("%(level)s, falling since %(day)s"),
        }.get(moved.direction, _("%(level)s, unchanged since %(day)s"))
        return words % {"level": level, "day": date_format(moved.since, "j F Y")}

    @property
    def is_falling(self) -> bool:
        levels = [int(row.alignment) for row in self.one.appraisals[:2]]
        return len(levels) > 1 and levels[0] < levels[1]

    @property
    def shares(self) -> list[Share]:
        """Aspiration, values, strategy and approach; nothing before it was recorded."""
        if self.ground is None:
            return []
        names = (
            ("aspiration", _("aspiration")), ("values", _("values")),
            ("strategy", _("strategy")), ("approach", _("approach")),
        )  # fmt: skip
        return [self.share(field, name) for field, name in names]

    def share(self, field: str, name: str) -> Share:
        value = getattr(self.ground, field)
        return Share(name, int(value), str(CommonGround.Share(value).label))

    @cached_property
    def overdue(self) -> list[MemberCommitment]:
        return [row for row in self.commitments if row.is_overdue(self.today)]

    @property
    def promised(self) -> list[tuple[str, bool]]:
        """Counts of commitments in words; whether it wants attention."""
        states = [row.state for row in self.commitments]
        late, broken = len(self.overdue), states.count(MemberCommitment.State.BROKEN)
        waiting = states.count(MemberCommitment.State.OPEN) - late
        kept = states.count(MemberCommitment.State.KEPT)
        said = (
            (late, _("%(count)s overdue"), True), (waiting, _("%(count)s open"), False),
            (kept, _("%(count)s kept"), False), (broken, _("%(count)s not kept"), True),
        )  # fmt: skip
        return [(words % {"count": count}, alert) for count, words, alert in said if count]

    @property
    def next_step(self) -> NextStep | None:
        """The earliest that is not done."""
        return next((row for row in self.steps if row.done_on is None), None)

    @property
    def step_is_late(self) -> bool:
        return self.next_step is not None and self.next_step.due < self.today
