"""Text as it is compared: without accents, in small letters, alike in Python and both databases."""

import unicodedata
from typing import Any

from django.db.models import CharField, Func

FOLD = "headway_fold"
MARKS = "[\u0300-\u036f]"
# Letters apart from their accents; the apostrophe of print is that of the keyboard.
ON_POSTGRESQL = (
    f"replace(lower(regexp_replace(normalize(%(expressions)s, NFKD), '{MARKS}', '', 'g')), "
    "'\u2019', '''')"
)


def fold(text: str) -> str:
    """“Früh’s Réseau” as “fruh's reseau”."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    return bare.lower().replace("\u2019", "'")


class Folded(Func):
    """The same of a column."""

    function = FOLD
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template=ON_POSTGRESQL, **context)


def teach(connection: Any, **sent: Any) -> None:
    """SQLite knows small letters of English only; it asks Python instead.

    Rung for every new connection, from the moment the program starts.
    """
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            FOLD, 1, lambda text: None if text is None else fold(text), deterministic=True
        )
