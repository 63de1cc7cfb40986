"""Meridian's capacity reviews, as `reviews.toml` tells them: finished ones, and one that runs.

All but the sheets of finished rounds comes in by the doors of the pages. Those sheets lie in the
past, and saving one says that it was given now.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from people.models import System, User
from people.services.actions import settle
from reviews.models import Element, Finding, Participant, Round, Score
from reviews.services import (
    agreed,
    conclusions,
    findings,
    moves,
    notes,
    participants,
    plan,
    releases,
    retention,
    rounds,
    scores,
    undertakings,
)

DOOR = "demonstration"
REVIEWS_TOML = Path(settings.BASE_DIR) / "delivery" / "demo" / "reviews.toml"
Table = dict[str, Any]
Elements = dict[str, Element]
OF_ROUND = ("title", "purpose", "rubric", "starts", "due")
AT_WILL = ("is_light", "vision", "next_due")
JOINT, SIGNS = "joint team", "signs"
CLOSER = "Closer to this than to the other end: "
SOURCES = (("document", "Minutes of the last four stocktakes"),
           ("data", "The six-weekly figures"))  # fmt: skip


def hold(systems: dict[str, System], people: dict[str, User]) -> None:
    """Every round, in the order of the file: one that follows another comes after it."""
    told = tomllib.loads(REVIEWS_TOML.read_text(encoding="utf-8"))["rounds"]
    held: dict[str, Round] = {}
    for table in told:
        system = systems[table["system"]]
        held[table["name"]] = Review(system, table, people, held).build()


class Review:
    """One round in the making."""

    def __init__(
        self, system: System, told: Table, people: dict[str, User], held: dict[str, Round]
    ) -> None:
        self.system, self.told, self.people = system, told, people
        self.by: Table = {"actor": people[told["by"]], "door": DOOR}
        self.round = rounds.set_up(system=system, values=self.values(held), **self.by)
        assert self.round.rubric
        rows = self.round.rubric.elements.select_related("rubric")
        self.elements: Elements = {row.code: row for row in rows}

    def values(self, held: dict[str, Round]) -> Table:
        told = self.told
        found = {name: told[name] for name in OF_ROUND}
        found |= {name: told[name] for name in AT_WILL if name in told}
        if "aspiration" in told:
            found["aspiration"] = self.system.aspirations.get(slug=told["aspiration"])
        if "follows" in told:
            found["follows"] = held[told["follows"]]
        return found

    def build(self) -> Round:
        self.raters = list(self.invited())
        moves.start(round=self.round, **self.by)
        if self.told.get("closed"):
            self.past_sheets()
        else:
            self.sheets()
        self.hear()
        self.walk()
        if self.told.get("closed"):
            self.close()
        return self.round

    # --- who takes part ------------------------------------------------------------------------

    def invited(self) -> Iterator[Participant]:
        for email, kind, tier, parts in self.told.get("members", ()):
            yield participants.name(
                round=self.round, user=self.people[email], kind=kind, tier=tier,
                joint_team=JOINT in parts, signs=SIGNS in parts, **self.by,
            )  # fmt: skip
        for name, email, kind, tier in self.told.get("guests", ()):
            yield participants.invite(
                round=self.round, name=name, email=email, kind=kind, tier=tier, **self.by
            )

    # --- what they said ------------------------------------------------------------------------

    def said(self) -> Iterator[tuple[Participant, Element, int | None]]:
        """Rater, element and value of each digit, rater by rater."""
        kinds = ("self", "interviewee", "focus_group", "unit", "independent")
        for place, kind in enumerate(kinds):
            for number, part in enumerate(row for row in self.raters if row.kind == kind):
                for code, digits in self.told.get("sheets", {}).items():
                    digit = digits[place][number : number + 1]
                    if digit.isdigit():
                        yield part, self.elements[code], int(digit) or None

    def sheets(self) -> None:
        """By the door through which everyone gives them; who has answered all says so."""
        given: dict[int, int] = {}
        for part, element, value in self.said():
            scores.save_score(participant=part, element=element, values=argued(element, value))
            given[part.pk] = given.get(part.pk, 0) + 1
        for part in self.raters:
            if given.get(part.pk) == len(self.elements):
                scores.finish(participant=part)

    def past_sheets(self) -> None:
        at = self.moment(self.told["due"])
        Score.objects.bulk_create(
            Score(
                participant=part, element=element, revision=1, at=at, **argued(element, value)
            )
            for part, element, value in self.said()
        )  # fmt: skip

    def hear(self) -> None:
        """Interviews and what was noted of them; only where such notes can be sealed."""
        for told in self.told.get("talks", ()) if settings.CONFIDENTIAL_KEYS else ():
            noted = told.pop("notes")
            talk = notes.add_conversation(round=self.round, **told, **self.by)
            for code, body in noted:
                notes.add_note(
                    round=self.round, conversation=talk, element=self.elements.get(code),
                    body=body, **self.by,
                )  # fmt: skip

    def walk(self) -> None:
        """Steps of the plan that were done, on the last day each was planned for."""
        for step in self.round.steps.filter(kind__in=self.told.get("done", ())):
            done = min(step.ends, self.system.today())
            plan.change_step(step=step, values={"done_on": done}, version=step.version, **self.by)

    # --- what the panel agreed, and what follows -----------------------------------------------

    def close(self) -> None:
        moves.close(round=self.round, at=self.moment(self.told["closed"]), **self.by)
        for code, (value, reason, *dissent) in self.told["agreed"].items():
            agreed.agree(
                round=self.round, element=self.elements[code], value=value, reason=reason,
                dissent="".join(dissent), at=self.moment(self.told["closed"]), **self.by,
            )  # fmt: skip
        for told in self.told.get("findings", ()):
            self.find(told)
        for told in self.told.get("conclusions", ()):
            conclusions.add_conclusion(
                round=self.round, kind=told["kind"], text=told["text"],
                elements=self.cited(told), office=told.get("office", ""), **self.by,
            )  # fmt: skip
        self.release()
        self.forget()

    def find(self, told: Table) -> None:
        row = findings.add_finding(
            round=self.round, text=told["text"], nature=told["nature"], elements=self.cited(told),
            **self.by,
        )  # fmt: skip
        for meant in told.get("implications", ()):
            self.imply(row, meant)

    def imply(self, finding: Finding, told: Table) -> None:
        row = findings.add_implication(
            finding=finding, text=told["text"], is_question=told.get("question", False),
            answer=told.get("answer", ""), answer_reason=told.get("answer_reason", ""), **self.by,
        )  # fmt: skip
        for task in told.get("actions", ()):
            made = undertakings.add_review_action(
                implication=row, what=task["what"], owner=task["owner"], due=task["due"],
                term=task.get("term", "short"), element=self.elements[task["element"]],
                towards=task["towards"], **self.by,
            )  # fmt: skip
            self.settle(made.action, task)

    def settle(self, action: Any, task: Table) -> None:
        for status in ("done", "dropped"):
            if status in task:
                on, outcome = task[status]
                settle(
                    action=action, status=status, outcome=outcome, on=on, version=action.version,
                    **self.by,
                )  # fmt: skip

    def release(self) -> None:
        """First to the leaders, then to the team, as far as it was; on the day that it was."""
        steps = (("leader", releases.release_to_leader), ("team", releases.release_to_team))
        for name, release in steps:
            if name in self.told:
                self.round.refresh_from_db()
                release(round=self.round, version=self.round.version, **self.by)
        days = {
            f"{name}_at": self.moment(self.told[name]) for name, _ in steps if name in self.told
        }
        Round.objects.filter(pk=self.round.pk).update(**days)

    def forget(self) -> None:
        """Sheets of so long ago are destroyed by now, as everyone's are."""
        gone = self.moment(self.told["closed"]) + timedelta(days=retention.DAYS)
        if "sheets" in self.told:
            retention.destroyed(self.round.pk, gone, DOOR)

    def cited(self, told: Table) -> list[Element]:
        return [self.elements[code] for code in told.get("elements", ())]

    def moment(self, day: date) -> datetime:
        """Ten in the morning of the day, where the system is."""
        return datetime.combine(day, time(10), tzinfo=ZoneInfo(self.system.time_zone))


def argued(element: Element, value: int | None) -> Table:
    """A score with what it needs beside it."""
    if value is None:
        return {"value": None, "reason": "", "sources": []}
    half = element.rubric.points / 2
    return {
        "value": value, "confidence": "fairly",
        "reason": CLOSER + (element.strong if value > half else element.weak),
        "sources": [{"kind": kind, "text": text} for kind, text in SOURCES],
    }  # fmt: skip
