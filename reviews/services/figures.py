"""Figures of a round freeze as it closes: what was given is collected, and what may be is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from reviews.analysis.anonymity import Cell, Frozen, Given, Part, freeze
from reviews.models import (
    EVERYONE,
    GROUPS,
    SIGNED,
    Element,
    Figure,
    Participant,
    Publication,
    Round,
    Score,
)
from reviews.services.scores import TAKEN_BACK

Figures = dict[tuple[int, str], Figure]
TOLD = ("state", "median", "bound", "low", "high", "spread", "basis")


def figures_of(round: Round) -> Figures:
    """What was published last, by element and group, in one query; empty before any closing."""
    last = Publication.objects.filter(round=round).order_by("-number").values("pk")[:1]
    return {(row.element_id, row.group): row for row in Figure.objects.filter(publication=last)}


def history(round: Round) -> QuerySet[Publication]:
    """Every publication with its `figures`, the first one first."""
    figures = Prefetch("figures", Figure.objects.order_by("element_id", "group"))
    return Publication.objects.filter(round=round).order_by("number").prefetch_related(figures)


@transaction.atomic
def publish(round: Round) -> Publication | None:
    """Freeze the figures of a round that its caller holds locked.

    None where nobody is asked for scores, or where nothing differs from what was published last.
    """
    if round.rubric is None or not Participant.objects.raters().filter(round=round).exists():
        return None
    before = list(history(round))
    new = list(frozen(round, before))
    if before and told(before[-1].figures.all()) == told(new):
        return None
    number = before[-1].number + 1 if before else 1
    publication = Publication.objects.create(
        round=round, number=number, at=round.closed_at or timezone.now()
    )
    for row in new:
        row.publication = publication
    Figure.objects.bulk_create(new)
    return publication


def told(rows: Iterable[Figure]) -> dict[tuple[int, str], tuple[object, ...]]:
    return {(row.element_id, row.group): tuple(getattr(row, name) for name in TOLD) for row in rows}


def frozen(round: Round, before: list[Publication]) -> Iterator[Figure]:
    """The round's figures as they are to be published, element by element."""
    assert round.rubric
    given, signed, ever = given_in(round), signed_in(round), parts_told(before)
    kinds = set(Participant.objects.filter(round=round).values_list("kind", flat=True))
    groups = frozenset(kinds & set(GROUPS))
    unsigned = dict.fromkeys(SIGNED, Frozen("none"))
    for element in Element.objects.filter(rubric=round.rubric):
        keys = ((kind, signed.get((element.pk, kind))) for kind in SIGNED)
        sheets = {kind: score for kind, score in keys if score}
        values = {kind: score.value for kind, score in sheets.items()}
        cell = Cell(round.rubric.points, frozenset(given[element.pk]), groups, values)
        for group, one in (unsigned | freeze(cell, ever[element.pk], GROUPS)).items():
            sheet = sheets.get(group)
            yield figure(element, group, one, {sheet.pk} if sheet else one.scores)


def figure(element: Element, group: str, one: Frozen, basis: Iterable[int]) -> Figure:
    shown = one.state == Figure.State.SHOWN
    return Figure(
        element=element, group=group, state=one.state, median=one.median, bound=one.bound,
        low=one.low, high=one.high, spread=one.spread, basis=sorted(basis) if shown else [],
    )  # fmt: skip


def counting(round: Round) -> QuerySet[Score]:
    """Scores that count: the last of each rater and element, but of those who took theirs back.

    Who was taken off the round counts: what was given is not lost by it.
    """
    return latest(round).filter(participant__taken_back_at=None)


def latest(round: Round) -> QuerySet[Score]:
    """The last score of each rater and element, whether it counts or not."""
    rows = Score.objects.filter(participant__round=round, element__rubric=round.rubric)
    return rows.in_force().select_related("participant")


def given_in(round: Round) -> defaultdict[int, list[Given]]:
    """Values of the groups by element; who cannot judge gave none."""
    found = defaultdict(list)
    for score in counting(round).filter(participant__kind__in=GROUPS, value__isnull=False):
        found[score.element_id].append(as_given(score))
    return found


def as_given(score: Score) -> Given:
    return Given(score.participant_id, score.participant.kind, score.pk, score.value)


def signed_in(round: Round) -> dict[tuple[int, str], Score]:
    """Signed scores by element and body; of two who signed in turn, that of the later one.

    Where the later one took it back, the body says nothing: what was replaced stays replaced.
    """
    rows = latest(round).filter(participant__signs=True)
    last = {
        (score.element_id, score.participant.kind): score
        for score in sorted(rows, key=lambda one: (one.participant.left_at is None, one.pk))
    }
    return {key: score for key, score in last.items() if stands(score)}


def stands(score: Score) -> bool:
    """Whether it was not taken back: with the whole sheet, or with all but one answer of it."""
    return score.participant.taken_back_at is None and score.sources != TAKEN_BACK


def parts_told(before: list[Publication]) -> defaultdict[int, list[Part]]:
    """By element the sets of scores that any publication told of, the oldest first.

    A pool is what the figure of everyone stands on beside the groups and beside earlier pools.
    """
    known = told_scores(before)
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for publication in before:
        rows = list(publication.figures.all())
        for element, name, keys in [*bases(rows)]:
            parts = found[element]
            new = keys - {score for part in parts for score in scores_of(part)}
            if new:
                parts.append(Part(name, frozenset(known[key] for key in new)))
    return found


def bases(rows: list[Figure]) -> Iterator[tuple[int, str, frozenset[int]]]:
    """Element, name and keys of what is told of: groups first, so that the rest is the pool."""
    for row in sorted(rows, key=lambda one: one.group == EVERYONE):
        if row.group in (*GROUPS, EVERYONE) and row.basis:
            yield row.element_id, row.group, frozenset(row.basis)


def scores_of(part: Part) -> set[int]:
    return {one.score for one in part.given}


def told_scores(before: list[Publication]) -> dict[int, Given]:
    """Every score that was ever told of, by its key."""
    rows = [row for publication in before for row in publication.figures.all()]
    keys = {key for _element, _name, basis in bases(rows) for key in basis}
    scores = Score.objects.filter(pk__in=keys).select_related("participant")
    return {score.pk: as_given(score) for score in scores}
