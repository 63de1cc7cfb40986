"""What the page of one candidate shows. The caller has been through the gate."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalitions.analysis.drift import FALLING, NONE, RISING, Drift
from coalitions.models import (
    Appraisal,
    Candidate,
    CommonGround,
    Contact,
    Level,
    MemberCommitment,
    NextStep,
    Standing,
    Status,
)
from coalitions.pages.table import Marks, Pair, Row, Side, kinds, marks, pairs_of, row_of
from coalitions.services.considered import Considered, considered, drift_of
from people.models import System

MOST_CONTACTS = 5


@dataclass(frozen=True, repr=False)
class Judged:
    """One judgment beside the one before it: what moved, in words, and nothing where none did."""

    row: Appraisal
    alignment: Marks
    potential: Marks
    power: Marks
    main: str
    also: str
    moved: list[str]


@dataclass(frozen=True, repr=False)
class Placed:
    """One standing with its words."""

    row: Standing
    status: str


@dataclass(frozen=True, repr=False)
class Shares:
    """How far it shares what the coalition stands for: each of the four, by name."""

    row: CommonGround
    parts: list[tuple[str, Marks]]


@dataclass(frozen=True, repr=False)
class Page:
    """`drift` is a sentence; `open_contacts` counts those that are not listed."""

    row: Row
    headline: str
    drift: str
    judged: list[Judged]
    placed: list[Placed]
    pairs: list[tuple[Pair, Side]]
    contacts: list[Contact]
    contact_count: int
    commitments: list[MemberCommitment]
    steps: list[NextStep]
    shares: Shares | None
    today: date


def page_of_candidate(candidate: Candidate) -> Page:
    """SealedError where the key is not there."""
    coalition, key = candidate.coalition, candidate.actor_id
    found = considered(coalition)
    one = next(one for one in found if one.candidate.pk == candidate.pk)
    pairs = [(pair, pair.other(key)) for pair in pairs_of(coalition, found) if key in pair.row.pair]
    open_pairs = [(pair, side) for pair, side in pairs if pair.row.settled_on is None]
    contacts = Contact.objects.filter(candidates=candidate)
    commitments = MemberCommitment.objects.filter(candidate=candidate)
    steps = NextStep.objects.filter(candidate=candidate, done_on=None)
    row = row_of(one, open_pairs)
    return Page(
        row=row, headline=headline(row), drift=drift_words(one, coalition.system),
        judged=judged(one), placed=[Placed(row, str(Status(row.status).label))
                                    for row in one.standings],
        pairs=pairs, contacts=list(contacts[:MOST_CONTACTS]), contact_count=contacts.count(),
        commitments=list(commitments), steps=list(steps), shares=shares(candidate),
        today=coalition.system.today(),
    )  # fmt: skip


def headline(row: Row) -> str:
    """“Alignment is low and could be high; power is very high.”"""
    if not row.alignment or not row.potential or not row.power:
        return _("Nobody has judged this candidate yet.")
    words = (
        _("Alignment is %(alignment)s and could be %(potential)s; power is %(power)s.")
        if row.alignment.words != row.potential.words
        else _("Alignment is %(alignment)s and would stay so; power is %(power)s.")
    )
    return words % {
        "alignment": row.alignment.words.lower(), "potential": row.potential.words.lower(),
        "power": row.power.words.lower(),
    }  # fmt: skip


def drift_words(one: Considered, system: System) -> str:
    """Where alignment is going, in a sentence; empty before there is a judgment."""
    found = drift_of(one, system)
    if found.direction == NONE:
        words = _("One judgment so far, so nothing can be said of where it is going.")
        return words if one.appraisals else ""
    return moving(found)


def moving(found: Drift) -> str:
    """What the last judgments say, and how that stands to the first."""
    first, latest = level(found.first), level(found.latest)
    names = {
        "since": date_format(found.since, "j F Y") if found.since else "",
        "first": first, "latest": latest,
    }  # fmt: skip
    words = {
        RISING: _("Alignment is rising since %(since)s; it began at %(first)s and is %(latest)s."),
        FALLING: _(
            "Alignment is falling since %(since)s; it began at %(first)s and is %(latest)s."
        ),
    }.get(found.direction)
    if words is None:
        words = (
            _("Alignment is steady since %(since)s, at %(latest)s.")
            if first == latest
            else _("Alignment is steady since %(since)s, at %(latest)s; it began at %(first)s.")
        )
    return words % names


def level(number: int) -> str:
    return str(Level(str(number)).label).lower()


def judged(one: Considered) -> list[Judged]:
    """Every judgment, newest first."""
    earlier: list[Appraisal | None] = [*one.appraisals[1:], None]
    return [judged_of(row, before) for row, before in zip(one.appraisals, earlier, strict=False)]


def judged_of(row: Appraisal, before: Appraisal | None) -> Judged:
    main, also = kinds(row.kinds)
    return Judged(
        row, marks(row.alignment), marks(row.potential), marks(row.power), main, also,
        moved_since(row, before) if before else [],
    )  # fmt: skip


def moved_since(row: Appraisal, before: Appraisal) -> list[str]:
    """“Alignment was low”, and so on for whatever is other than before."""
    names = {
        "alignment": _("Alignment was %s"), "potential": _("Potential was %s"),
        "power": _("Power was %s"),
    }  # fmt: skip
    found = [
        words % level(int(getattr(before, name)))
        for name, words in names.items()
        if getattr(before, name) != getattr(row, name)
    ]
    if row.kinds != before.kinds:
        main, also = kinds(before.kinds)
        found.append(_("Type of power was %s") % ", ".join(filter(None, [main.lower(), also])))
    return found


def shares(candidate: Candidate) -> Shares | None:
    """The latest view of common ground."""
    row = CommonGround.objects.filter(candidate=candidate).first()
    if row is None:
        return None
    names = ("aspiration", "values", "strategy", "approach")
    parts = [(str(row._meta.get_field(name).verbose_name), shared(getattr(row, name)))
             for name in names]  # fmt: skip
    return Shares(row, parts)


def shared(value: str) -> Marks:
    """The four steps of common ground, as marks with their own words."""
    found = marks(value)
    return Marks(str(CommonGround.Share(value).label), found.filled, found.empty)
