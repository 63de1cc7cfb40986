"""Ways to look at what was agreed: counts at each point, and never an average."""

import pytest

from reviews.analysis.lenses import Area, barriers, corners, grid, themes

DATA, GOVERNANCE, FUNDING = "Data", "Governance", "Funding"
RELIES = {DATA: [GOVERNANCE, FUNDING]}


def area(code: str, value: int | None, **fields: object) -> Area:
    return Area(code, f"Title {code}", value=value, **fields)  # type: ignore[arg-type]


def test_themes_count_at_each_point_in_the_order_of_the_rubric() -> None:
    rows = [
        area("B1", 4, section="Later"), area("A1", 2, section="First"),
        area("A2", 2, section="First"), area("A3", None, section="First"),
    ]  # fmt: skip
    found = themes(rows, 4)
    assert [(group.name, group.counts, group.unjudged) for group in found] == [
        ("Later", (0, 0, 0, 1), 0),
        ("First", (0, 2, 0, 0), 1),
    ]


@pytest.mark.parametrize(
    ("data", "governance", "funding", "ahead"),
    [
        # own level, levels of what it rests on, those it has outrun
        (4, 2, 2, [(GOVERNANCE, 2), (FUNDING, 2)]),
        (4, 3, 2, [(FUNDING, 2)]),
        (3, 1, 3, [(GOVERNANCE, 1)]),
        (3, 2, 2, []),
        (1, 4, 4, []),
        (None, 1, 1, []),
        (4, None, 4, []),
        (4, None, None, []),
    ],
)
def test_a_component_two_levels_ahead_of_what_it_rests_on_is_flagged(
    data: int | None, governance: int | None, funding: int | None, ahead: list[tuple[str, int]]
) -> None:
    levels = {DATA: data, GOVERNANCE: governance, FUNDING: funding}
    rows = [
        area(name, value, component=name, perspective="Residents") for name, value in levels.items()
    ]
    flagged = grid(rows, RELIES).flagged
    found = [(one.component, one.value) for cell in flagged for one in cell.ahead_of]
    assert found == ahead
    assert {cell.area.component for cell in flagged} == ({DATA} if ahead else set())


def test_only_the_same_perspective_counts() -> None:
    rows = [
        area("d", 4, component=DATA, perspective="Residents"),
        area("g", 1, component=GOVERNANCE, perspective="Public services"),
    ]
    found = grid(rows, RELIES)
    assert found.flagged == []
    assert found.perspectives == ("Residents", "Public services")
    assert [[cell is None for cell in line.cells] for line in found.lines] == [
        [False, True],
        [True, False],
    ]


def test_what_is_relied_on_and_not_in_the_rubric_flags_nothing() -> None:
    rows = [area("d", 4, component=DATA, perspective="Residents")]
    assert grid(rows, {DATA: ["Nowhere"]}).flagged == []


def test_an_element_stands_in_each_corner_it_serves() -> None:
    rows = [area("P1", 3, corners=("Value",)), area("O1", 1, corners=("Capacity", "Value"))]
    found = corners(rows, 4)
    assert [(group.name, [row.code for row in group.areas]) for group in found] == [
        ("Value", ["P1", "O1"]),
        ("Capacity", ["O1"]),
    ]
    assert found[0].counts == (1, 0, 1, 0)


def test_barriers_count_those_that_name_one() -> None:
    rows = [
        area("P1", 3, barrier="Substance"),
        area("P2", None, barrier="Substance"),
        area("P3", 1),
    ]
    assert [(group.name, group.counts, group.unjudged) for group in barriers(rows, 4)] == [
        ("Substance", (0, 0, 1, 0), 1)
    ]
