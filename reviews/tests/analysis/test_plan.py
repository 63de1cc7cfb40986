"""The steps of a review over its days, how each stands, and when the next review is due."""

from datetime import date

import pytest

from reviews.analysis.plan import lay_out, state_of, window, working_days

# Four weeks from Monday 2 March 2026; nine working days; one week; a weekend; the ends of time.
TABLE: list[tuple[str, str, bool, str]] = [
    ("2026-03-02", "2026-03-27", False,
     "introduction 02–02, self_review 03–10, focus_groups 10–13, interviews 13–25, "
     "conclusions 26–27, follow_up 23–27"),
    ("2026-03-02", "2026-03-12", False,
     "introduction 02–02, self_review 03–04, focus_groups 05–05, interviews 06–10, "
     "conclusions 11–12, follow_up 08–10"),
    ("2026-03-02", "2026-03-06", False,
     "introduction 02–02, self_review 02–03, focus_groups 03–04, interviews 04–05, "
     "conclusions 05–06, follow_up 02–06"),
    ("2026-03-02", "2026-03-12", True, "introduction 02–02, interviews 03–10, conclusions 11–12"),
    ("2026-03-07", "2026-03-08", True, "introduction 07–07, interviews 07–07, conclusions 07–07"),
    ("0001-01-01", "0001-01-01", True, "introduction 01–01, interviews 01–01, conclusions 01–01"),
    ("9999-12-31", "9999-12-31", False,
     "introduction 31–31, self_review 31–31, focus_groups 31–31, interviews 31–31, "
     "conclusions 31–31, follow_up 29–31"),
]  # fmt: skip


@pytest.mark.parametrize(("starts", "due", "light", "expected"), TABLE)
def test_steps_are_laid_out_in_order(starts: str, due: str, light: bool, expected: str) -> None:
    first, last = date.fromisoformat(starts), date.fromisoformat(due)
    steps = lay_out(first, last, light=light, next_due=None)
    assert ", ".join(f"{one.kind} {one.starts:%d}–{one.ends:%d}" for one in steps) == expected
    within = [one for one in steps if one.kind != "follow_up"]
    assert all(first <= one.starts <= one.ends <= last for one in within)


@pytest.mark.parametrize("days", range(1, 41))
def test_every_step_has_working_days_and_follows_the_one_before(days: int) -> None:
    starts = date(2026, 3, 2)
    due = working_days(starts, date(2026, 12, 31))[days - 1]
    steps = lay_out(starts, due, light=False, next_due=None)
    assert all(one.starts.weekday() < 5 and one.ends.weekday() < 5 for one in steps)
    assert [one.starts for one in steps] == sorted(one.starts for one in steps)
    assert [one.ends for one in steps] == sorted(one.ends for one in steps)


def test_the_follow_up_ends_as_the_next_review_is_due() -> None:
    sunday = date(2027, 9, 26)
    follow_up = lay_out(date(2026, 3, 2), date(2026, 3, 6), light=False, next_due=sunday)[-1]
    assert (follow_up.starts, follow_up.ends) == (date(2027, 9, 22), date(2027, 9, 24))


def test_the_days_of_a_next_review_at_the_start_of_time_exist() -> None:
    steps = lay_out(date(1, 1, 1), date(1, 1, 1), light=False, next_due=date(1, 1, 2))
    assert steps[-1].starts == date(1, 1, 1)


@pytest.mark.parametrize(("done", "today", "state"), [
    (None, "2026-03-01", "ahead"), (None, "2026-03-02", "now"), (None, "2026-03-04", "now"),
    (None, "2026-03-05", "late"), ("2026-03-09", "2026-03-10", "done"),
    ("2026-02-27", "2026-03-01", "done"),
])  # fmt: skip
def test_how_a_step_stands(done: str | None, today: str, state: str) -> None:
    done_on = date.fromisoformat(done) if done else None
    days = date(2026, 3, 2), date(2026, 3, 4)
    assert state_of(*days, done_on, date.fromisoformat(today)) == state


def test_the_next_review_is_due_a_year_and_a_half_to_two_years_later() -> None:
    assert window(date(2026, 3, 27)) == (date(2027, 9, 27), date(2028, 3, 27))
