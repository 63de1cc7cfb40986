"""`manage.py replay_erasures [--file PATH]`: after a restore, erase again what came back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalitions.services import journal
from coalitions.services.erasing import erase_again


class Command(BaseCommand):
    help = (
        "Erase again, by the journal of erasures, whatever a restored backup brought back. Run it "
        "after every restore, before people come in. Safe to run twice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, help=f"the journal; {journal.NAME} in DATA_DIR unless given"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        file = options["file"] or journal.path()
        if not file.is_file():
            if options["file"]:
                raise CommandError(f"There is no file {file}. Name the journal of erasures.")
            self.stdout.write(f"There is no {file}: nobody was ever erased here.")
            return
        self.tell([self.again(number, one) for number, one in journal.read(file)])

    def again(self, number: int, one: journal.Erasure | None) -> tuple[int, bool]:
        """How many rows came back of one line; whether all of it was looked into."""
        if one is None:
            self.stderr.write(f"Line {number} cannot be read; it was left out.")
            return 0, False
        count, whole = erase_again(one)
        if not whole:
            self.stderr.write(f"Line {number}: without the key not all could be looked into.")
        return count, whole

    def tell(self, found: list[tuple[int, bool]]) -> None:
        back = sum(count > 0 for count, _whole in found)
        self.stdout.write(f"{len(found)} erasures read; {back} had come back and were done again.")
        if not all(whole for _count, whole in found):
            raise CommandError(
                "Some could not be done as a whole, see above. Mend the line, or bring the key "
                "back, and run this again."
            )
