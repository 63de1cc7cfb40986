"""The rows of the matrix, all together."""

from delivery.tests.matrix import of_figures, of_people, of_rooms
from delivery.tests.matrix.rows import Row

ROWS: list[Row] = [
    *of_figures.FRONT, *of_figures.METRICS, *of_figures.INTERFACE, *of_people.ACCOUNT,
    *of_people.PEOPLE, *of_people.SETTINGS,
    *of_people.TOKENS, *of_people.TRAIL, *of_people.INSTALLATION, *of_rooms.REVIEWS,
    *of_rooms.COALITIONS,
]  # fmt: skip
