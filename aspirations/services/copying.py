"""Rows of the database as columns of numbers and back, many at once.

PostgreSQL sends and takes them by COPY, in binary; SQLite by plain SELECT. Both are asked with
the same text, so that one statement says what is read.
"""

import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import orjson
from django.db import connection

Columns = dict[str, npt.NDArray[Any]]

# Of each kind: how COPY sends it, and how it is kept.
KINDS = {
    "key": (">i8", "int64"),
    "number": (">i4", "int64"),
    "day": (">i4", "datetime64[D]"),
    "figure": (">f8", "float64"),
    "flag": ("?", "bool"),
}
HEAD, TAIL = 19, 2
"""Bytes before the first row (signature, flags, extension) and after the last (its count, −1)."""
EPOCH = np.datetime64("2000-01-01", "D")
"""PostgreSQL counts days from here."""


def among(keys: Iterable[int]) -> tuple[str, str]:
    """`= ANY …` or `IN …` for a list of keys, and its one parameter, however many they are."""
    if connection.vendor == "postgresql":
        return "= ANY(%s::bigint[])", "{" + ",".join(map(str, keys)) + "}"
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(keys))


def moment(when: datetime) -> Any:
    """A moment as the database keeps it."""
    return connection.ops.adapt_datetimefield_value(when)


def columns(select: str, params: Sequence[Any], kinds: Mapping[str, str]) -> Columns:
    """What the SELECT finds, one array per column; no column may hold NULL.

    `kinds` names the columns in order, each "key", "number", "day", "figure" or "flag", which
    are bigint, integer, date, double precision and boolean.
    """
    if connection.vendor == "postgresql":
        return parsed(copied_out(select, params), kinds)
    with connection.cursor() as cursor:
        cursor.execute(select, params)
        cells = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(kinds)
    return {
        name: np.array(column, dtype=KINDS[kind][1])
        for (name, kind), column in zip(kinds.items(), cells, strict=True)
    }


def copied_out(select: str, params: Sequence[Any]) -> io.BytesIO:
    """The bytes of COPY in binary form."""
    found = io.BytesIO()
    with connection.cursor() as cursor:
        asked = cursor.mogrify(select, params).decode()
        with seen(cursor, f"COPY ({asked}) TO STDOUT"):
            cursor.copy_expert(f"COPY ({asked}) TO STDOUT (FORMAT binary)", found)
    return found


def parsed(sent: io.BytesIO, kinds: Mapping[str, str]) -> Columns:
    """Columns of rows that all have one length, for none holds NULL.

    Each row is the count of its fields (2 bytes), then each field's length (4) and bytes.
    """
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name, kind in kinds.items():
        layout += [(f"{name} length", ">i4"), (name, KINDS[kind][0])]
    row = np.dtype(layout)
    count, over = divmod(sent.tell() - HEAD - TAIL, row.itemsize)
    rows = np.frombuffer(sent.getbuffer(), row, count, HEAD)
    if over or not (rows["fields"] == len(kinds)).all():
        raise ValueError(f"COPY sent no whole rows of {', '.join(kinds)}: does one hold NULL?")
    return {name: native(rows[name], kind) for name, kind in kinds.items()}


def native(cells: npt.NDArray[Any], kind: str) -> npt.NDArray[Any]:
    if kind == "day":
        return np.asarray(EPOCH + cells.astype("int64"))
    return cells.astype(KINDS[kind][1])


def append(table: str, names: Sequence[str], rows: Iterable[str]) -> None:
    """Add rows, each a line made by `line`, to a table of PostgreSQL."""
    sent = io.StringIO("".join(rows))
    asked = f"COPY {table} ({', '.join(names)}) FROM STDIN"
    with connection.cursor() as cursor, seen(cursor, asked):
        cursor.copy_expert(asked, sent)


def seen(cursor: Any, asked: str) -> Any:
    """COPY passes by what counts and logs queries; let it be counted as they are."""
    return cursor.debug_sql(asked) if hasattr(cursor, "debug_sql") else nullcontext()


def line(values: Iterable[Any]) -> str:
    """One row of COPY's text form. Bytes are JSON already written."""
    return "\t".join([WRITE[type(value)](value) for value in values]) + "\n"


@lru_cache(4096)
def escaped(text: str) -> str:
    """Most texts are words of a few rules, met again in every row."""
    return text.translate(ESCAPES)


def figure(value: float) -> str:
    """The shortest digits that give the same number back; a third of the time that repr takes."""
    return orjson.dumps(value).decode()


def dumped(value: Any) -> str:
    return written(orjson.dumps(value))


def written(content: bytes) -> str:
    """JSON has no bare control characters, so only its backslashes need another."""
    return content.decode().replace("\\", "\\\\")


ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
WRITE: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "\\N",
    bool: lambda value: "t" if value else "f",
    int: str,
    float: figure,
    str: escaped,
    bytes: written,
    list: dumped,
    dict: dumped,
    date: date.isoformat,
    datetime: datetime.isoformat,
    UUID: str,
}
