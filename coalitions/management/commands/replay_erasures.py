"""`manage.py replay_erasures [--file PATH]`: after a restore, erase again what came back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coalitions.services import journal
from coalitions.services.erasing import Left, erase_again, erased_by_the_trail


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
            if known := len(erased_by_the_trail()):
                raise CommandError(
                    f"There is no {file}, and the trail tells of {known} erasures. Bring the "
                    "journal's copy, or name it with --file."
                )
            self.stdout.write(
                f"There is no {file}, and the trail tells of no erasure. If anybody was erased "
                "since this backup was made, bring the journal's copy."
            )
            return
        lines = list(journal.read(file))
        self.tell([self.again(number, one) for number, one in lines])
        self.tell_missing({str(one.candidate) for _number, one in lines if one})

    def again(self, number: int, one: journal.Erasure | None) -> tuple[int, bool]:
        """How many rows came back of one line; whether it was done as a whole."""
        if one is None:
            self.stderr.write(f"Line {number} cannot be read; it was left out.")
            return 0, False
        count, left = erase_again(one)
        if left is not Left.NOTHING:
            self.stderr.write(f"Line {number}: {left.label}.")
        return count, left is Left.NOTHING

    def tell_missing(self, read: set[str]) -> None:
        """A copy that is older than the backup would leave out what was erased in between."""
        if missing := len(erased_by_the_trail() - read):
            self.stderr.write(
                f"The trail tells of {missing} more, which this journal does not hold. Bring its "
                "newest copy."
            )

    def tell(self, found: list[tuple[int, bool]]) -> None:
        back = sum(count > 0 for count, _whole in found)
        self.stdout.write(f"{len(found)} erasures read; {back} had come back and were done again.")
        if not all(whole for _count, whole in found):
            raise CommandError(
                "Some could not be done as a whole, see above. Mend the line or take it out, or "
                "bring the key back, and run this again."
            )
