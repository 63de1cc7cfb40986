"""What is wrong with a file, said so that the person who made it can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 100
LONGEST = 60


@dataclass(frozen=True)
class Fault:
    """One fault: where (row as a spreadsheet numbers it), what, and the remedy."""

    row: int
    column: str
    value: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        value = shown(self.value)
        where = f"Row {self.row}, {self.column}" if self.row else self.column
        return f"{where}, “{value}”: {self.problem}. {self.remedy}"


def shown(value: str) -> str:
    """A cell as a line can show it: cut, and without signs that would break or colour the line."""
    cut = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in cut)


class Refused(Exception):
    """A file that was not taken; nothing of it was written."""

    def __init__(self, file_name: str, faults: Sequence[Fault], count: int | None = None) -> None:
        """`count` where there are more faults of one kind than are worth describing."""
        self.file_name = file_name
        self.faults = tuple(faults)
        self.count = len(self.faults) if count is None else count
        super().__init__(self.report())

    def report(self, shown: int = SHOWN) -> str:
        """The first faults, a line each, and how many there are in all."""
        count = self.count
        lines = [f"{self.file_name}: {count} {'fault' if count == 1 else 'faults'}."]
        lines += [f"  {fault}" for fault in self.faults[:shown]]
        if count > shown:
            lines.append(f"  … and {count - shown} more.")
        lines.append("Nothing was written.")
        return "\n".join(lines)
