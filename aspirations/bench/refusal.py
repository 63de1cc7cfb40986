"""What the bench cannot do, said so that the person who asked can mend it."""

from collections.abc import Sequence

from aspirations.intake.faults import Fault

SHOWN = 20


class Refusal(Exception):
    """A question or file that cannot be answered: what, which value, and what to do."""


def of_file(name: str, faults: Sequence[Fault]) -> Refusal:
    """The first faults of a file, a line each, and how many there are in all."""
    if len(faults) == 1:
        return Refusal(f"{name}: {faults[0]}")
    lines = [f"{name}: {len(faults)} faults.", *(f"  {fault}" for fault in faults[:SHOWN])]
    if len(faults) > SHOWN:
        lines.append(f"  … and {len(faults) - SHOWN} more.")
    return Refusal("\n".join(lines))
