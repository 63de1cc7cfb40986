"""What a reader of a round would do next: one thing, by how it stands and what they may."""

from typing import Any

import pytest

from reviews.pages.next_step import Standing, next_step

WRITES = {"may_write": True}
READS = {"reads_results": True}
DRAWS = {"draws": True, **READS}
AGREED = {"all_agreed": True}
FOUND = {"has_findings": True, **AGREED}

TABLE: list[tuple[str, dict[str, Any], str]] = [
    ("draft", {}, ""),
    ("draft", {**WRITES, "has_rubric": False}, "edit_round"),
    ("draft", {**WRITES, "has_people": False}, "name_participant"),
    ("draft", WRITES, "open_round"),
    ("open", {}, ""),
    ("open", {"sheet_waits": True}, "score_sheet"),
    ("open", {"sheet_waits": True, "is_late": True}, "score_sheet"),
    ("open", {"sheet_waits": True, "is_late": True, **WRITES}, "close_round"),
    ("open", {**WRITES, "is_light": True}, ""),
    ("open", {**WRITES, "is_light": True, "draws": True}, "findings"),
    ("open", {**WRITES, "is_light": True, "draws": True, "is_late": True}, "close_round"),
    ("open", {"is_light": True, "draws": True}, "findings"),
    ("open", {**WRITES, "is_asked": False}, ""),
    ("open", {**WRITES, "has_people": False}, "name_participant"),
    ("open", WRITES, ""),
    ("open", {**WRITES, "all_finished": True}, "close_round"),
    ("open", {**WRITES, "is_late": True}, "close_round"),
    ("open", {"is_late": True}, ""),
    ("closed", {}, ""),
    ("closed", {"will_read": True}, ""),
    ("closed", WRITES, ""),
    ("closed", READS, "results"),
    ("closed", DRAWS, "meeting"),
    ("closed", {**DRAWS, **AGREED}, "findings"),
    ("closed", {**DRAWS, "has_findings": True}, "findings"),
    ("closed", {**DRAWS, **FOUND}, "findings"),
    ("closed", {**DRAWS, **FOUND, "releases": True}, "release_results"),
    ("closed", {**DRAWS, **FOUND, "releases": True, "to_leader": True}, "release_results"),
    ("closed", {**DRAWS, **FOUND, "releases": True, "to_leader": True, "to_team": True}, "results"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "facts", "name"), TABLE)
def test_the_next_step(state: str, facts: dict[str, Any], name: str) -> None:
    found = next_step(Standing(state=state, **facts))
    assert (found.name, bool(found.label), bool(found.why)) == (name, bool(name), True)
    assert found.posts == (name == "open_round")


SAID: list[tuple[str, dict[str, Any], str]] = [
    ("open", WRITES, "Remind those who have not finished"),
    ("open", {**WRITES, "is_light": True}, "Hold the talks, write down what they show, then close"),
    ("open", {**WRITES, "is_asked": False}, "Hold the talks, write down what they show, then"),
    ("closed", {}, "Its results go to the leaders, the unit and the reviewers."),
    ("closed", {"will_read": True}, "Results are here once released."),
]


@pytest.mark.parametrize(("state", "facts", "words"), SAID)
def test_what_is_said_of_it(state: str, facts: dict[str, Any], words: str) -> None:
    assert words in str(next_step(Standing(state=state, **facts)).why)
