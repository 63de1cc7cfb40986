"""Destroy single scores that have been kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from reviews.services.retention import DAYS, purge_scores


class Command(BaseCommand):
    help = f"Destroy the single scores of reviews that closed {DAYS} days ago or earlier."

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = purge_scores()
        self.stdout.write(f"Single scores destroyed of {count} review{'' if count == 1 else 's'}.")
