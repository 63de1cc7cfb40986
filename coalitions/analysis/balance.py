"""Is the group balanced: its size, kinds of power, spheres and pairs that find it hard together.

The program counts and never proposes a name. Whether a group resembles the people it serves is
asked on the page and counted nowhere: no personal characteristic is held.

Source: M. Barber, P. Rodriguez, E. Artis, Deliverology in Practice (2016), chapter 1 (7 to 10
people; five kinds of power; alignment, potential and power on four levels).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

VERY_LOW, LOW, HIGH = 1, 2, 3
WORK_AROUND, WIN_OVER, KEEP_CLOSE, LISTEN = "work_around", "win_over", "keep_close", "listen"
KINDS = ("leadership", "management", "position", "expertise", "credibility")
TOO_FEW, RIGHT, TOO_MANY = "too_few", "right", "too_many"
FEWEST, MOST, LIMIT = 7, 10, 40
Pair = tuple[str, str]


@dataclass(frozen=True, repr=False)
class Seat:
    """A candidate as the arithmetic sees it. Levels from 1 (very low) to 4 (very high).

    `powers` holds kinds of power, the main one first. Levels are 0 where nobody judged them yet.
    """

    key: str
    alignment: int
    potential: int
    power: int
    powers: tuple[str, ...]
    sphere: str

    @property
    def main(self) -> str:
        return self.powers[0] if self.powers else ""


@dataclass(frozen=True, repr=False)
class PowerCheck:
    """Who brings one kind of power: as the main one, or beside another. Keys, in order."""

    kind: str
    main: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Nobody holds it, not even beside another."""
        return not self.main and not self.also

    @property
    def is_beside_only(self) -> bool:
        """Somebody holds it, and only beside a stronger one."""
        return not self.main and bool(self.also)

    @property
    def rests_on_one(self) -> bool:
        """One person alone holds it as the main kind; where nobody does, one alone beside it."""
        return len(self.main or self.also) == 1


@dataclass(frozen=True, repr=False)
class SphereCheck:
    """Who comes from one sphere, and whether that is more of the group than the limit allows.

    `share_percent` is rounded for reading; `over` is settled on whole numbers.
    """

    sphere: str
    keys: tuple[str, ...]
    share_percent: int
    over: bool


@dataclass(frozen=True, repr=False)
class Balance:
    """What the checks of one group come to. Everything stands in a settled order."""

    size: int
    verdict: str
    powers: tuple[PowerCheck, ...]
    spheres: tuple[SphereCheck, ...]
    missing_spheres: tuple[str, ...]
    conflicts: tuple[Pair, ...]
    to_win_over: tuple[str, ...]
    to_work_around: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Kinds of power that nobody holds at all."""
        return tuple(check.kind for check in self.powers if check.is_missing)

    @property
    def beside_only(self) -> tuple[str, ...]:
        """Kinds of power that somebody holds, and nobody as their main one."""
        return tuple(check.kind for check in self.powers if check.is_beside_only)

    @property
    def present(self) -> tuple[str, ...]:
        """Kinds of power that somebody holds, as the main one or beside another."""
        return tuple(check.kind for check in self.powers if not check.is_missing)

    @property
    def on_one(self) -> tuple[str, ...]:
        """Kinds of power that rest on one person."""
        return tuple(check.kind for check in self.powers if check.rests_on_one)

    @property
    def over(self) -> tuple[SphereCheck, ...]:
        """Spheres that make up more of the group than the limit allows."""
        return tuple(check for check in self.spheres if check.over)


def advice(seat: Seat) -> str:
    """What the levels of one candidate come to; never whether to choose it.

    Very low now and at best: work around it, however powerful. Low now but able to be high: win
    it over. High already: keep it close. Anything else: listen; disagreement alone excludes nobody.
    """
    if seat.alignment == VERY_LOW and seat.potential == VERY_LOW:
        return WORK_AROUND
    if seat.alignment >= HIGH:
        return KEEP_CLOSE
    return WIN_OVER if seat.potential >= HIGH else LISTEN


def balance(
    seats: Iterable[Seat], *, pairs: Iterable[Pair] = (),
    known_spheres: Iterable[str] = (), limit: int = LIMIT, fewest: int = FEWEST, most: int = MOST,
) -> Balance:  # fmt: skip
    """The checks of a group. ValueError where two seats share a key.

    `pairs` are keys of people who find it hard to work together, in the group or not; `limit` is
    the largest share of the group from one sphere, in per cent; `known_spheres` are those the
    long list knows. The order of whatever comes in changes nothing.
    """
    group = sorted(seats, key=lambda seat: in_order(seat.key))
    keys = [seat.key for seat in group]
    if len(set(keys)) < len(keys):
        raise ValueError("two seats of a group share a key; give each candidate its own")
    spheres = sphere_checks(group, limit)
    return Balance(
        size=len(group), verdict=verdict(len(group), fewest, most), powers=power_checks(group),
        spheres=spheres, missing_spheres=absent(known_spheres, (check.sphere for check in spheres)),
        conflicts=conflicts(keys, pairs),
        to_win_over=advised(group, WIN_OVER), to_work_around=advised(group, WORK_AROUND),
    )  # fmt: skip


def in_order(key: str) -> tuple[int, str]:
    """Z before AA."""
    return len(key), key


def verdict(size: int, fewest: int, most: int) -> str:
    if size < fewest:
        return TOO_FEW
    return TOO_MANY if size > most else RIGHT


def power_checks(group: Sequence[Seat]) -> tuple[PowerCheck, ...]:
    return tuple(
        PowerCheck(
            kind,
            main=tuple(seat.key for seat in group if seat.main == kind),
            also=tuple(seat.key for seat in group if kind in seat.powers[1:]),
        )
        for kind in KINDS
    )


def sphere_checks(group: Sequence[Seat], limit: int) -> tuple[SphereCheck, ...]:
    """One line a sphere, the largest first. Capitals and spaces make no other sphere."""
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in group:
        found[same(seat.sphere)].append(seat)
    checks = [sphere_check(members, len(group), limit) for members in found.values()]
    return tuple(sorted(checks, key=lambda check: (-len(check.keys), same(check.sphere))))


def sphere_check(members: Sequence[Seat], size: int, limit: int) -> SphereCheck:
    part = len(members)
    # TRAP: a rounded share would call 41.2 of 100 equal to a limit of 41.
    return SphereCheck(
        sphere=min(seat.sphere.strip() for seat in members),
        keys=tuple(seat.key for seat in members),
        share_percent=(200 * part + size) // (2 * size),
        over=100 * part > limit * size,
    )


def same(sphere: str) -> str:
    return " ".join(sphere.split()).casefold()


def absent(known: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    """Known spheres that are not among those there, each once, by name."""
    here = {same(sphere) for sphere in there}
    names = {same(name): name.strip() for name in sorted(known, reverse=True) if name.strip()}
    return tuple(names[key] for key in sorted(names) if key not in here)


def conflicts(keys: Iterable[str], pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Pairs both of whom are in the group, each once, the earlier key first."""
    inside = set(keys)
    found = {
        (min(pair, key=in_order), max(pair, key=in_order))
        for pair in pairs
        if set(pair) <= inside and pair[0] != pair[1]
    }
    return tuple(sorted(found, key=lambda pair: (in_order(pair[0]), in_order(pair[1]))))


def advised(group: Iterable[Seat], what: str) -> tuple[str, ...]:
    return tuple(seat.key for seat in group if advice(seat) == what)
