"""The rows of the matrix, all together."""

from delivery.tests.matrix import (
    of_aspirations,
    of_assessments,
    of_board,
    of_definitions,
    of_evidence,
    of_figures,
    of_headlines,
    of_notices,
    of_people,
    of_reviews,
    of_rooms,
    of_trajectories,
)
from delivery.tests.matrix.rows import Row

PARTS = (
    of_board, of_headlines, of_aspirations, of_evidence, of_assessments, of_trajectories,
    of_definitions, of_notices, of_reviews,
)  # fmt: skip
ROWS: list[Row] = [
    *of_figures.FRONT, *of_figures.METRICS, *of_figures.INTERFACE, *of_people.ACCOUNT,
    *of_people.PEOPLE, *of_people.SETTINGS,
    *of_people.TOKENS, *of_people.TRAIL, *of_people.INSTALLATION,
    *of_rooms.COALITIONS, *(row for part in PARTS for row in part.ROWS),
]  # fmt: skip
