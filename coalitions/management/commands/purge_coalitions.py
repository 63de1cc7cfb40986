"""Destroy coalitions that have been kept long enough."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coalitions.services.retention import purge_coalitions


class Command(BaseCommand):
    help = (
        "Destroy the coalitions whose aspirations were retired COALITION_RETENTION_MONTHS ago or "
        "earlier, with all they hold. The trail and the log of openings stay."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = purge_coalitions()
        self.stdout.write(
            f"{count} coalition{'' if count == 1 else 's'} destroyed whose aspirations had been "
            f"retired for {settings.COALITION_RETENTION_MONTHS} months."
        )
