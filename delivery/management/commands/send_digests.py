"""`manage.py send_digests [--dry-run]`: mail what waits, as the timer does each morning."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from delivery.notices.digest import send_digests


class Command(BaseCommand):
    help = "Mail what waits to everyone who chose so and has had no mail today."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="count and send nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run = options["dry_run"]
        mails = send_digests(now=timezone.now(), dry_run=dry_run)
        for mail in mails:
            self.stdout.write(f"{mail.to}: {mail.count} waiting")
        done = "would be sent" if dry_run else "sent"
        self.stdout.write(f"{len(mails)} mails {done}.")
