"""Files for one person: written beside their place, whole on the disk, then put there.

They lie under random names in MEDIA_ROOT/exports, which no address serves.
"""

import csv
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

UNFINISHED = ".part"


@dataclass(frozen=True)
class Written:
    """A file that is on the disk: its name, hash, bytes and rows (the header not counted)."""

    name: str
    sha256: str
    size: int
    rows: int


class Hashed:
    """Text into a file of bytes, counted and hashed on the way; what csv writes to."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.digest = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> int:
        # A lone surrogate cannot be told in UTF-8; it must not cost the whole file.
        content = text.encode(errors="backslashreplace")
        self.file.write(content)
        self.digest.update(content)
        self.size += len(content)
        return len(text)


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(name: str) -> Path:
    return folder() / name


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Written:
    """A CSV file in its place; rows are taken one by one and not kept. OSError where it cannot be.

    Whatever breaks off before the end leaves nothing behind.
    """
    name, count = f"{secrets.token_hex(16)}.csv", 0
    with beside(name) as file:
        out = Hashed(file)
        writer = csv.writer(out)
        writer.writerow(header)
        for count, row in enumerate(rows, 1):  # noqa: B007 — counted as they pass
            writer.writerow(row)
    return Written(name, out.digest.hexdigest(), out.size, count)


@contextmanager
def beside(name: str) -> Iterator[BinaryIO]:
    """A file that gets its name only when all of it is on the disk."""
    place = path_of(name)
    passing = place.with_suffix(UNFINISHED)
    try:
        with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        passing.rename(place)
        on_disk(place.parent)
    except BaseException:
        for path in (passing, place):
            path.unlink(missing_ok=True)
        raise


def on_disk(path: Path) -> None:
    """The names in a folder are on the disk too, not its files alone."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(name: str) -> None:
    path_of(name).unlink(missing_ok=True)


def remove_others(kept: set[str], older_than: float) -> int:
    """Remove files that nobody may take any more, were they left long before; how many."""
    removed = 0
    for path in folder().iterdir():
        # TRAP: another worker may remove the same file, or still be writing it.
        with suppress(FileNotFoundError):
            if path.name not in kept and path.stat().st_mtime < older_than:
                path.unlink()
                removed += 1
    return removed
