"""The answer to be read: the finding, its evidence, the natural limits, and the track."""

import textwrap
from collections.abc import Sequence

from django.utils.translation import gettext as _

from aspirations.bench.answer import Row
from aspirations.bench.asking import Asked
from aspirations.bench.unsaved import judgment_of, metric_of
from aspirations.models import Judgment, Metric
from aspirations.sentences import (
    as_day,
    bare,
    chance,
    day_text,
    evidence_items,
    goal_text,
    light_word,
    metric_headline,
    notes,
    pending_text,
    period_text,
    reason_text,
    share_text,
    signal_text,
    signed,
    split_text,
    would_move_text,
)

WIDTH = 100


def table(asked: Asked, said: Row, unit: str = "") -> str:
    """Lines for a terminal, from the same answer that `--json` gives."""
    metric = metric_of(asked, unit)
    judgment = judgment_of(asked, said, metric)
    parts = [
        verdict(asked, metric, judgment),
        evidence(metric, judgment),
        earlier(metric, judgment),
        limits(metric, said["limits"]),
        track(metric, said["track"]),
    ]
    return "\n\n".join(part for part in parts if part)


def verdict(asked: Asked, metric: Metric, judgment: Judgment) -> str:
    """The light, the finding in one sentence, and what must be said beside them."""
    path, segment = judgment.trajectory, judgment.series.segment
    goal = ""
    if path:
        goal = _("%(value)s by %(period)s") % {
            "value": goal_text(metric, path.target.value),
            "period": period_text(metric, path.target.due),
        }
    lines = [
        f"{light_word(judgment.light).upper()}  {metric_headline(metric, judgment, segment, goal)}",
        reason_text(judgment, metric) if judgment.light == "N" else "",
        split_text(judgment, metric),
        sentence(pending_text(judgment)),
        *notes(judgment, metric),
        *plain_facts(asked, judgment),
    ]
    return "\n".join(wrapped(line) for line in lines if line)


def sentence(text: str) -> str:
    return f"{text}." if text else ""


def plain_facts(asked: Asked, judgment: Judgment) -> list[str]:
    """What was read, and as of when."""
    figures, lines = asked.figures, []
    if figures.repeated:
        lines.append(_("%(count)s rows repeat another exactly.") % {"count": figures.repeated})
    if figures.coded:
        lines.append(
            _("%(count)s figures of −9999 or −6666 are read as absent.") % {"count": figures.coded}
        )
    return [*lines, _("As of %(day)s.") % {"day": day_text(judgment.as_of)}]


def wrapped(text: str, indent: int = 0) -> str:
    return textwrap.fill(text, WIDTH, subsequent_indent=" " * indent)


def evidence(metric: Metric, judgment: Judgment) -> str:
    """Each piece of evidence on a line of its own: what, its word, its sentence."""
    found = evidence_items(judgment, metric)
    if judgment.light == "N":
        found = [item for item in found if not item.light]
    rows = [(item.title, item.odds or item.word, item.sentence) for item in found]
    move = would_move_text(judgment, metric)
    if move:
        words = _("For %(light)s") % {"light": light_word(judgment.would_move_to)}
        rows.append((words, "", f"{move}."))
    lead = max(len(title) for title, _word, _text in rows) + 2
    return "\n".join(
        wrapped(f"{title:{lead}}{f'{word}. ' if word else ''}{text}", lead)
        for title, word, text in rows
    )


def earlier(metric: Metric, judgment: Judgment) -> str:
    """The lights of the last periods, as the rules give them from the data up to each."""
    rows = [
        (
            period_text(metric, as_day(row["period"])),
            light_word(row["light"]),
            _("%(light)s pending") % {"light": light_word(row["pending"])}
            if row["pending"]
            else "",
            chance(row["likelihood"]) if row["likelihood"] is not None else "",
        )
        for row in judgment.earlier
    ]
    return aligned([_("Earlier lights"), "", "", ""], rows, left=4) if rows else ""


def limits(metric: Metric, rows: Sequence[Row]) -> str:
    head = [
        _("Natural limits from"), _("points"), _("lower"), _("average"), _("upper"), "",
    ]  # fmt: skip
    cells = [
        (
            period_text(metric, as_day(row["start"])),
            str(row["n"]),
            bare(metric, row["lower"]),
            bare(metric, row["centre"]),
            bare(metric, row["upper"]),
            ", ".join(word for word in (trial(row), reach(row)) if word),
        )
        for row in rows
    ]
    return aligned(head, cells) if cells else ""


def trial(row: Row) -> str:
    return {
        "too_few": _("none: too few figures"),
        "no_variation": _("none: every figure is the same"),
    }.get(row["no_limits"] or "", _("on trial") if row["trial"] else "")


def reach(row: Row) -> str:
    """Whether the process, left as it is, meets the target (assurance)."""
    return {
        "consistent_pass": _("meets the target every time"),
        "consistent_fail": _("cannot meet the target as it is"),
        "inconsistent": _("meets the target by chance"),
    }.get(row["assurance"] or "", "")


def track(metric: Metric, rows: Sequence[Row]) -> str:
    ranged = any(row["low"] is not None for row in rows)
    head = [
        _("Period"), _("actual"), _("path"), *([_("from"), _("to")] if ranged else []),
        _("gap"), _("journey"), _("lower"), _("average"), _("upper"), "",
    ]  # fmt: skip
    return aligned(head, [period(metric, row, ranged) for row in rows])


def period(metric: Metric, row: Row, ranged: bool) -> list[str]:
    path = ("actual", "expected", *(("low", "high") if ranged else ()))
    journey = "–" if row["journey"] is None else share_text(row["journey"])
    return [
        row["period_label"],
        *(bare(metric, row[name]) for name in path),
        signed(metric, row["gap"]),
        journey,
        *(bare(metric, row[name]) for name in ("lower", "centre", "upper")),
        mark(row),
    ]


def mark(row: Row) -> str:
    if not row["signal"] or row["centre"] is None:
        return ""
    above = row["actual"] > row["centre"]
    return signal_text(row["signal"], row["reading"] or "", above=above)


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Columns as wide as they need: the first `left` and the last from the left, figures from
    the right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    sides = ["<" if i < left or i == len(head) - 1 else ">" for i in range(len(head))]
    kinds = [f"{side}{width}" for side, width in zip(sides, widths, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{kind}}" for cell, kind in zip(row, kinds, strict=True)).rstrip()
        for row in [head, *rows]
    )
