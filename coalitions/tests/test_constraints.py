"""The database itself refuses what must never be: every constraint of the room, violated."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from coalitions.models import Candidate, Delegate
from coalitions.tests.factories import (
    AppraisalFactory,
    BarrierFactory,
    CandidateFactory,
    CandidNoteFactory,
    CharterFactory,
    CircleFactory,
    CoalitionFactory,
    CommitmentFactory,
    CommonGroundFactory,
    ContactFactory,
    DelegateFactory,
    DifficultyFactory,
    EntryPointFactory,
    NextStepFactory,
    NominationFactory,
    OwnListFactory,
    StandingFactory,
    VacancyFactory,
)
from people.confidential.fields import SealedTextField
from people.services.maintenance import maintenance
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW = timezone.now()
# Of every model with sealed texts, what makes a row of it.
SEALING: dict[str, Callable[[], Any]] = {
    "charter": CharterFactory,
    "candid_note": CandidNoteFactory,
    "appraisal": AppraisalFactory,
    "standing": StandingFactory,
    "difficulty": DifficultyFactory,
    "nomination": NominationFactory,
    "contact": ContactFactory,
    "membercommitment": CommitmentFactory,
    "barrier": BarrierFactory,
    "nextstep": NextStepFactory,
    "vacancy": VacancyFactory,
    "commonground": CommonGroundFactory,
    "circle": CircleFactory,
    "entrypoint": EntryPointFactory,
}


def again(row: models.Model, **fields: Any) -> None:
    """The same row once more, with other values for `fields`."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    type(row)._default_manager.create(**{**values, **fields})


def number_again() -> None:
    row = CandidateFactory.create()
    again(row, actor_id=ActorFactory.create(system=row.system).pk)


def named_by_oneself() -> None:
    row = DelegateFactory.create()
    Delegate.objects.filter(pk=row.pk).update(named_by=row.user)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "coalition_known_form": lambda: CoalitionFactory(form="club"),
    "coalition_sphere_limit_is_a_share": lambda: CoalitionFactory(sphere_limit=101),
    "coalition_fading_before_lapsed": lambda: CoalitionFactory(fading_after=60),
    "delegate_once": lambda: again(DelegateFactory()),
    "delegate_never_by_oneself": named_by_oneself,
    "candidate_once": lambda: again(CandidateFactory(), number=9),
    "candidate_number_once": number_again,
    "candidate_numbered": lambda: CandidateFactory(number=0),
    "appraisal_once": lambda: again(AppraisalFactory()),
    "appraisal_counted": lambda: AppraisalFactory(seq=0),
    "standing_once": lambda: again(StandingFactory()),
    "standing_counted": lambda: StandingFactory(seq=0),
    "own_list_one_at_a_time": lambda: again(OwnListFactory()),
    "own_list_sent_before_pooled": lambda: OwnListFactory(pooled_at=NOW),
    "contact_known_kind": lambda: ContactFactory(kind="séance"),
    "membercommitment_settled_on_a_day": lambda: CommitmentFactory(state="kept"),
    "barrier_known_kind": lambda: BarrierFactory(kind="weather"),
    "barrier_removed_after_it_was_raised": lambda: BarrierFactory(removed_on=date(2025, 1, 31)),
    "barrier_removed_by_someone_on_a_day": lambda: BarrierFactory(removed_by=CandidateFactory()),
    "nextstep_known_kind": lambda: NextStepFactory(kind="leap"),
    "commonground_once": lambda: again(CommonGroundFactory()),
    "commonground_counted": lambda: CommonGroundFactory(seq=0),
    "circle_once": lambda: again(CircleFactory()),
    "circle_numbered": lambda: CircleFactory(order=10),
}
OTHER_SIDES: list[Callable[[], Any]] = [
    lambda: CoalitionFactory(sphere_limit=0),
    lambda: CoalitionFactory(fading_after=0, lapsed_after=1),
    lambda: CoalitionFactory(lapsed_after=30),
    lambda: CircleFactory(order=0),
    lambda: CommitmentFactory(settled_on=date(2025, 4, 1)),
    lambda: CommitmentFactory(state="lost", settled_on=date(2025, 4, 1)),
]


def sealed_columns() -> list[tuple[str, str]]:
    """Every sealed column of the room: the word for its model in names, and the field."""
    return [
        (kind_of(constraint.name, field.name), field.name)
        for model in apps.get_app_config("coalitions").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
        for constraint in model._meta.constraints
        if constraint.name.endswith(f"{field.name}_sealed") or constraint.name in NOTE
    ]


NOTE = {"coalitions_candid_note_sealed"}


def kind_of(name: str, field: str) -> str:
    return name.removeprefix("coalitions_").removesuffix("_sealed").removesuffix(f"_{field}")


def breaking(name: str) -> str:
    """The start of a refusal by this constraint."""
    return f"coalitions_{name}"


@pytest.mark.parametrize("name", VIOLATIONS)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name]()
    # SQLite names the columns of a broken uniqueness, not its constraint.
    if connection.vendor == "postgresql" or "CHECK" in str(refusal.value):
        assert breaking(name) in str(refusal.value)


@pytest.mark.parametrize(("kind", "field"), sorted(set(sealed_columns())))
def test_plain_text_is_refused_in_every_sealed_column(kind: str, field: str) -> None:
    row = SEALING[kind]()
    with (
        maintenance(),
        pytest.raises(IntegrityError, match=f"coalitions_{kind}"),
        transaction.atomic(),
    ):
        plain(row, field)


def plain(row: models.Model, field: str) -> None:
    """Plain text, by a door that knows nothing of sealing."""
    table, column = row._meta.db_table, connection.ops.quote_name(field)
    with connection.cursor() as cursor:
        # Table and column are ours.
        cursor.execute(f"UPDATE {table} SET {column} = 'open' WHERE id = %s", [row.pk])


def test_every_sealed_column_has_a_constraint() -> None:
    fields = {
        (model._meta.label, field.name)
        for model in apps.get_app_config("coalitions").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    }
    assert len(fields) == len(set(sealed_columns())) > 30


def test_every_other_constraint_of_the_room_is_violated_here() -> None:
    kept = {
        constraint.name
        for model in apps.get_app_config("coalitions").get_models()
        for constraint in model._meta.constraints
        if not constraint.name.endswith("_sealed")
    }
    assert kept == {breaking(name) for name in VIOLATIONS}


@pytest.mark.parametrize("violate", OTHER_SIDES)
def test_the_other_side_of_a_bound_is_refused_too(violate: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        violate()


@pytest.mark.parametrize("make", [AppraisalFactory, StandingFactory, CommonGroundFactory])
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="kept by PostgreSQL alone")
def test_what_was_thought_is_kept_as_it_is(make: Any) -> None:
    row = make()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.maintenance = 'off'")
    for act in (row.save, row.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize(
    ("make", "beneath"),
    [
        (CandidateFactory, lambda row: [row.actor, row.coalition]),
        (AppraisalFactory, lambda row: [row.candidate, row.author]),
        (VacancyFactory, lambda row: [row.actor]),
        (BarrierFactory, lambda row: [row.coalition]),
    ],
)
def test_what_others_rest_on_cannot_be_deleted(
    make: Any, beneath: Callable[[Any], list[models.Model]]
) -> None:
    for row in beneath(make()):
        with pytest.raises(models.ProtectedError):
            row.delete()


def test_a_letter_stands_for_each_number() -> None:
    letters = {1: "A", 2: "B", 26: "Z", 27: "AA", 28: "AB", 52: "AZ", 53: "BA", 702: "ZZ"}
    assert {number: Candidate(number=number).letter for number in letters} == letters
