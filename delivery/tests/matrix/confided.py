"""A coalition with all that hangs on it, naming one colleague; its texts hold one word."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    CandidNote,
    Charter,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    Delegate,
    Difficulty,
    EntryPoint,
    MemberCommitment,
    NextStep,
    Nomination,
    OwnList,
    Standing,
    Vacancy,
)
from delivery.tests.matrix.figures import TODAY
from people.models import Actor, Opening, Relation, System, User
from people.services import record


def confided(row: System, staff: dict[str, User]) -> dict[str, Any]:
    """The coalition of the system's first aspiration, and the actors it may choose from."""
    said, leader = f"confiding {row.slug}", staff["leader"]
    actors = landscape(row)
    coalition = Coalition.objects.create(
        system=row, aspiration=row.aspirations.get(), form="network"
    )
    CandidNote.objects.create(coalition=coalition, author=leader, body=said)
    Charter.objects.create(coalition=coalition, purpose=said)
    record(system=row, action="create", on=coalition, actor=leader, reason=f"convening {row.slug}")
    Opening.objects.create(
        system=row, user=leader, object_type="coalitions.Coalition", object_key=str(coalition.pk)
    )
    candidate = member(coalition, actors["actor"], said, leader)
    return {
        "coalition": coalition.pk,
        "delegate": Delegate.objects.create(
            coalition=coalition, user=staff["colleague"], named_by=leader
        ).pk,
        "candidate": candidate.number,
        "candidate_key": candidate.pk,
        **{name: found.pk for name, found in actors.items()},
        **worked(coalition, candidate, actors, said, leader),
    }


def landscape(row: System) -> dict[str, Any]:
    """Three actors and a relation; these are public facts."""
    fact = {"system": row, "sphere": "Department", "role": f"acted {row.slug}"}
    actors = {
        name: Actor.objects.create(name=f"{name} of {row.slug}", **fact)
        for name in ("actor", "free_actor", "other_actor")
    }
    retired = Actor.objects.create(name="Former office", retired_at=timezone.now(), **fact)
    relation = Relation.objects.create(
        system=row, source=actors["actor"], target=actors["other_actor"], kind="authority",
        note=f"acted {row.slug}",
    )  # fmt: skip
    return {**actors, "retired_actor": retired, "relation": relation}


def member(coalition: Coalition, actor: Actor, said: str, author: User) -> Candidate:
    candidate = Candidate.objects.create(coalition=coalition, actor=actor, number=1)
    by = {"candidate": candidate, "author": author, "seq": 1}
    Appraisal.objects.create(
        alignment="2", potential="3", power="4", powers="position", cause=said, **by
    )
    Standing.objects.create(status="member", reason=said, **by)
    CommonGround.objects.create(
        aspiration="4", values="3", strategy="2", approach="1", note=said, **by
    )
    return candidate


def worked(
    coalition: Coalition, candidate: Candidate, actors: dict[str, Any], said: str, author: User
) -> dict[str, int]:
    """One row of each kind of record, by the word that addresses use for it."""
    soon, within = TODAY + timedelta(days=9), {"coalition": coalition}
    contact = Contact.objects.create(
        held_on=TODAY - timedelta(days=9), by=said, purpose=said, author=author, **within
    )
    contact.candidates.add(candidate)
    mine = OwnList.objects.create(author=author, **within)
    now = timezone.now()
    together = OwnList.objects.create(author=author, sent_at=now, pooled_at=now, **within)
    Nomination.objects.create(own_list=together, office=said)
    pair = sorted((actors["actor"].pk, actors["other_actor"].pk))
    return {
        "contact": contact.pk,
        "commitment": MemberCommitment.objects.create(candidate=candidate, what=said, due=soon).pk,
        "barrier": Barrier.objects.create(what=said, raised_on=date(2025, 2, 1), **within).pk,
        "next_step": NextStep.objects.create(what=said, owner=said, due=soon, **within).pk,
        "vacancy": Vacancy.objects.create(
            actor=actors["actor"], falls_vacant_on=soon, influencers=said, **within
        ).pk,
        "circle": Circle.objects.create(order=1, name=said, state="1", **within).pk,
        "difficulty": Difficulty.objects.create(
            between=f"{pair[0]},{pair[1]}", note=said, **within
        ).pk,
        "entry_point": EntryPoint.objects.create(what=said, **within).pk,
        "nomination": Nomination.objects.create(
            own_list=mine,
            office=f"listing {coalition.system.slug}",
            why=f"listing {coalition.system.slug}",
        ).pk,
    }
