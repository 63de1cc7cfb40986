"""Candidates for the arithmetic: thirteen of a fictional state, and four of a known exhibit."""

from coalitions.analysis.balance import Seat

LETTERS = {"L": "leadership", "M": "management", "P": "position", "E": "expertise",
           "C": "credibility"}  # fmt: skip


def seat(
    key: str, alignment: int = 3, potential: int = 4, power: int = 3, powers: str = "L",
    sphere: str = "Department",
) -> Seat:  # fmt: skip
    """`powers` by their first letters, the main one first."""
    kinds = tuple(LETTERS[letter] for letter in powers)
    return Seat(key, alignment, potential, power, kinds, sphere)


THIRTEEN = [
    seat("A", 2, 4, 4, "P", "Governor’s office"),
    seat("B", 1, 1, 4, "PC", "Legislature"),
    seat("C", 2, 3, 4, "CL", "Teachers"),
    seat("D", 3, 4, 4, "LM", "Department"),
    seat("E", 3, 4, 3, "P", "Board"),
    seat("F", 4, 4, 3, "ME", "Department"),
    seat("G", 3, 4, 3, "MP", "Districts"),
    seat("H", 4, 4, 2, "E", "Universities"),
    seat("I", 3, 4, 2, "C", "Schools"),
    seat("J", 2, 3, 3, "MP", "Treasury"),
    seat("K", 3, 4, 2, "P", "Employers"),
    seat("M", 3, 4, 1, "C", "Families"),
    seat("N", 2, 3, 2, "L", "Districts"),
]
BY_KEY = {one.key: one for one in THIRTEEN}
SHORT_LIST = [BY_KEY[key] for key in "ACDEFGHI"]

ADVISER = seat("Governor's education adviser", 2, 3, 3, "P", "Governor's office")
CHAIR = seat("Senate education committee chair", 1, 1, 4, "P", "legislature")
UNION = seat("Teachers' union leader", 2, 3, 4, "C", "teachers")
DEPUTY = seat("Deputy Superintendent", 2, 3, 3, "L", "department of education")
