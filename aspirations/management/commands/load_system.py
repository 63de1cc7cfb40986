"""Make or update a system from a system file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aspirations.services.systems import load
from aspirations.services.tables import FileFault, read


class Command(BaseCommand):
    help = "Make or update a whole system from a TOML file; loading it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--reason", default="", help="why something agreed moves")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(read(options["file"]), reason=options["reason"])
        except FileFault as problem:
            raise CommandError(f"{problem} Nothing was written.") from problem
        for line in loaded.created:
            self.stdout.write(f"new      {line}")
        for line in loaded.changed:
            self.stdout.write(f"changed  {line}")
        for line in loaded.kept:
            self.stdout.write(f"kept     {line} (no longer in the file; it stays in force)")
        self.stdout.write(
            f"{loaded.system.slug}: {len(loaded.created)} new, {len(loaded.changed)} changed."
        )
