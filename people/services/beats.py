"""The turns of timed jobs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Heartbeat

KEPT = timedelta(days=31)


@contextmanager
def first_this_hour(job: str) -> Iterator[bool]:
    """Whether this worker is the first to take the hour's slot of a timed job; marks its end.

    Beats older than a month go, so that the table does not grow for ever.
    """
    slot = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            beat = Heartbeat.objects.create(job=job, slot=slot)
    except IntegrityError:
        yield False
        return
    Heartbeat.objects.filter(job=job, slot__lt=slot - KEPT).delete()
    yield True
    beat.finished_at = timezone.now()
    beat.save(update_fields=["finished_at"])
