"""The season of a path: laid over its shape so that it still meets baseline and target."""

import numpy as np

from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.paths import Paths, SeasonalForm


def seasoned(paths: Paths, base: Float, k: Int, x: Float) -> Float:
    """A path (n, p) with the season of its rows, at ordinals k and their shares x of the way.

    T = base·index(k)/line(k) or base + offset(k) − line(k), where the line is straight from
    the season of k0 to the season of K, as when a season is taken out of the figures.
    """
    forms = [(row, path.season) for row, path in paths.details.items() if path.season]
    if not forms:
        return base
    rows = np.array([row for row, _form in forms])
    own, opening, closing = _values(forms, k[rows], paths.k0[rows, None], paths.k1[rows, None])
    line = opening + (closing - opening) * x[rows]
    index = np.array([[form.kind == "index"] for _row, form in forms])
    drawn = base.copy()
    drawn[rows] = np.where(index, base[rows] * own / line, base[rows] + own - line)
    return drawn


def _values(forms: list[tuple[int, SeasonalForm]], *ordinals: Int) -> list[Float]:
    """The season's value at each of the ordinals; an ordinal's season is its remainder."""
    count = np.array([[len(form.values)] for _row, form in forms])
    table = np.full((len(forms), int(count.max())), np.nan)
    for place, (_row, form) in enumerate(forms):
        table[place, : len(form.values)] = form.values
    return [np.take_along_axis(table, k % count, axis=1) for k in ordinals]
