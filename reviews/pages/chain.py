"""A round and those it follows: what each asked, and what was agreed in it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reviews.analysis import comparison
from reviews.models import AgreedScore, Element, Round, Rubric

Agreed = dict[int, AgreedScore]
"""Element key to the judgment in force."""
MOST_EARLIER = 8


@dataclass
class Chain:
    """The rounds as far back as this reader may read them; each part is fetched once."""

    user: Any
    round: Round

    @cached_property
    def chain(self) -> list[Round]:
        """The rounds this one follows, oldest first, as far back as the reader may read them.

        One query; a chain that led back to itself would end there.
        """
        if self.round.follows_id is None:
            return []
        rows = Round.objects.with_results_for(self.user).filter(system=self.round.system)
        known = {row.pk: row for row in rows.select_related("rubric")}
        found: list[Round] = []
        key: int | None = self.round.follows_id
        while key in known and key != self.round.pk and len(found) < MOST_EARLIER:
            row = known.pop(key)
            found.append(row)
            key = row.follows_id
        return found[::-1]

    @property
    def earlier(self) -> Round | None:
        """The round this one is compared with, where the reader may read it."""
        return self.chain[-1] if self.chain else None

    @cached_property
    def asked_by(self) -> dict[int, list[Element]]:
        """Rubric key to its elements, for this round and all it follows; one query."""
        keys = {row.rubric_id for row in (self.round, *self.chain) if row.rubric_id}
        found: dict[int, list[Element]] = {}
        for row in Element.objects.filter(rubric__in=keys).order_by("rubric_id", "order", "pk"):
            found.setdefault(row.rubric_id, []).append(row)
        return found

    @cached_property
    def agreed_in(self) -> dict[int, Agreed]:
        """Round key to what was agreed in it, for this round and all it follows; one query."""
        rounds = [self.round, *self.chain]
        found: dict[int, Agreed] = {}
        for row in AgreedScore.objects.filter(round__in=rounds).in_force():
            found.setdefault(row.round_id, {})[row.element_id] = row
        return found

    @cached_property
    def elements(self) -> list[Element]:
        """In the order of the rubric; none where the round has no rubric."""
        return self.asked_by.get(self.round.rubric_id or 0, [])

    @cached_property
    def agreed(self) -> Agreed:
        return self.agreed_in.get(self.round.pk, {})

    @cached_property
    def judged_in(self) -> dict[tuple[int, str], AgreedScore]:
        """Round key and code of an element to what was agreed of it, in all rounds of the chain."""
        return {
            (row.pk, element.code): agreed[element.pk]
            for row in (self.round, *self.chain)
            if (agreed := self.agreed_in.get(row.pk))
            for element in self.asked_by.get(row.rubric_id or 0, [])
            if element.pk in agreed
        }

    def sheet(self, row: Round) -> comparison.Sheet:
        """What a round of the chain asked and agreed, for comparing."""
        agreed = self.agreed_in.get(row.pk, {})
        asked = tuple(
            comparison.Asked(
                element.code, element.title, element.wording,
                agreed[element.pk].value if element.pk in agreed else None,
            )
            for element in self.asked_by.get(row.rubric_id or 0, [])
        )  # fmt: skip
        return comparison.Sheet(row.rubric.key if row.rubric else "", points_of(row.rubric), asked)

    @cached_property
    def pairs(self) -> list[comparison.Pair]:
        """This round with the one it follows; none where there is nothing to compare."""
        if self.earlier is None or not self.elements:
            return []
        return comparison.compare(self.sheet(self.earlier), self.sheet(self.round))

    @property
    def stronger(self) -> int:
        """How many elements are agreed higher than in the round before."""
        return comparison.counts(self.pairs)[comparison.Movement.STRONGER]


def points_of(rubric: Rubric | None) -> tuple[tuple[str, str], ...]:
    scale = rubric.scale if rubric else []
    return tuple((str(point["name"]), str(point.get("meaning", ""))) for point in scale)
