"""The dashboard of a signed-in reader: against the same bytes as a file, and a plain page."""

from benchmarks.database import with_models
from benchmarks.rows import Row, Sizes
from benchmarks.server import database


def rows(sizes: Sizes) -> list[Row]:
    """All ratios, measured in one run."""
    with database():
        measured: list[Row] = with_models("boards").rows(sizes)
    return measured
