"""Points that share a signal, told together: the signal in words, and its first and last period."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from aspirations.models import Metric
from aspirations.sentences import period_text


def runs(metric: Metric, days: Sequence[date], told: Iterable[tuple[int, str]]) -> list[str]:
    """Latest first. `told` has (column, signal in words) of each observed column, in order."""
    found = []
    for words, members in groupby(told, key=lambda pair: pair[1]):
        columns = [column for column, _words in members]
        if words:
            found.append(run(metric, words, days[columns[0]], days[columns[-1]]))
    return found[::-1]


def run(metric: Metric, words: str, start: date, end: date) -> str:
    """“▲ in a rising run: Jan 2025 to May 2025”."""
    first, last = period_text(metric, start), period_text(metric, end)
    if start == end:
        return _("%(signal)s: %(period)s") % {"signal": words, "period": first}
    told = {"signal": words, "first": first, "last": last}
    return _("%(signal)s: %(first)s to %(last)s") % told
