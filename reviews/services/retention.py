"""Single scores are destroyed when their review has been closed long enough; its figures stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from people.services import record
from people.services.maintenance import maintenance
from reviews.models import Figure, Publication, Round, Score, ScoringLink

DAYS = 90
"""How long single scores, signed ones too, are kept after the closing."""


def purge_scores(*, now: datetime | None = None, door: str = "command") -> int:
    """Destroy the scores of reviews that closed 90 days ago or earlier; how many reviews.

    From then on nothing links a figure to a rater, nothing tells who came in by a link, who
    finished or took scores back, and the review stays closed. Safe to run twice.
    """
    now = now or timezone.now()
    keys = due(now).order_by("pk").values_list("pk", flat=True)
    return sum(destroyed(key, now, door) for key in keys)


def due(now: datetime) -> QuerySet[Round]:
    return Round.objects.filter(
        state=Round.State.CLOSED, purged_at=None, closed_at__lte=now - timedelta(days=DAYS)
    )


def is_over(row: Round, now: datetime | None = None) -> bool:
    """Whether the scores of the first closing are as old as scores may get.

    Opening the round again later than that would keep them for longer.
    """
    before = (now or timezone.now()) - timedelta(days=DAYS)
    return Publication.objects.filter(round=row, at__lte=before).exists()


@transaction.atomic
def destroyed(key: int, now: datetime, door: str) -> bool:
    """Whether this round's scores were destroyed; not where it was opened again meanwhile.

    The trail says so of the round alone: how many scores there were is nobody's to know.
    """
    row = due(now).select_for_update(of=("self",)).select_related("system").filter(pk=key).first()
    if row is None:
        return False
    with maintenance():
        Score.objects.filter(participant__round=row).delete()
        Figure.objects.filter(publication__round=row).update(basis=[])
    ScoringLink.objects.filter(participant__round=row).delete()
    row.participants.update(finished_at=None, taken_back_at=None)
    Round.objects.filter(pk=row.pk).update(purged_at=now)
    record(system=row.system, action="destroy scores", on=row, door=door)
    return True
