"""A doorbell: it wakes a service that reads its work from the database; safe to ring twice."""

from celery import shared_task

from coalitions.services.retention import purge_coalitions
from people.services import first_this_hour


@shared_task(name="coalitions.destroy_old")
def destroy_old() -> None:
    """Destroy coalitions kept long enough; once an hour, for a late start."""
    with first_this_hour("destroy coalitions kept long enough") as first:
        if first:
            purge_coalitions(door="job")
