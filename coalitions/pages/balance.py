"""The balance of a group in words.

Whoever asks has been through the gate and within the log of openings: all of it is confidential.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.analysis.balance import (
    FEWEST,
    KINDS,
    MOST,
    TOO_FEW,
    TOO_MANY,
    Balance,
    PowerCheck,
    Seat,
    absent,
    balance,
)
from coalitions.models import Coalition, Difficulty, Power, Status
from coalitions.services.considered import Considered
from people.models import Actor

Group = frozenset[int]
"""Numbers of candidates."""


@dataclass(frozen=True, repr=False)
class Line:
    """One check: a mark, what it comes to, and what it rests on. `warns`: worth a second look."""

    mark: str
    what: str
    said: tuple[str, ...] = ()
    warns: bool = False


@dataclass(frozen=True, repr=False)
class Tally:
    """Who brings one kind of power: letters that have it as the main one, and those beside."""

    kind: str
    main: tuple[str, ...]
    also: tuple[str, ...]
    said: str
    warns: bool


@dataclass(frozen=True, repr=False)
class Checks:
    """The card “Group checks”: lines before the tally of powers, the tally, lines after it."""

    title: str
    before: tuple[Line, ...]
    tally: tuple[Tally, ...]
    after: tuple[Line, ...]
    balance: Balance

    @property
    def warnings(self) -> tuple[Line, ...]:
        """What is worth a second look."""
        return tuple(line for line in (*self.before, *self.after) if line.warns)


def chosen_now(rows: Iterable[Considered]) -> Group:
    """Who is on the short list, or a member."""
    return frozenset(row.number for row in rows if row.is_chosen)


def group_checks(
    coalition: Coalition, considered: Sequence[Considered], difficulties: Iterable[Difficulty],
    chosen: Group | None = None, *, on_map: Iterable[str] = (),
) -> Checks:  # fmt: skip
    """The checks of the group as it is; with `chosen`, of those numbers as if they were chosen.

    `on_map` are the spheres of the system's actors.
    """
    group = chosen_now(considered) if chosen is None else chosen
    rows = [row for row in considered if row.number in group]
    between = open_pairs(considered, difficulties)
    found = balance(
        [seated(row) for row in rows], pairs=[pair for pair, _plan in between],
        known_spheres=[row.sphere for row in considered], limit=coalition.sphere_limit,
    )  # fmt: skip
    return Checks(
        title=title_of(found.size),
        before=(size_line(found), powers_line(found)),
        tally=tuple(map(tally, found.powers)),
        after=(
            spheres_line(
                found, coalition.sphere_limit, absent(on_map, (row.sphere for row in considered))
            ),
            *pair_lines(found, between, outside(rows, difficulties)),
            *advice_lines(found), *unjudged_lines(rows), *excluded_lines(considered, group),
            question(),
        ),
        balance=found,
    )  # fmt: skip


def seated(row: Considered) -> Seat:
    """How the arithmetic sees a candidate; whom nobody judged counts for size and sphere alone."""
    return row.seat or Seat(row.letter, 0, 0, 0, (), row.sphere)


def open_pairs(
    considered: Iterable[Considered], difficulties: Iterable[Difficulty]
) -> list[tuple[tuple[str, str], str]]:
    """Letters of each pair not settled yet, with the plan; a pair needs both on the long list."""
    letters = {row.candidate.actor_id: row.letter for row in considered}
    found = []
    for row in difficulties:
        first, second = (letters.get(actor, "") for actor in row.pair)
        if first and second and row.settled_on is None:
            found.append(((first, second), row.plan))
    return found


def outside(
    group: Iterable[Considered], difficulties: Iterable[Difficulty]
) -> tuple[str, ...]:  # fmt: skip
    """Letters of those in the group who find it hard with somebody who is not."""
    letters = {row.candidate.actor_id: row.letter for row in group}
    open_ones = (set(row.pair) & letters.keys() for row in difficulties if row.settled_on is None)
    keys = {key for inside in open_ones if len(inside) == 1 for key in inside}
    return tuple(letter for key, letter in letters.items() if key in keys)


def spheres_on_map(coalition: Coalition) -> list[str]:
    """Spheres of the system's actors, in one query."""
    rows = Actor.objects.filter(system=coalition.system_id).active()
    return list(rows.order_by().values_list("sphere", flat=True).distinct())


def title_of(size: int) -> str:
    if not size:
        return _("Group checks, nobody chosen yet")
    return ngettext("Group checks, a group of %(n)s", "Group checks, a group of %(n)s", size) % {
        "n": size
    }


def size_line(found: Balance) -> Line:
    if found.verdict == TOO_FEW:
        short = FEWEST - found.size
        what = ngettext("%(n)s fewer than seven", "%(n)s fewer than seven", short) % {"n": short}
        why = _("Seven to ten: few enough to talk, enough to reach everywhere.")
        return Line(str(found.size), what, (why,), warns=True)
    if found.verdict == TOO_MANY:
        more = found.size - MOST
        what = ngettext("%(n)s more than ten", "%(n)s more than ten", more) % {"n": more}
        why = _("Seven to ten: beyond that it turns into a committee.")
        return Line(str(found.size), what, (why,), warns=True)
    return Line(str(found.size), _("Size is right"), (_("Seven to ten."),))


def powers_line(found: Balance) -> Line:
    mark = f"{len(found.present)}/{len(KINDS)}"
    said = [*absent_words(found), *alone_words(found)]
    if found.missing:
        return Line(mark, _("Not all kinds of power are there"), tuple(said), warns=True)
    warns = bool(found.on_one or found.beside_only)
    return Line(mark, _("All kinds of power present"), tuple(said), warns=warns)


def absent_words(found: Balance) -> list[str]:
    said = []
    if found.missing:
        said.append(_("Nobody brings: %s.") % kinds(found.missing))
    if found.beside_only:
        said.append(_("Only beside another kind: %s.") % kinds(found.beside_only))
    return said


def alone_words(found: Balance) -> list[str]:
    """Which kinds rest on one person: should that person leave, the kind goes with them."""
    if not found.on_one:
        return []
    return [_("Rests on one person: %s.") % kinds(found.on_one)]


def kinds(found: Iterable[str]) -> str:
    return ", ".join(str(Power(kind).label).lower() for kind in found)


def tally(check: PowerCheck) -> Tally:
    return Tally(
        str(Power(check.kind).label), check.main, check.also, tally_words(check),
        warns=check.is_missing or check.is_beside_only or check.rests_on_one,
    )  # fmt: skip


def tally_words(check: PowerCheck) -> str:
    if check.is_missing:
        return _("nobody")
    if check.is_beside_only:
        return _("only beside another: %s") % ", ".join(check.also)
    if check.rests_on_one:
        return _("rests on one person")
    count = len(check.main)
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}


def spheres_line(found: Balance, limit: int, unlisted: Sequence[str]) -> Line:
    said = [
        _("%(sphere)s: %(share)s%%, more than %(limit)s%% of the group (%(letters)s).")
        % {"sphere": check.sphere, "share": check.share_percent, "limit": limit,
           "letters": ", ".join(check.keys)}
        for check in found.over
    ]  # fmt: skip
    if found.size and not found.over:
        said.append(_("None above %s%%.") % limit)
    if found.missing_spheres:
        said.append(_("On the long list, and with nobody here: %s.")
                    % ", ".join(found.missing_spheres))  # fmt: skip
    if unlisted:
        said.append(_("On the map, and nobody on the long list: %s.") % ", ".join(unlisted))
    count = len(found.spheres)
    what = ngettext("Sphere of influence", "Spheres of influence", count)
    return Line(str(count), what, tuple(said), warns=bool(found.over))


def pair_lines(
    found: Balance, between: Iterable[tuple[tuple[str, str], str]], outward: Sequence[str]
) -> list[Line]:
    """Pairs within the group, each with who will deal with it; `outward`: who has one outside."""
    plans = {frozenset(pair): plan for pair, plan in between}
    also = (_("Noted with others outside it: %s.") % ", ".join(outward),) if outward else ()
    if not found.conflicts:
        none = Line("0", _("No difficult pair inside the group"), also)
        return [none] if found.size else []
    said = tuple(pair_words(pair, plans[frozenset(pair)]) for pair in found.conflicts)
    what = ngettext("Difficult pair", "Difficult pairs", len(said))
    return [Line(str(len(said)), what, said + also, True)]


def pair_words(pair: tuple[str, str], plan: str) -> str:
    who = _("%(first)s and %(second)s.") % {"first": pair[0], "second": pair[1]}
    return f"{who} {plan or _('Nobody deals with it yet: say who will.')}"


def advice_lines(found: Balance) -> list[Line]:
    lines = []
    if found.to_win_over:
        why = _("%s: low now, and able to be high.") % ", ".join(found.to_win_over)
        lines.append(Line(str(len(found.to_win_over)), _("To win over"), (why,)))
    if found.to_work_around:
        who = ", ".join(found.to_work_around)
        why = _("%s: very low now and at best. Work around them, however powerful.") % who
        mark = str(len(found.to_work_around))
        lines.append(Line(mark, _("Unlikely ever to support it"), (why,), warns=True))
    return lines


def unjudged_lines(rows: Iterable[Considered]) -> list[Line]:
    letters = [row.letter for row in rows if row.seat is None]
    if not letters:
        return []
    why = _("%s: judge alignment, potential and power first.") % ", ".join(letters)
    return [Line(str(len(letters)), _("Not judged yet"), (why,), warns=True)]


def excluded_lines(considered: Iterable[Considered], group: Group) -> list[Line]:
    """Who is left out, why, and how one works around them."""
    rows = [row for row in considered if row.status == Status.EXCLUDED and row.number not in group]
    if not rows:
        return []
    said = tuple(map(excluded_words, rows))
    return [Line(str(len(rows)), _("Excluded, with a reason"), said)]


def excluded_words(row: Considered) -> str:
    reason, plan = (row.standing.reason, row.standing.plan) if row.standing else ("", "")
    why = reason or _("no reason is written down")
    around = plan or _("nothing is written down")
    return _("%(letter)s: %(why)s How we work around it: %(around)s") % {
        "letter": row.letter, "why": ended(why), "around": ended(around),
    }  # fmt: skip


def ended(text: str) -> str:
    """With a full stop, unless it ends like a sentence already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def question() -> Line:
    """Asked, never scored: nothing about anybody's person is held."""
    return Line("?", _("Does it look like the people it serves?"), (
        _("Ask the group: influence and variety may seem to pull apart. No personal "
          "characteristics are held here, and nothing is counted."),
    ))  # fmt: skip
