"""A coalition in which a word of its own stands in every sealed text, written through its pages."""

import re
from html import unescape
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Candidate, Coalition, OwnList
from coalitions.tests.factories import CandidateFactory
from people.confidential.fields import SealedTextField

# Sealed texts that the program writes: keys of actors and codes of powers, no words.
CODED = {"Difficulty.between", "Appraisal.powers"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


def texts() -> list[str]:
    """Every sealed field of the room that holds what somebody wrote, as `Model.field`."""
    return [
        f"{model.__name__}.{one.name}"
        for model in apps.get_app_config("coalitions").get_models()
        for one in model._meta.local_fields
        if isinstance(one, SealedTextField)
        and not one.choices
        and f"{model.__name__}.{one.name}" not in CODED
    ]


def word(text: str) -> str:
    """The word that stands in one field and nowhere else."""
    return f"zx{text.replace('.', '').replace('_', '').casefold()}mark"


MARKS = {text: word(text) for text in texts()}


class Marked:
    """Writes one of everything into a coalition, as the person who is signed in."""

    def __init__(self, row: Coalition, client: Client) -> None:
        self.row, self.client = row, client
        self.one: Candidate = CandidateFactory.create(coalition=row)
        self.other: Candidate = CandidateFactory.create(coalition=row)
        self.day = str(row.system.today())

    def write(self) -> None:
        for name, more, said in self.entries():
            self.post(self.to(name, *more), said)
        self.nominate()

    def to(self, name: str, *more: Any) -> str:
        return reverse(name, args=[self.row.system.slug, self.row.aspiration.slug, *more])

    def post(self, to: str, said: dict[str, Any]) -> None:
        """Send it as the page would, first with a fault in every text, so that it comes back."""
        hidden = {
            name: unescape(value)
            for name, value in HIDDEN.findall(self.client.get(to).content.decode())
        }
        faulty = {
            name: f"{value}\x00" if "mark" in str(value) else value for name, value in said.items()
        }
        assert self.client.post(to, {**hidden, **faulty}).status_code == 400, to
        answer = self.client.post(to, {**hidden, **said})
        assert answer.status_code == 302, f"{to}: {faults(answer)}"

    def words(self, model: str, *names: str) -> dict[str, str]:
        """A sentence with its word for each of these fields."""
        return {name: f"The {MARKS[f'{model}.{name}']} office" for name in names}

    def entries(self) -> list[tuple[str, list[int], dict[str, Any]]]:
        """Name of the page, what its address names, and what is filled in."""
        one, number, day, words = self.one.pk, self.one.number, self.day, self.words
        return [
            ("edit_charter", [], words("Charter", "purpose", "criteria", "accountability")),
            ("appraise_candidate", [number], {
                "alignment": "1", "potential": "1", "power": "4", "powers": ["credibility"],
                "main": "credibility", **words("Appraisal", "cause"),
            }),
            ("place_candidate", [number], {
                "status": "excluded", **words("Standing", "reason", "plan"),
            }),
            ("add_difficulty", [], {
                "first": self.one.actor_id, "second": self.other.actor_id,
                **words("Difficulty", "note", "plan"),
            }),
            ("add_contact", [], {
                "held_on": day, "kind": "meeting", "candidates": [one],
                **words("Contact", "by", "purpose", "outcome"),
            }),
            ("add_commitment", [], {
                "candidate": one, "due": day, "state": "kept", "settled_on": day,
                **words("MemberCommitment", "what", "outcome"),
            }),
            ("add_barrier", [], {
                "kind": "", "raised_on": day, "removed_on": day, "removed_by": one,
                **words("Barrier", "what", "how"),
            }),
            ("add_next_step", [], {
                "candidate": one, "kind": "step", "due": day, "done_on": day,
                **words("NextStep", "what", "owner", "outcome"),
            }),
            ("add_vacancy", [], {
                "actor": self.other.actor_id, "falls_vacant_on": day, "filled_on": day,
                **words("Vacancy", "influencers", "plan", "outcome"),
            }),
            ("record_common_ground", [number], {
                "aspiration": "4", "values_shared": "3", "values": "3", "strategy": "2",
                "approach": "1", **words("CommonGround", "note"),
            }),
            ("add_circle", [], {
                "order": "1", "size": "40", "state": "2",
                **words("Circle", "name", "message", "channel"),
            }),
            ("edit_entry_point", [], words(
                "EntryPoint", "what", "meaningful", "actionable", "acceptable", "provisional"
            )),
            ("coalition", [], words("CandidNote", "body")),
        ]  # fmt: skip

    def nominate(self) -> None:
        """A line of a list, which the readers see once all lists are put together."""
        self.post(self.to("own_list"), self.words("Nomination", "office", "why"))
        now = timezone.now()
        OwnList.objects.filter(coalition=self.row).update(sent_at=now, pooled_at=now)

    def keys(self) -> dict[str, int]:
        """Names of pages about one row, with the row that is there."""
        rows = {
            "edit_contact": self.row.contacts, "edit_barrier": self.row.barriers,
            "edit_next_step": self.row.next_steps, "edit_vacancy": self.row.vacancies,
            "edit_circle": self.row.circles, "edit_difficulty": self.row.difficulties,
            "edit_commitment": self.one.commitments,
        }  # fmt: skip
        return {name: found.only("pk").get().pk for name, found in rows.items()}


def faults(answer: Any) -> str:
    """What a form said was wrong."""
    form = (answer.context or {}).get("form")
    return str(form.errors.as_text() if form is not None else answer.status_code)
