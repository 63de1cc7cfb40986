"""Several questions asked of the database in one round trip.

A page that needs ten short lists waits ten times for the network and for the planner. Here each
list is a common table expression, and comes back as JSON: a list of rows, each a list of cells.
Dates and moments arrive as texts, as JSON has no word for them; `day` reads one.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Func, JSONField, QuerySet

Rows = list[list[Any]]
SPEECHES = {
    # how a list of cells and a list of rows are put together
    "postgresql": ("json_build_array({})", "COALESCE(json_agg({}), '[]')::text"),
    "sqlite": ("json_array({})", "COALESCE(json_group_array(json({})), '[]')"),
}


class Cells(Func):
    """Values as one list of JSON."""

    output_field = JSONField()
    function = "json_build_array"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="json_array", **context)


def together(**asked: QuerySet[Any, Any]) -> dict[str, Rows]:
    """The rows of each question, by its name. Every question must be a `values_list`, in order.

    A question that cannot have an answer (a key among none) is not sent, and answers nothing.
    """
    answers: dict[str, Rows] = {name: [] for name in asked}
    sent = compiled(asked)
    if not sent:
        return answers
    tables: list[str] = []
    params: list[Any] = []
    for number, (text, given, width) in enumerate(sent.values()):
        columns = ", ".join(f"c{place}" for place in range(width))
        tables.append(f"t{number} ({columns}) AS ({text})")
        params += given
    lists = ", ".join(listed(number, width) for number, (*_, width) in enumerate(sent.values()))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(tables)} SELECT {lists}", params)
        found = cursor.fetchone()
    return answers | {name: json.loads(cell) for name, cell in zip(sent, found, strict=True)}


def compiled(
    asked: Mapping[str, QuerySet[Any, Any]],
) -> dict[str, tuple[str, tuple[Any, ...], int]]:
    """Text, parameters and number of columns of every question that can have an answer."""
    sent = {}
    for name, rows in asked.items():
        compiler = rows.query.get_compiler(connection=connection)
        try:
            text, given = compiler.as_sql()
        except EmptyResultSet:
            continue
        sent[name] = text, given, len(compiler.select)
    return sent


def listed(number: int, width: int) -> str:
    row, rows = SPEECHES[connection.vendor]
    cells = row.format(", ".join(f"c{place}" for place in range(width)))
    # Nothing of what is put together here comes from outside.
    return f"(SELECT {rows.format(cells)} FROM t{number})"  # noqa: S608


def day(text: str | None) -> date | None:
    """The day of a date or of a moment, as it came."""
    return date.fromisoformat(text[:10]) if text else None


def flat(cell: Any) -> Any:
    """A list of cells: SQLite hands one within a list over as its text; PostgreSQL as it is."""
    return json.loads(cell) if isinstance(cell, str) else cell


def nested(cell: Any) -> Any:
    """A list with lists in it.

    TRAP: only where none of its own cells is a text that people write: one in brackets would be
    taken for a list.
    """
    if not isinstance(cell, str):
        return cell
    return [json.loads(one) if is_list(one) else one for one in json.loads(cell)]


def is_list(cell: Any) -> bool:
    return isinstance(cell, str) and cell.startswith("[")
