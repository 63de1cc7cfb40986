"""The one way round tables that keep every row: retention, erasure and another key."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def maintenance() -> Iterator[None]:
    """The role that tables of kept rows let change them, on PostgreSQL; within a transaction."""
    switch("on")
    yield
    switch("off")  # after a failure the transaction ends the role with everything else


def switch(state: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('headway.maintenance', %s, true)", [state])
