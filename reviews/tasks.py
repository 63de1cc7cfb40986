"""A doorbell: it wakes services that read their work from the database; safe to ring twice."""

from celery import shared_task

from people.services import first_this_hour
from reviews.services.note_retention import purge_notes
from reviews.services.retention import purge_scores


@shared_task(name="reviews.destroy_old")
def destroy_old() -> None:
    """Destroy scores and notes that have been kept long enough; once an hour, for a late start."""
    with first_this_hour("destroy what was kept long enough") as first:
        if first:
            purge_scores(door="job")
            purge_notes(door="job")
