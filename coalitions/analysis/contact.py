"""How long a member has been without contact: a coalition lapses unless it is worked at."""

from datetime import date

IN_TOUCH, FADING, LAPSED = "in_touch", "fading", "lapsed"


def days_without(last: date | None, member_since: date, today: date) -> int:
    """Days since the last contact, or since they joined where that is later or there was none.

    A contact dated in the future counts as today's.
    """
    since = max(last, member_since) if last else member_since
    return max((today - since).days, 0)


def contact_state(
    last: date | None, member_since: date, today: date, *, fading: int = 30, lapsed: int = 60
) -> str:
    """in_touch, fading or lapsed: from the day on which that many days have gone by.

    ValueError unless 0 < fading < lapsed.
    """
    if not 0 < fading < lapsed:
        raise ValueError(f"fading ({fading}) must be above 0 and below lapsed ({lapsed}) in days")
    days = days_without(last, member_since, today)
    if days >= lapsed:
        return LAPSED
    return FADING if days >= fading else IN_TOUCH
