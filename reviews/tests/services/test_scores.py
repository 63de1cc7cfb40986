"""Saving, finishing and taking back: what counts afterwards, and what two at once make of it."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from people.models import AuditEntry, Membership
from people.services import Conflict
from reviews.models import Participant, Round, Score
from reviews.services import moves
from reviews.services.figures import counting
from reviews.services.scores import finish, progress, save_score, sheet_of, take_back
from reviews.tests.factories import ElementFactory, GuestFactory, ParticipantFactory
from reviews.tests.scoring import CODES, REASON, asked_round, element, held, said

pytestmark = pytest.mark.embedded
SOURCES = [{"kind": "data", "text": "Paths on file"}, {"kind": "interview", "text": "Group B"}]


@pytest.fixture
def row(db: None) -> Round:
    return asked_round()


@pytest.fixture
def part(row: Round) -> Participant:
    found: Participant = ParticipantFactory.create(round=row, kind="self")
    return found


def counts(part: Participant) -> dict[str, int | None]:
    """Code and value of what counts of a rater."""
    part.refresh_from_db()
    return {
        own.score.element.code: own.score.value
        for own in sheet_of(part).values()
        if own.score and own.counts
    }


@pytest.mark.parametrize(
    ("points", "kind", "value", "named", "refused"),
    [
        (4, "self", 2, 0, False),
        (4, "self", 3, 0, True),
        (4, "self", 3, 1, True),
        (4, "self", 3, 2, False),
        (4, "self", 4, 1, True),
        (4, "survey", 4, 0, False),
        (2, "self", 1, 0, False),
        (2, "self", 2, 1, True),
        (6, "self", 3, 0, False),
        (6, "self", 4, 1, True),
        (6, "self", 6, 2, False),
        (4, "self", 5, 2, True),
        (4, "self", 0, 2, True),
        (4, "self", None, 0, False),
    ],
)
def test_the_upper_half_needs_two_sources(
    row: Round, points: int, kind: str, value: int | None, named: int, refused: bool
) -> None:
    assert row.rubric
    row.rubric.scale = [{"name": str(n), "meaning": ""} for n in range(points)]
    row.rubric.save()
    part = ParticipantFactory.create(round=row, kind=kind)
    values = said(value, sources=SOURCES[:named])
    if refused:
        with pytest.raises(ValidationError):
            save_score(participant=part, element=element(row), values=values)
    else:
        save_score(participant=part, element=element(row), values=values)
    assert bool(held(part)) is not refused


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "3"}, "value"),
        ({"value": 1.5}, "value"),
        ({"value": True}, "value"),
        ({"value": 10**30}, "value"),
        ({"reason": 7}, "reason"),
        ({"reason": "It is so.\x00 Truly."}, "reason"),
        ({"reason": "r" * 2001}, "reason"),
        ({"sources": "a paper"}, "sources"),
        ({"sources": ["a paper"]}, "sources"),
        ({"sources": [{"kind": "taken back", "text": "x"}]}, "sources"),
        ({"sources": [{"kind": "data", "text": "p\x00"}]}, "sources"),
        ({"sources": [{"kind": "data", "text": "p" * 201}]}, "sources"),
        ({"sources": [{"kind": "data", "text": str(n)} for n in range(13)]}, "sources"),
        ({"confidence": "very"}, "confidence"),
        ({"raise_by_one": "p" * 301}, "raise_by_one"),
    ],
)  # fmt: skip
def test_what_no_form_would_send_is_refused_by_name(
    row: Round, part: Participant, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        save_score(participant=part, element=element(row), values={**said(1), **wrong})
    assert set(refusal.value.message_dict) == {field}
    assert held(part) == []


def test_an_element_of_another_rubric_is_refused(row: Round, part: Participant) -> None:
    foreign = ElementFactory.create()
    with pytest.raises(ValidationError, match="is not asked in “Round 2”"):
        save_score(participant=part, element=foreign, values=said())


def test_each_change_is_a_revision_and_the_same_again_is_none(
    row: Round, part: Participant
) -> None:
    one = save_score(participant=part, element=element(row), values=said(1))
    again = save_score(participant=part, element=element(row), values=said(1))
    assert one == again
    save_score(participant=part, element=element(row), values=said(2), seen=1)
    assert held(part) == [("1A", 1, 1), ("1A", 2, 2)]
    with pytest.raises(Conflict) as conflict:
        save_score(participant=part, element=element(row), values=said(1), seen=1)
    assert conflict.value.current.value == 2  # type: ignore[attr-defined]
    save_score(participant=part, element=element(row), values=said(2), seen=0)
    assert len(held(part)) == 2, "it stands already"


@pytest.mark.parametrize("act", [finish, take_back])
@pytest.mark.parametrize(
    ("state", "words"), [("closed", "closed on"), ("draft", "is not open yet")]
)
def test_only_an_open_round_takes_anything(
    row: Round, part: Participant, act: Callable[..., Any], state: str, words: str
) -> None:
    save_score(participant=part, element=element(row), values=said())
    closed_at = timezone.now() if state == "closed" else None
    Round.objects.filter(pk=row.pk).update(state=state, closed_at=closed_at)
    for refused in (
        lambda: act(participant=part),
        lambda: save_score(participant=part, element=element(row, "1B"), values=said()),
    ):
        with pytest.raises(ValidationError, match=words):
            refused()
    part.refresh_from_db()
    assert (part.finished_at, part.taken_back_at, len(held(part))) == (None, None, 1)


def test_the_day_of_closing_is_told_as_it_was_there(row: Round, part: Participant) -> None:
    type(row.system).objects.filter(pk=row.system.pk).update(time_zone="Pacific/Auckland")
    late = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=late)
    with pytest.raises(ValidationError, match="closed on 28 March 2026 at 11:30"):
        save_score(participant=part, element=element(row), values=said())


def gone(part: Participant) -> None:
    Participant.objects.filter(pk=part.pk).delete()


def left(part: Participant) -> None:
    Participant.objects.filter(pk=part.pk).update(left_at=timezone.now())


def without_a_role(part: Participant) -> None:
    Membership.objects.filter(user=part.user).delete()


@pytest.mark.parametrize("leave", [gone, left, without_a_role])
def test_who_takes_no_part_any_more_adds_nothing(
    row: Round, part: Participant, leave: Callable[[Participant], None]
) -> None:
    leave(part)
    for act in (
        lambda: save_score(participant=part, element=element(row), values=said()),
        lambda: finish(participant=part),
        lambda: take_back(participant=part),
    ):
        with pytest.raises(ValidationError, match="no longer take part in “Round 2”"):
            act()
    assert not Score.objects.exists()


@pytest.mark.parametrize("kind", ["unit", "independent"])
def test_who_signs_nothing_scores_nothing(row: Round, kind: str) -> None:
    part = ParticipantFactory.create(round=row, kind=kind)
    with pytest.raises(ValidationError, match="asks for no scores"):
        save_score(participant=part, element=element(row), values=said())


def test_a_guest_scores_until_taken_off(row: Round) -> None:
    guest = GuestFactory.create(round=row)
    save_score(participant=guest, element=element(row), values=said(4, reason=""))
    left(guest)
    with pytest.raises(ValidationError, match="no longer take part"):
        save_score(participant=guest, element=element(row, "1B"), values=said())
    assert held(guest) == [("1A", 1, 4)]


def test_finishing_needs_an_answer_and_stays_as_it_was_first(row: Round, part: Participant) -> None:
    with pytest.raises(ValidationError, match="Nothing is scored yet"):
        finish(participant=part)
    save_score(participant=part, element=element(row), values=said(None))
    finish(participant=part)
    part.refresh_from_db()
    first = part.finished_at
    finish(participant=part)
    part.refresh_from_db()
    assert first is not None
    assert part.finished_at == first


def test_what_was_taken_back_counts_only_where_it_is_given_again(
    row: Round, part: Participant
) -> None:
    for code, value in zip(CODES[:3], (1, 2, 1), strict=True):
        save_score(participant=part, element=element(row, code), values=said(value))
    finish(participant=part)
    take_back(participant=part)
    assert counts(part) == {}
    assert part.finished_at is None
    assert progress(sheet_of(part)) == 0
    assert [own.score.value for own in sheet_of(part).values() if own.score] == [1, 2, 1]
    save_score(participant=part, element=element(row, "1B"), values=said(2), seen=1)
    assert counts(part) == {"1B": 2}
    assert part.taken_back_at is None
    own = sheet_of(part)[element(row, "1A").pk]
    assert own.score is not None, "what was said before stays readable to its rater"
    assert (own.score.value, own.counts, own.revision) == (1, False, 2)
    save_score(participant=part, element=element(row), values=said(1), seen=2)
    assert counts(part) == {"1A": 1, "1B": 2}


def test_the_closing_counts_no_value_that_was_taken_back(row: Round, part: Participant) -> None:
    for code in CODES[:2]:
        save_score(participant=part, element=element(row, code), values=said(1))
    take_back(participant=part)
    assert not counting(row).exists()
    save_score(participant=part, element=element(row, "2B"), values=said(2))
    values = counting(row).filter(value__isnull=False)
    assert [score.element.code for score in values] == ["2B"]


def test_nothing_tells_who_scored_or_when(
    row: Round, part: Participant, caplog: pytest.LogCaptureFixture
) -> None:
    before = AuditEntry.objects.count()
    with caplog.at_level(logging.INFO):
        save_score(participant=part, element=element(row), values=said())
        finish(participant=part)
        take_back(participant=part)
    assert AuditEntry.objects.count() == before
    assert caplog.records == []


def test_a_sheet_is_one_query(
    row: Round, part: Participant, django_assert_num_queries: Any
) -> None:
    for code in CODES:
        save_score(participant=part, element=element(row, code), values=said())
        save_score(participant=part, element=element(row, code), values=said(1), seen=1)
    with django_assert_num_queries(1):
        assert len(sheet_of(part)) == 4


def together(*acts: Callable[[], Any]) -> list[str]:
    """What becomes of acts begun at the same moment: done, refused or conflict."""
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite writes one at a time as it is")
    start = Barrier(len(acts))

    def go(act: Callable[[], Any]) -> str:
        try:
            start.wait()
            act()
        except ValidationError:
            return "refused"
        except Conflict:
            return "conflict"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(go, acts))


@pytest.mark.django_db(transaction=True)
def test_of_five_windows_at_once_one_saves_and_the_others_are_told() -> None:
    row = asked_round()
    part = ParticipantFactory.create(round=row, kind="self")
    about = element(row)

    def saving(number: int) -> Callable[[], Any]:
        values = said(1, reason=f"Said in window number {number}.")
        return lambda: save_score(participant=part, element=about, values=values)

    outcomes = together(*(saving(number) for number in range(5)))
    assert sorted(outcomes) == ["conflict"] * 4 + ["done"]
    won = outcomes.index("done")
    assert Score.objects.get().reason == f"Said in window number {won}."


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_five_times_at_once_is_saved_once() -> None:
    row = asked_round()
    part = ParticipantFactory.create(round=row, kind="self")
    about = element(row)
    acts = [lambda: save_score(participant=part, element=about, values=said())] * 5
    assert together(*acts) == ["done"] * 5
    assert held(part) == [("1A", 1, 2)]


@pytest.mark.django_db(transaction=True)
def test_two_elements_of_one_sheet_at_once_are_both_kept() -> None:
    row = asked_round()
    part = ParticipantFactory.create(round=row, kind="self")
    abouts = [element(row, code) for code in CODES]
    outcomes = together(*(
        lambda about=about: save_score(participant=part, element=about, values=said())
        for about in abouts
    ))  # fmt: skip
    assert outcomes == ["done"] * 4
    assert len(held(part)) == 4


@pytest.mark.django_db(transaction=True)
def test_a_score_comes_wholly_before_the_closing_or_is_refused() -> None:
    row = asked_round()
    parts = [ParticipantFactory.create(round=row, kind="self") for _ in range(4)]
    about = element(row)
    seen_at_closing: list[int] = []

    def close() -> None:
        with transaction.atomic():
            moves.close(round=row)
            seen_at_closing.append(counting(row).count())

    outcomes = together(close, *(
        lambda part=part: save_score(participant=part, element=about, values=said())
        for part in parts
    ))  # fmt: skip
    assert outcomes[0] == "done"
    assert set(outcomes[1:]) <= {"done", "refused"}
    assert Score.objects.count() == outcomes[1:].count("done") == seen_at_closing[0]


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_saving_at_once_leave_one_or_the_other() -> None:
    row = asked_round()
    part = ParticipantFactory.create(round=row, kind="self")
    for code in CODES[:3]:
        save_score(participant=part, element=element(row, code), values=said())
    last = element(row, "2B")
    outcomes = together(
        lambda: take_back(participant=part),
        lambda: save_score(participant=part, element=last, values=said(1, reason=REASON)),
    )
    assert outcomes == ["done", "done"]
    assert counts(part) in ({}, {"2B": 1})
