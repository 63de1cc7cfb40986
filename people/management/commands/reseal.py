"""`manage.py reseal`: seal every confidential text anew with the first key."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.confidential.rotation import Tally, reseal_all
from people.confidential.sealing import SealedError

MOST_PASSES = 3


class Command(BaseCommand):
    help = (
        "Seal every confidential text anew with the first of CONFIDENTIAL_KEYS, so that the others "
        "can be taken out. Safe to break off, to run again and to run beside the programs."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            closed = sum(self.told(tally) for tally in reseal_all())
        except SealedError as problem:
            raise CommandError(f"{problem} Nothing was changed.") from problem
        self.look_again()
        if closed:
            raise CommandError(
                f"No key opens {closed} texts; they were left as they are. Keep every key, find "
                "the one that is missing, add it to the list, and run this again."
            )
        self.stdout.write("Everything is sealed with the first key. The others can be taken out.")

    def look_again(self) -> None:
        """Until a whole pass finds nothing: a program may have written with the old key since."""
        for _pass in range(MOST_PASSES):
            found = [tally for tally in reseal_all() if tally.resealed]
            if not found:
                return
            for tally in found:
                self.stdout.write(f"{tally.label}: {tally.resealed} more, written meanwhile.")
        raise CommandError(
            "A program still writes with the old key. Start every program again with the new key "
            "in front, and run this again before you take the old one out."
        )

    def told(self, tally: Tally) -> int:
        """Say what became of one model; how many of its texts no key opens."""
        self.stdout.write(
            f"{tally.label}: {tally.resealed} sealed anew, {tally.already} were already."
        )
        for pk, name in tally.closed:
            self.stderr.write(f"{tally.label} {pk}, {name}: no key opens it.")
        return len(tally.closed)
