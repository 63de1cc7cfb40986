"""The database itself refuses what must never be: every constraint of the room, violated."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from people.tests.factories import UserFactory
from reviews.models import Round
from reviews.tests.factories import (
    AgreedScoreFactory,
    ConclusionFactory,
    ConversationFactory,
    ElementFactory,
    FigureFactory,
    FindingFactory,
    GuestFactory,
    ImplicationFactory,
    InterviewNoteFactory,
    ParticipantFactory,
    PublicationFactory,
    ReviewActionFactory,
    RoundFactory,
    RubricFactory,
    ScoreFactory,
    ScoringLinkFactory,
    StepFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW = timezone.now()


def again(row: models.Model, **fields: Any) -> None:
    """The same row once more, with other values for `fields`."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    type(row)._default_manager.create(**{**values, **fields})


def named_by_oneself() -> None:
    user = UserFactory.create()
    ParticipantFactory(user=user, named_by=user)


def plain(row: models.Model, column: str) -> None:
    """Plain text, by a door that knows nothing of sealing."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        # Table and column are ours.
        cursor.execute(f"UPDATE {table} SET {column} = 'open' WHERE id = %s", [row.pk])


def after_itself() -> None:
    row = RoundFactory.create()
    Round.objects.filter(pk=row.pk).update(follows=row)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "rubric_version_once": lambda: again(RubricFactory()),
    "rubric_one_draft": lambda: again(RubricFactory(adopted_at=None), number=2),
    "rubric_known_lens": lambda: RubricFactory(lens="wheel"),
    "rubric_titled": lambda: RubricFactory(title=""),
    "rubric_numbered": lambda: RubricFactory(number=0),
    "element_code_once": lambda: again(ElementFactory()),
    "element_says_what_it_asks": lambda: ElementFactory(weak=""),
    "round_known_state": lambda: RoundFactory(state="paused"),
    "round_closed_has_a_time": lambda: RoundFactory(state="closed"),
    "round_starts_before_it_is_due": lambda: RoundFactory(due=date(2026, 3, 1)),
    "round_titled": lambda: RoundFactory(title=""),
    "round_leader_before_team": lambda: RoundFactory(state="closed", closed_at=NOW, team_at=NOW),
    "round_released_when_closed": lambda: RoundFactory(leader_at=NOW),
    "round_next_after_this": lambda: RoundFactory(next_due=date(2026, 3, 27)),
    "round_not_after_itself": after_itself,
    "step_once": lambda: again(StepFactory()),
    "step_starts_before_it_ends": lambda: StepFactory(ends=date(2026, 3, 1)),
    "step_known_kind": lambda: StepFactory(kind="party"),
    "participant_once": lambda: again(ParticipantFactory()),
    "participant_guest_once": lambda: again(GuestFactory()),
    "participant_one_signs": lambda: again(
        ParticipantFactory(kind="unit", signs=True), user_id=UserFactory.create().pk
    ),
    "participant_never_by_oneself": named_by_oneself,
    "participant_known_kind": lambda: ParticipantFactory(kind="press"),
    "participant_known_tier": lambda: ParticipantFactory(tier="top"),
    "participant_account_or_guest": lambda: GuestFactory(email=""),
    "participant_joint_team_has_accounts": lambda: GuestFactory(joint_team=True),
    "participant_signs_for_a_body": lambda: ParticipantFactory(kind="self", signs=True),
    "link_one_live": lambda: again(ScoringLinkFactory(), digest="f" * 64),
    "link_expires_later": lambda: ScoringLinkFactory(expires_at=NOW - timedelta(days=1)),
    "score_revision_once": lambda: again(ScoreFactory()),
    "score_first_revision_is_one": lambda: ScoreFactory(revision=0),
    "score_within_a_scale": lambda: ScoreFactory(value=0),
    "publication_number_once": lambda: again(PublicationFactory()),
    "figure_once": lambda: again(FigureFactory()),
    "figure_hidden_says_nothing": lambda: FigureFactory(state="confidential"),
    "figure_known_group": lambda: FigureFactory(group="press"),
    "agreed_revision_once": lambda: again(AgreedScoreFactory()),
    "agreed_with_a_reason": lambda: AgreedScoreFactory(reason=""),
    "agreed_within_a_scale": lambda: AgreedScoreFactory(value=7),
    "finding_says_something": lambda: FindingFactory(text=""),
    "finding_known_nature": lambda: FindingFactory(nature="rumour"),
    "implication_says_something": lambda: ImplicationFactory(text=""),
    "implication_answers_a_question": lambda: ImplicationFactory(answer="solve"),
    "action_known_term": lambda: ReviewActionFactory(term="soon"),
    "action_towards_a_level_of_an_element": lambda: ReviewActionFactory(towards=3),
    "action_within_a_scale": lambda: ReviewActionFactory(element=ElementFactory(), towards=0),
    "conclusion_says_something": lambda: ConclusionFactory(text=""),
    "conclusion_known_kind": lambda: ConclusionFactory(kind="hope"),
    "conversation_sealed": lambda: plain(ConversationFactory(), "label"),
    "conversation_known_kind": lambda: ConversationFactory(kind="rumour"),
    "conversation_with_someone": lambda: ConversationFactory(people=0),
    "interview_note_sealed": lambda: plain(InterviewNoteFactory(), "body"),
}
OTHER_SIDES: list[Callable[[], Any]] = [
    lambda: RoundFactory(state="draft", closed_at=NOW),
    lambda: ScoreFactory(value=7),
    lambda: AgreedScoreFactory(value=0),
    lambda: ReviewActionFactory(element=ElementFactory(), towards=7),
    lambda: FigureFactory(state="none", median=None, spread="close"),
    lambda: GuestFactory(name=""),
    lambda: again(ParticipantFactory(), email="both@unit.example"),
    lambda: ElementFactory(code=""),
]


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name]()
    # SQLite names the columns of a broken uniqueness, not its constraint.
    if connection.vendor == "postgresql" or "CHECK" in str(refusal.value):
        assert f"reviews_{name}" in str(refusal.value)


def test_every_constraint_of_the_room_is_violated_here() -> None:
    kept = {
        constraint.name
        for model in apps.get_app_config("reviews").get_models()
        for constraint in model._meta.constraints
    }
    assert kept == {f"reviews_{name}" for name in VIOLATIONS}


@pytest.mark.parametrize("violate", OTHER_SIDES)
def test_the_other_side_of_a_bound_is_refused_too(violate: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        violate()


@pytest.mark.parametrize(
    "make", [ScoreFactory, AgreedScoreFactory, PublicationFactory, FigureFactory]
)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="kept by PostgreSQL alone")
def test_what_was_given_and_published_is_kept_as_it_is(make: Any) -> None:
    row = make()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.maintenance = 'off'")
    for act in (row.save, row.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("make", "beneath"),
    [
        (ScoreFactory, lambda row: [row.participant, row.element, row.participant.round]),
        (AgreedScoreFactory, lambda row: [row.round, row.element, row.element.rubric]),
        (ReviewActionFactory, lambda row: [row.action, row.implication, row.implication.finding]),
        (InterviewNoteFactory, lambda row: [row.round, row.author]),
    ],
)
def test_what_others_rest_on_cannot_be_deleted(
    make: Any, beneath: Callable[[Any], list[models.Model]]
) -> None:
    for row in beneath(make()):
        with pytest.raises(models.ProtectedError):
            row.delete()
