"""What changed between two days: lights, milestones, paths and data, each said in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.standing import NOT_JUDGED, ORDER
from aspirations.models import Judgment, Metric
from delivery.board.briefs import Brief, Told
from delivery.board.moves import Aim, Moved
from delivery.board.outline import Overdue

SHOWN = 4
"""Changes in the strip; the rest is folded away beneath it, and counted."""
MOST_LIGHTS = 24
"""Lights that are told, the deepest fall first; more are counted."""


@dataclass(frozen=True)
class Change:
    """One thing that changed. `before` and `after` are lights, where it is a light that moved."""

    title: str
    text: str
    slug: str
    before: str = ""
    after: str = ""
    sign: str = "info"
    """Which small drawing stands before it, where no light moved."""

    @property
    def is_light(self) -> bool:
        return bool(self.after)


def has_moved(row: Brief) -> bool:
    """Whether its light is another than it was; what was never judged has no light to move."""
    return row.now.pk is not None and row.before.pk is not None and row.light != row.before.light


def moved_lights(rows: Iterable[Brief]) -> list[Brief]:
    """The deepest fall first, then lights that were lost, then those that rose or are new."""
    return sorted((row for row in rows if has_moved(row)), key=lambda row: (order(row), row.name))


def order(row: Brief) -> tuple[int, int]:
    if row.light == NOT_JUDGED:
        return 1, 0
    if row.before.light == NOT_JUDGED:
        return 3, ORDER.index(row.light)
    return (0, row.step) if row.step < 0 else (2, -row.step)


def of_light(row: Brief, judgment: Judgment, metric: Metric) -> Change:
    words = {
        0: _("%(name)s: down"),
        1: _("%(name)s: no longer judged"),
        2: _("%(name)s: up"),
        3: _("%(name)s: judged now"),
    }[order(row)[0]]
    return Change(
        title=words % {"name": row.name},
        text=why(row, judgment, metric),
        slug=row.slug,
        before=row.before.light,
        after=row.light,
    )


def why(row: Brief, judgment: Judgment, metric: Metric) -> str:
    """What the figures and the chance did meanwhile, or why there is no light."""
    if row.light == NOT_JUDGED:
        return sentences.reason_text(judgment, metric)
    if row.before.light == NOT_JUDGED:
        reason = sentences.reason_word(row.before.reason)
        return _("It could not be judged then: %(reason)s.") % {"reason": reason}
    said = [of_figures(row, metric), of_chance(row.before, row.now)]
    return " ".join(text for text in said if text)


def of_figures(row: Brief, metric: Metric) -> str:
    """“57.1% in Feb 2026, 58.2% in Nov 2025; the path went from 57.0 to 61.0.”"""
    now, then = row.now, row.before
    if now.actual is None or then.actual is None or not row.has_new_figures:
        return _("No new figure; the path went on.") if now.actual is not None else ""
    facts = {
        "now": sentences.value_text(metric, now.actual),
        "then": sentences.value_text(metric, then.actual),
        "period": period(metric, now.period), "before": period(metric, then.period),
    }  # fmt: skip
    text = _("%(now)s in %(period)s, %(then)s in %(before)s") % facts
    if now.expected is None or then.expected is None or sentences.has_band(metric):
        return _("%(text)s.") % {"text": text}
    path = {
        "start": sentences.bare(metric, then.expected),
        "end": sentences.bare(metric, now.expected),
    }
    if path["start"] == path["end"]:
        return _("%(text)s; the path stayed at %(end)s.") % {"text": text, **path}
    return _("%(text)s; the path went from %(start)s to %(end)s.") % {"text": text, **path}


def of_chance(then: Told, now: Told) -> str:
    """“Chance about 1 in 7, then about 1 in 2.”"""
    if now.likelihood is None:
        return ""
    chance = sentences.chance(now.likelihood)
    if then.likelihood is None:
        words = _("Chance of reaching the target: %(now)s.")
        return words % {"now": sentences.about(now.likelihood)}
    before = sentences.about(then.likelihood)
    if sentences.about(now.likelihood) == before:
        return _("Chance of reaching the target: %(now)s, as before.") % {"now": before}
    words = _("%(now)s to reach the target, %(then)s before.")
    return words % {"now": chance, "then": before}


def period(metric: Metric, text: str | None) -> str:
    return sentences.period_text(metric, date.fromisoformat(text[:10])) if text else ""


# ----------------------------------------------------------------- what is not a light
def of_milestones(rows: Sequence[Overdue], count: int, day: date) -> list[Change]:
    """The one that is overdue, or how many are, with the longest overdue by name."""
    if not rows:
        return []
    words = ngettext("One milestone missed", "%(count)s milestones missed", count)
    late = sentences.days_text((day - rows[0].due).days)
    facts = {"label": rows[0].label, "late": late, "metric": rows[0].name}
    text = _("%(label)s (%(metric)s): %(late)s overdue.") % facts
    more = [
        Change(
            _("Milestone missed: %(label)s") % {"label": row.label},
            _("%(metric)s: %(late)s overdue.")
            % {"metric": row.name, "late": sentences.days_text((day - row.due).days)},
            row.metric,
            sign="warn",
        )
        for row in rows[1:]
    ]
    return [Change(words % {"count": count}, text, rows[0].metric, sign="warn"), *more]


def of_paths(rows: Iterable[Moved]) -> list[Change]:
    return [Change(path_title(row), path_text(row), row.metric) for row in rows]


def path_title(row: Moved) -> str:
    if row.moves_target:
        return _("%(name)s: target moved") % {"name": row.name}
    if row.version > 1:
        return _("%(name)s: new path") % {"name": row.name}
    return _("%(name)s: first path agreed") % {"name": row.name}


def path_text(row: Moved) -> str:
    facts = {"day": sentences.day_text(row.agreed), "version": row.version}
    said = _("Version %(version)s, agreed on %(day)s.") % facts
    if row.before is not None and row.moves_target:
        words = {"then": aim(row.printed, row.before), "now": aim(row.printed, row.target)}
        said += " " + _("The target went from %(then)s to %(now)s.") % words
    return f"{said} {row.reason}".strip()


def aim(metric: Metric, target: Aim) -> str:
    """“72% by Jun 2028”."""
    return _("%(value)s by %(due)s") % {
        "value": sentences.aim_text(metric, target.value),
        "due": sentences.period_text(metric, target.due),
    }


def of_data(rows: Sequence[Brief]) -> str:
    """“New figures for 7 of 11 metrics. 1 is late.”"""
    fresh = sum(row.has_new_figures for row in rows)
    late = sum(row.freshness in ("late", "stale") for row in rows)
    words = ngettext(
        "New figures for %(fresh)s of %(total)s metric.",
        "New figures for %(fresh)s of %(total)s metrics.",
        len(rows),
    )
    said = words % {"fresh": fresh, "total": len(rows)}
    if late:
        words = ngettext(
            "The data of one metric are late or stale.",
            "The data of %(late)s metrics are late or stale.",
            late,
        )
        said += " " + words % {"late": late}
    return said
