"""Figures as people read them: units, thousands, a real minus, and dates of periods."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.analysis import periods
from aspirations.analysis.periods import Frequency
from aspirations.models import Metric

CURRENCIES = ("£", "$", "€")
# Units as people write them of many, and of one.
ONE = {
    "people": "person", "children": "child", "pupils": "pupil", "students": "student",
    "patients": "patient", "teachers": "teacher", "schools": "school", "homes": "home",
    "cases": "case", "visits": "visit", "calls": "call", "posts": "post", "days": "day",
    "weeks": "week", "months": "month", "years": "year", "hours": "hour", "minutes": "minute",
    "points": "point", "pts": "pt",
}  # fmt: skip
MOST_DECIMALS = 6


def number(value: float, decimals: int) -> str:
    """1234.5 → “1,234.5”; a value that rounds to nothing carries no minus."""
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and float(text.replace(",", "")) != 0
    return f"−{text}" if negative else text


def with_unit(text: str, unit: str) -> str:
    """“58.9” and “%” → “58.9%”; “1,234” and “patients” → “1,234 patients”, “1” → “1 patient”."""
    if unit.startswith(CURRENCIES):
        sign = "−" if text.startswith("−") else ""
        return f"{sign}{unit[0]}{text.removeprefix('−')}{unit[1:]}"
    if unit == "%" or not unit:
        return f"{text}{unit}"
    return f"{text} {ONE.get(unit, unit) if text.lstrip('−') == '1' else unit}"


def value_text(metric: Metric, value: float | None) -> str:
    """A value of the metric with its unit; an absent one says so."""
    if value is None:
        return _("no figure")
    return with_unit(number(value, metric.decimals), metric.unit)


def goal_text(metric: Metric, value: float | None) -> str:
    """A target as it was set: no decimals where it is whole, more than usual where it has more."""
    if value is None:
        return value_text(metric, value)
    return with_unit(goal_number(metric, value), metric.unit)


def goal_number(metric: Metric, value: float) -> str:
    """The number of a goal; one that six decimals cannot hold is rounded as all figures are."""
    exact = (
        n
        for n in (0, *range(max(metric.decimals, 1), MOST_DECIMALS + 1))
        if abs(value - round(value, n)) < 1e-9 * max(1.0, abs(value))
    )
    return number(value, next(exact, metric.decimals))


def has_band(metric: Metric) -> bool:
    """Whether the metric is best inside a band, which then stands where others have a path."""
    return metric.band_low is not None and metric.band_high is not None


def aim_text(metric: Metric, value: float | None) -> str:
    """What a series shall reach: its target, or for a band metric the band: “18 to 22 °C”."""
    low, high = metric.band_low, metric.band_high
    if low is None or high is None:
        return goal_text(metric, value)
    if low == high:
        return goal_text(metric, low)
    text = _("%(low)s to %(high)s") % {
        "low": goal_number(metric, low), "high": goal_number(metric, high),
    }  # fmt: skip
    return with_unit(text, metric.unit)


def short_text(metric: Metric, value: float | None) -> str:
    """For narrow places: a unit longer than three signs is left to the text beside it."""
    return value_text(metric, value) if len(metric.unit) <= 3 else bare(metric, value)


def bare(metric: Metric, value: float | None) -> str:
    """The value without its unit, for a column that names it; “–” where there is none."""
    return "–" if value is None else number(value, metric.decimals)


def signed(metric: Metric, gap: float | None) -> str:
    """“+1.2” ahead, “−2.1” behind, “0.0” on the path, “–” without a gap."""
    text = bare(metric, gap)
    above = gap is not None and gap > 0 and not is_nothing(metric, gap)
    return f"+{text}" if above else text


def is_nothing(metric: Metric, value: float) -> bool:
    """Whether the value disappears at the metric's decimals."""
    return round(abs(value), metric.decimals) == 0


def size_text(metric: Metric, size: float) -> str:
    """A difference without its sign: percentages differ by points, all else by its unit."""
    text = number(abs(size), metric.decimals)
    if metric.unit == "%":
        words = _("%(size)s point") if text == "1" else _("%(size)s points")
        return words % {"size": text}
    return with_unit(text, metric.unit)


def gap_text(metric: Metric, gap: float | None) -> str:
    """“2.1 points behind”, “0.9 points ahead” or “on the path”; the sign is already good-or-bad.

    A band has no ahead: “0.3 °C outside its band” or “inside its band”.
    """
    if gap is None:
        return _("no path to compare with")
    if has_band(metric):
        outside = _("%(size)s outside its band") % {"size": size_text(metric, gap)}
        return _("inside its band") if is_nothing(metric, gap) else outside
    if is_nothing(metric, gap):
        return _("on the path")
    words = _("%(size)s ahead") if gap > 0 else _("%(size)s behind")
    return words % {"size": size_text(metric, gap)}


def range_text(metric: Metric, low: float | None, high: float | None) -> str:
    """“61.0 to 71.0”, or nothing where either end is absent."""
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": bare(metric, low), "high": bare(metric, high)}


def share_text(share: float) -> str:
    """0.12 → “12%”: a share of the planned change, never a chance."""
    return f"{number(share * 100, 0)}%"


def day_text(day: date | None) -> str:
    """8 May 2026."""
    return date_format(day, "j M Y") if day else ""


def period_text(metric: Metric, day: date | None) -> str:
    """The period that starts on this day: “Mar 2026”, “Q3 2018/19”, “week of 29 Jan 2024”."""
    if day is None:
        return ""
    if metric.frequency == Frequency.MONTH:
        return date_format(day, "M Y")
    if metric.frequency == Frequency.DAY:
        return day_text(day)
    if metric.frequency == Frequency.WEEK:
        return _("week of %(day)s") % {"day": day_text(day)}
    return periods.label(Frequency(metric.frequency), day, metric.year_starts)


def days_text(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
