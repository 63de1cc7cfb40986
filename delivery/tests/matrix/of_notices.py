"""Rows of search, shortcuts and notices: for anyone signed in, and each shows what they may read.

The search asks for a piece of the words that stand in the things of every system.
"""

from delivery.tests.matrix.rows import ANYONE, Row, body_of

ROWS: list[Row] = [
    Row("search", "GET", ANYONE, at="/search/?q=ing"),
    Row("shortcuts", "GET", ANYONE),
    Row("shortcuts", "POST", ANYONE, body=body_of({"keys": "off"}), ok=302),
    Row("notices", "GET", ANYONE),
    Row("choose_notices", "POST", ANYONE, body=body_of({"digest": "daily"}), ok=302),
]
