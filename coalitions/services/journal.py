"""The journal of erasures: a file beside the database, so that a restored backup can be put right.

It holds keys and the time, one erasure a line, and not a word of what was erased.
"""

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

NAME = "erasures.jsonl"
NUMBERS = ("coalition", "candidate", "number", "actor")
LARGEST = 2**63 - 1
"""What a database can hold as the key of a row."""


@dataclass(frozen=True)
class Erasure:
    """One line: who was erased, by keys, when, and which texts of others were struck out."""

    at: datetime
    coalition: int
    candidate: int
    number: int
    actor: int
    also: tuple[str, ...] = ()

    def line(self) -> str:
        return json.dumps({**asdict(self), "at": self.at.isoformat()})

    @classmethod
    def of_line(cls, text: str) -> "Erasure":
        """ValueError where the line is none of ours, or was cut off."""
        try:
            held: Any = json.loads(text)
        except RecursionError as problem:
            raise ValueError("not a line of this journal") from problem
        if not isinstance(held, dict) or not isinstance(held.get("also", []), list):
            raise ValueError("not a line of this journal")
        try:
            at = datetime.fromisoformat(held["at"])
            numbers = {name: held[name] for name in NUMBERS}
        except (KeyError, TypeError) as problem:
            raise ValueError("a line without all its parts") from problem
        # Databases reckon in UTC, where the first and last day of the calendar may not be.
        if at.tzinfo is None or at.year not in range(2, 9999):
            raise ValueError("a time without its zone, or none that can be")
        if any(type(one) is not int or not 0 <= one <= LARGEST for one in numbers.values()):
            raise ValueError("not the number of a row")
        return cls(at=at, also=tuple(map(str, held.get("also", []))), **numbers)


def path() -> Path:
    return Path(settings.DATA_DIR) / NAME


def opened() -> int:
    """The file, made where it is not there, for its owner's eyes only; OSError."""
    return os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def add(erasure: Erasure) -> None:
    """Append a line and have it on the disk before going on; OSError, and then nothing is added.

    One that was cut off before, by a fall of the machine, does not swallow it.
    """
    is_new = not path().exists()
    file = opened()
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        size, start = os.fstat(file).st_size, "" if ends_whole() else "\n"
        try:
            append(file, f"{start}{erasure.line()}\n".encode())
            if is_new:
                keep_name()
        except OSError:
            # TRAP: a line that stays of an erasure that was refused would be carried out later.
            os.ftruncate(file, size)
            raise
    finally:
        os.close(file)


def append(file: int, line: bytes) -> None:
    if os.write(file, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(file)


def keep_name() -> None:
    """A new file outlives a fall of the machine only once its folder is on the disk too."""
    folder = os.open(path().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def ends_whole() -> bool:
    """Whether the next line can begin where the journal ends."""
    with path().open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def read(file: Path) -> Iterator[tuple[int, Erasure | None]]:
    """Each line with its number; None for one that cannot be read."""
    for number, line in enumerate(lines(file), 1):
        if line.strip():
            yield number, erasure_or_none(line)


def lines(file: Path) -> Sequence[str]:
    # What is no text makes its own line unreadable, and no other.
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def erasure_or_none(line: str) -> Erasure | None:
    try:
        return Erasure.of_line(line)
    except ValueError:
        return None
