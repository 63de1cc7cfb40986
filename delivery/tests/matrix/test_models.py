"""Every model's rows, asked as everyone: `visible_to` gives those of the agreed systems alone."""

from typing import Any

import pytest
from django.apps import apps

from delivery.testing import cells as counter
from delivery.tests.matrix.cast import Person
from delivery.tests.matrix.world import World
from people.models import Token
from people.permissions import MODELS
from people.tests.agreed import SCOPES, agreed

pytestmark = pytest.mark.django_db
GATED = {label: action for label, action in MODELS.items() if not action.startswith("nobody")}
# Rows that name persons, who then see them. Of participants each sees their own part.
NAMING = {
    "reviews.Round", "reviews.Participant", "reviews.Step", "reviews.Conversation",
    "reviews.InterviewNote", "reviews.Publication", "reviews.Figure", "reviews.AgreedScore",
    "reviews.Finding", "reviews.Implication", "reviews.ReviewAction", "reviews.Conclusion",
    "coalitions.Coalition", "coalitions.Delegate", "coalitions.CandidNote",
    "coalitions.Charter", "coalitions.Candidate", "coalitions.Appraisal", "coalitions.Standing",
    "coalitions.Difficulty", "coalitions.OwnList", "coalitions.Nomination", "coalitions.Contact",
    "coalitions.MemberCommitment", "coalitions.Barrier", "coalitions.NextStep",
    "coalitions.Vacancy", "coalitions.CommonGround", "coalitions.Circle",
    "coalitions.EntryPoint",
}  # fmt: skip


@pytest.mark.parametrize("label", sorted(GATED))
def test_rows_are_seen_where_it_was_agreed(
    world: World, label: str, pytestconfig: pytest.Config
) -> None:
    model: Any = apps.get_model(label)
    assert model.objects.exists(), f"give the systems of the matrix a {label}"
    people, faults = [person for person in world.people if person.user], []
    for person in people:
        found, wanted = seen(model, person, world), expected(label, person)
        if found != wanted:
            faults.append(f"{person.name}: {sorted(found)}, should be {sorted(wanted)}")
    counter.count(pytestconfig, len(people) * len(SCOPES))
    assert not faults, "\n".join(faults)


def seen(model: Any, person: Person, world: World) -> set[str]:
    """The scopes whose rows the person gets, their own membership and files left out."""
    rows = model.objects.visible_to(asking(person))
    if model._meta.label == "people.Membership":
        rows = rows.exclude(user=person.user)
    if model._meta.label == "people.System":
        keys = set(rows.values_list("pk", flat=True))
    else:
        to_system = getattr(model.objects.all(), "to_system", "system")
        keys = set(rows.order_by().values_list(to_system, flat=True))
    assert None not in keys, "a row without a system is nobody's here"
    return {scope for scope in SCOPES if world.things[scope]["system"].pk in keys}


def asking(person: Person) -> Any:
    """The user as the interface knows them: a program comes as its maker."""
    assert person.user
    user = type(person.user).objects.get(pk=person.user.pk)
    if person.token:
        user.program = Token.objects.get(name=f"Program {person.column}")
    return user


def expected(label: str, person: Person) -> set[str]:
    named = person.named and label in NAMING
    found = {
        scope
        for scope in SCOPES
        if person.column
        and agreed(action(label), person.column, scope, named=named and scope == "own")
    }
    if label == "people.Export":  # one's own alone
        return found if person.name == "DL" else set()
    return found


def action(label: str) -> str:
    """What opens a System row by itself is that its dashboard may be read."""
    return "dashboard.read" if label == "people.System" else GATED[label]
