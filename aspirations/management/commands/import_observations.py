"""Take tidy CSV files of figures in: each whole, or not at all."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aspirations.intake import Refused, import_file
from people.models import System


class Command(BaseCommand):
    help = (
        "Import CSV files with columns metric, segment, period, value and, if you like, flag, "
        "and numerator with denominator."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--system", required=True, metavar="SLUG")
        parser.add_argument(
            "--create", action="store_true", help="add metrics and segments first met in a file"
        )
        parser.add_argument(
            "--reason", default="", help="why figures change; needed where a stored figure does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        system = System.objects.filter(slug=options["system"]).first()
        if system is None:
            raise CommandError(f"There is no system “{options['system']}”. Load it first.")
        for path in options["files"]:
            self.take(path, system, options)

    def take(self, path: Path, system: System, options: dict[str, Any]) -> None:
        try:
            done = import_file(
                path, system=system, create=options["create"], reason=options["reason"]
            )
        except Refused as refusal:
            raise CommandError(refusal.report()) from refusal
        self.stdout.write(
            f"{done.file_name}: {done.rows} rows; {done.added} added, {done.changed} changed, "
            f"{done.unchanged} unchanged, {done.absent} without a value."
        )
        if done.new_metrics or done.new_segments:
            self.stdout.write(
                f"  Created {done.new_metrics} metrics and {done.new_segments} segments."
            )
        for note in done.notes:
            self.stdout.write(f"  {note}")
