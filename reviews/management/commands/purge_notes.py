"""Destroy notes of interviews that have been kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from reviews.services.note_retention import MONTHS, purge_notes


class Command(BaseCommand):
    help = f"Destroy the interview notes of reviews that closed {MONTHS} months ago or earlier."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = purge_notes()
        self.stdout.write(
            f"Interview notes destroyed of {count} review{'' if count == 1 else 's'}."
        )
