"""Doorbells of the front desk; safe to ring twice."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from delivery.notices.digest import send_digests
from people.services import first_this_hour


@shared_task(name="delivery.send_digests")
def ring_digests() -> None:
    """Mail what waits, from the hour of the morning on; an hour that was missed is made up for."""
    now = timezone.now()
    if now.hour < settings.DIGEST_HOUR:
        return
    with first_this_hour("send digests") as first:
        if first:
            send_digests(now=now)
