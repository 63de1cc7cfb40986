"""Figures freeze at the closing: what counts, what is published, and what stays."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews.models import EVERYONE, Element, Figure, Participant, Publication, Round, Score
from reviews.services import moves
from reviews.services.figures import figures_of, history
from reviews.services.scores import TAKEN_BACK
from reviews.tests.factories import (
    ElementFactory,
    GuestFactory,
    ParticipantFactory,
    RoundFactory,
    ScoreFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY = "Two interviews were left out."


@pytest.fixture
def row() -> Round:
    return RoundFactory.create()


@pytest.fixture
def element(row: Round) -> Element:
    return ElementFactory.create(rubric=row.rubric)


def rated(
    row: Round, element: Element, *values: int | None, kind: str = "self"
) -> list[Participant]:
    """A rater of the group for each value."""
    parts = [GuestFactory.create(round=row, kind=kind) for _value in values]
    for part, value in zip(parts, values, strict=True):
        ScoreFactory.create(participant=part, element=element, value=value)
    return parts


def again(part: Participant, element: Element, value: int | None) -> None:
    revision = Score.objects.filter(participant=part, element=element).count() + 1
    ScoreFactory.create(participant=part, element=element, value=value, revision=revision)


def reopen(row: Round) -> Round:
    return moves.reopen(round=row, reason=WHY)


def medians(row: Round) -> dict[str, float]:
    return {
        group: figure.median
        for (_element, group), figure in figures_of(row).items()
        if figure.median is not None
    }


def states(row: Round) -> dict[str, str]:
    return {group: figure.state for (_element, group), figure in figures_of(row).items()}


def test_nothing_is_published_before_the_closing(row: Round, element: Element) -> None:
    rated(row, element, 2, 2, 3, 3)
    assert figures_of(row) == {}
    assert not Publication.objects.exists()


def test_each_group_has_its_figure_and_its_state(row: Round, element: Element) -> None:
    selves = rated(row, element, 2, 2, 3, 3, None)
    rated(row, element, 1, 1, 4, kind="interviewee")
    GuestFactory.create(round=row, kind="survey")
    moves.close(round=row)
    assert states(row) == {
        "self": "shown", "interviewee": "confidential", "survey": "confidential",
        "focus_group": "none", "unit": "none", "independent": "none", "all": "confidential",
    }  # fmt: skip
    figure = figures_of(row)[element.pk, "self"]
    own = Score.objects.filter(participant__in=selves, value__isnull=False)
    assert (figure.median, figure.basis) == (2.5, sorted(own.values_list("pk", flat=True)))


def test_the_row_of_everyone_has_the_middle_half_and_the_word(row: Round, element: Element) -> None:
    rated(row, element, 1, 2, 2, 3, 3, 4)
    moves.close(round=row)
    figure = figures_of(row)[element.pk, EVERYONE]
    assert (figure.median, figure.low, figure.high, figure.spread) == (None, 2, 3, "discuss")


def test_the_last_revision_counts(row: Round, element: Element) -> None:
    for part in rated(row, element, 1, 1, 1, 1):
        again(part, element, 3)
    moves.close(round=row)
    assert medians(row) == {"self": 3.0}


def test_who_cannot_judge_any_more_does_not_count(row: Round, element: Element) -> None:
    again(rated(row, element, 2, 2, 3, 3)[0], element, None)
    moves.close(round=row)
    assert states(row)["self"] == "confidential"


def test_who_took_the_scores_back_does_not_count_and_who_left_does(
    row: Round, element: Element
) -> None:
    back = rated(row, element, 1, 1, 1, 1, 1)[0]
    Participant.objects.filter(pk=back.pk).update(taken_back_at=timezone.now())
    gone = rated(row, element, 3, 3, 3, 3, kind="survey")[0]
    Participant.objects.filter(pk=gone.pk).update(left_at=timezone.now())
    moves.close(round=row)
    assert medians(row) == {"self": 1.5, "survey": 3.0}


def signer(row: Round, kind: str) -> Participant:
    part: Participant = ParticipantFactory.create(round=row, kind=kind, signs=True)
    return part


def test_one_signs_for_a_body_and_others_of_it_do_not_count(row: Round, element: Element) -> None:
    ScoreFactory.create(participant=signer(row, "unit"), element=element, value=4)
    ScoreFactory.create(participant=signer(row, "independent"), element=element, value=None)
    other = ParticipantFactory.create(round=row, kind="unit")
    ScoreFactory.create(participant=other, element=element, value=1)
    moves.close(round=row)
    figure = figures_of(row)[element.pk, "unit"]
    assert (figure.state, figure.median) == ("shown", 4.0)
    assert figure.basis == list(
        Score.objects.filter(participant__signs=True, value=4).values_list("pk", flat=True)
    )
    silent = figures_of(row)[element.pk, "independent"]
    assert (silent.state, silent.median) == ("shown", None), "it says that it cannot judge"


def test_of_two_who_signed_in_turn_the_later_one_speaks(row: Round, element: Element) -> None:
    other = ElementFactory.create(rubric=row.rubric)
    first = signer(row, "unit")
    for one in (element, other):
        ScoreFactory.create(participant=first, element=one, value=1)
    Participant.objects.filter(pk=first.pk).update(left_at=timezone.now())
    ScoreFactory.create(participant=signer(row, "unit"), element=element, value=3)
    moves.close(round=row)
    figures = figures_of(row)
    assert figures[element.pk, "unit"].median == 3
    assert figures[other.pk, "unit"].median == 1


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"value": None}, "shown"),
        ({"value": None, "sources": TAKEN_BACK}, "none"),
        ({"value": 3, "participant__taken_back_at": timezone.now()}, "none"),
    ],
    ids=["cannot judge", "took this one back", "took all back"],
)
def test_whoever_was_replaced_does_not_speak_again(
    row: Round, element: Element, said: dict[str, Any], state: str
) -> None:
    first = signer(row, "unit")
    ScoreFactory.create(participant=first, element=element, value=1)
    Participant.objects.filter(pk=first.pk).update(left_at=timezone.now())
    later = {"participant__round": row, "participant__kind": "unit", "participant__signs": True}
    ScoreFactory.create(element=element, **later, **said)
    moves.close(round=row)
    figure = figures_of(row)[element.pk, "unit"]
    assert (figure.state, figure.median) == (state, None)


def test_a_hidden_figure_holds_nothing_of_its_scores(row: Round, element: Element) -> None:
    rated(row, element, 1, 1, 4)
    moves.close(round=row)
    figure = figures_of(row)[element.pk, "self"]
    assert (figure.state, figure.basis, figure.median) == ("confidential", [], None)


def test_scores_of_another_rubric_do_not_count(row: Round, element: Element) -> None:
    rated(row, ElementFactory.create(), 2, 2, 3, 3)
    moves.close(round=row)
    assert medians(row) == {}


def test_a_round_nobody_scores_publishes_nothing(row: Round, element: Element) -> None:
    ParticipantFactory.create(round=row, kind="unit")
    moves.close(round=row)
    assert not Publication.objects.exists()


def test_a_round_of_an_earlier_time_closes_without_a_rubric(row: Round) -> None:
    Round.objects.filter(pk=row.pk).update(rubric=None)
    GuestFactory.create(round=row)
    moves.close(round=Round.objects.get(pk=row.pk))
    assert not Publication.objects.exists()


# ------------------------------------------------------------------ closed once more


def test_a_closing_that_changes_nothing_publishes_nothing(row: Round, element: Element) -> None:
    part = rated(row, element, 2, 2, 3, 3, 3)[0]
    moves.close(round=row)
    reopen(row)
    again(part, element, 4)
    moves.close(round=row)
    assert [one.number for one in history(row)] == [1]
    assert medians(row) == {"self": 3.0}


def test_a_figure_stands_where_few_changed_and_is_new_where_all_did(
    row: Round, element: Element
) -> None:
    other = ElementFactory.create(rubric=row.rubric)
    parts = rated(row, element, 1, 1, 2, 2)
    for part in parts:
        ScoreFactory.create(participant=part, element=other, value=2)
    moves.close(round=row)
    reopen(row)
    for part in parts:
        again(part, element, 3)
    again(parts[0], other, 4)
    moves.close(round=row)
    assert [one.number for one in history(row)] == [1, 2]
    figures = figures_of(row)
    assert figures[element.pk, "self"].median == 3
    stands = Figure.objects.filter(element=other, group="self").order_by("publication__number")
    assert [(one.median, len(one.basis)) for one in stands] == [(2, 4), (2, 4)]
    assert stands[0].basis == stands[1].basis


def test_one_more_rater_gives_a_group_its_first_figure(row: Round, element: Element) -> None:
    rated(row, element, 2, 2, 3)
    moves.close(round=row)
    assert medians(row) == {}
    reopen(row)
    rated(row, element, 3)
    moves.close(round=row)
    assert medians(row) == {"self": 2.5}


def test_a_pool_is_remembered_through_the_closings(row: Round, element: Element) -> None:
    """Told of together, three and two are not told of apart when one more joins the three."""
    rated(row, element, 2, 2, 3)
    rated(row, element, 3, 3, kind="survey")
    moves.close(round=row)
    before = figures_of(row)[element.pk, EVERYONE]
    assert (before.spread, len(before.basis)) == ("close", 5)
    reopen(row)
    rated(row, element, 4)
    moves.close(round=row)
    assert medians(row) == {}
    after = figures_of(row)[element.pk, EVERYONE]
    assert after.basis == before.basis


def test_who_joins_is_told_of_with_everyone_and_stays_so(row: Round, element: Element) -> None:
    rated(row, element, 1, 1, 1, 2, 2)
    for _closing in range(2):
        moves.close(round=row)
        reopen(row)
    rated(row, element, 4, 4, 4, 4)
    for _closing in range(2):
        moves.close(round=row)
        assert medians(row) == {"self": 1.0}
        figure = figures_of(row)[element.pk, EVERYONE]
        assert (figure.low, figure.high, figure.spread) == (1, 3.5, "discuss")
        reopen(row)
    assert [one.number for one in history(row)] == [1, 2]


def test_figures_are_read_in_one_query(
    row: Round, element: Element, django_assert_num_queries: object
) -> None:
    rated(row, element, 2, 2, 3, 3)
    moves.close(round=row)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(figures_of(row)) == 7


def test_a_closing_asks_as_often_for_many_elements_as_for_one() -> None:
    counts = []
    for size in (1, 15):
        row = RoundFactory.create()
        for element in ElementFactory.create_batch(size, rubric=row.rubric):
            rated(row, element, 2, 2, 3, 3)
        moves.close(round=row)
        reopen(row)
        with CaptureQueriesContext(connection) as asked:
            moves.close(round=row)
        counts.append(len(asked))
    assert counts[0] == counts[1]
