"""Meridian's landscape and its guiding coalitions, as `coalitions.toml` tells them.

What was thought and decided on earlier days is written with those days; the rest comes in by the
doors of the pages. Without a key the coalitions begin and stay empty.
"""

import tomllib
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    Circle,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
    Standing,
    Vacancy,
)
from coalitions.services import boundaries, building, charter, coalitions, difficulties
from coalitions.services.holding import write
from people.models import Actor, System, User
from people.services.actors import add_actor, relate

DOOR = "demonstration"
COALITIONS_TOML = Path(settings.BASE_DIR) / "delivery" / "demo" / "coalitions.toml"
SHARED = ("aspiration", "values", "strategy", "approach")
Table = dict[str, Any]


def convene(system: System, people: dict[str, User]) -> None:
    """The map of actors, then each coalition of the file."""
    told = tomllib.loads(COALITIONS_TOML.read_text(encoding="utf-8"))
    leader = people["superintendent@meridian.example"]
    actors = landscape(system, told, leader)
    for table in told["coalitions"]:
        Convening(system, table, people, actors).build()


def landscape(system: System, told: Table, leader: User) -> dict[str, Actor]:
    by: Table = {"actor": leader, "door": DOOR}
    actors = {
        facts["name"]: add_actor(system=system, values={"kind": "person", **facts}, **by)
        for facts in told["actors"]
    }
    for source, kind, target, note in told["relations"]:
        relate(source=actors[source], target=actors[target], kind=kind, note=note, **by)
    return actors


class Convening:
    """One coalition in the making."""

    def __init__(
        self, system: System, told: Table, people: dict[str, User], actors: dict[str, Actor]
    ) -> None:
        self.system, self.told, self.people, self.actors = system, told, people, actors
        self.leader = people["superintendent@meridian.example"]
        self.by: Table = {"actor": self.leader, "door": DOOR}
        self.found: dict[str, Candidate] = {}
        self.row = coalitions.start(
            aspiration=system.aspirations.get(slug=told["aspiration"]), form=told["form"],
            **self.by,
        )  # fmt: skip

    def build(self) -> None:
        if delegate := self.told.get("delegate"):
            coalitions.name_delegate(coalition=self.row, user=self.people[delegate], **self.by)
        if not settings.CONFIDENTIAL_KEYS:
            return
        self.say_what_for()
        for table in self.told["candidates"]:
            self.consider(table)
        for table in self.told["difficulties"]:
            self.note(table)
        self.work()
        for table in self.told.get("notes", ()):
            coalitions.add_note(
                coalition=self.row, body=table["body"], actor=self.people[table["by"]], door=DOOR
            )

    def say_what_for(self) -> None:
        texts = {
            name: self.told.get(name, "") for name in ("purpose", "criteria", "accountability")
        }
        charter.change_charter(coalition=self.row, values=texts, version=0, **self.by)
        if day := self.told.get("review_due"):
            write(self.row, {"review_due": day}, coalition=self.row, **self.by)

    def consider(self, told: Table) -> None:
        """On the long list, with every judgment and where it stands since when."""
        row, listed = Candidate(), told["judged"][0][0]
        office, number = self.actors[told["office"]], len(self.found) + 1
        values = {"coalition": self.row, "actor": office, "number": number}
        write(row, values, coalition=self.row, **self.by)
        self.keep(Standing(), row, 1, listed, status="proposed")
        for seq, (day, now, best, power, kinds, cause) in enumerate(told["judged"], 1):
            self.keep(
                Appraisal(), row, seq, day, alignment=str(now), potential=str(best),
                power=str(power), powers=",".join(kinds), cause=cause,
            )  # fmt: skip
        if "status" in told:
            said = {name: told.get(name, "") for name in ("reason", "plan")}
            self.keep(Standing(), row, 2, told["since"], status=told["status"], **said)
        self.found[told["office"]] = row

    def keep(self, row: Any, candidate: Candidate, seq: int, day: date, **said: str) -> None:
        values = {
            "candidate": candidate, "author": self.leader, "seq": seq, "at": self.noon(day), **said
        }  # fmt: skip
        write(row, values, coalition=self.row, **self.by)

    def noon(self, day: date) -> datetime:
        return datetime.combine(day, time(12), ZoneInfo(self.system.time_zone))

    def note(self, told: Table) -> None:
        first, second = (self.actors[office].pk for office in told["between"])
        values = {
            "first": first, "second": second, "note": told["note"], "plan": told.get("plan", "")
        }  # fmt: skip
        difficulties.note_difficulty(coalition=self.row, values=values, **self.by)

    def work(self) -> None:
        """What was done with the group so far, and what comes next."""
        kinds: dict[str, tuple[type[Any], Callable[[Table], Table]]] = {
            "contacts": (Contact, self.contact),
            "commitments": (MemberCommitment, self.commitment),
            "barriers": (Barrier, self.barrier),
            "steps": (NextStep, self.step),
            "vacancies": (Vacancy, self.vacancy),
        }
        for name, (kind, values) in kinds.items():
            for table in self.told.get(name, ()):
                building.add_work(kind=kind, coalition=self.row, values=values(table), **self.by)
        for order, table in enumerate(self.told.get("circles", ()), 1):
            building.add_work(
                kind=Circle, coalition=self.row, values={"order": order, **table}, **self.by
            )
        for table in self.told.get("grounds", ()):
            shares = dict(zip(SHARED, map(str, table["shares"]), strict=True))
            row = self.found[table["office"]]
            self.keep(CommonGround(), row, 1, table["on"], note=table.get("note", ""), **shares)
        if entry := self.told.get("entry"):
            boundaries.keep_entry_point(coalition=self.row, values=entry, **self.by)

    def contact(self, told: Table) -> Table:
        return {
            "kind": told["kind"], "held_on": told["on"], "by": told["by"],
            "purpose": told["purpose"], "outcome": told["outcome"],
            "candidates": [self.found[office] for office in told["with"]],
        }  # fmt: skip

    def commitment(self, told: Table) -> Table:
        return {
            "candidate": self.found[told["office"]], "what": told["what"], "due": told["due"],
            "state": told.get("state", "open"), "settled_on": told.get("on"),
            "outcome": told.get("outcome", ""),
        }  # fmt: skip

    def barrier(self, told: Table) -> Table:
        return {
            "what": told["what"], "kind": told.get("kind", ""), "raised_on": told["since"],
            "removed_on": told.get("removed"), "removed_by": self.found.get(told.get("by", "")),
            "how": told.get("how", ""),
        }  # fmt: skip

    def step(self, told: Table) -> Table:
        return {
            "candidate": self.found.get(told.get("office", "")), "what": told["what"],
            "owner": told["owner"], "due": told["due"], "kind": told.get("kind", "step"),
        }  # fmt: skip

    def vacancy(self, told: Table) -> Table:
        return {
            "actor": self.actors[told["office"]], "falls_vacant_on": told["on"],
            "influencers": told["influencers"], "plan": told["plan"],
        }  # fmt: skip
