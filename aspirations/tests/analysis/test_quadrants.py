"""The map of delivery: fields, and what several aspirations say together."""

import pytest

from aspirations.analysis.quadrants import (
    Standing,
    Verdict,
    execution,
    portfolio_verdicts,
    quadrant,
)

T, C, M, S = "transformation", "controversy", "improved", "status_quo"


@pytest.mark.parametrize(
    ("boldness", "carried", "expected"),
    [
        (4, 4.0, T),
        (3, 2.6, T),
        (3, 2.0, C),
        (2, 3.0, M),
        (1, 1.0, S),
        # a point on the midline counts as low
        (3, 2.5, C),
        (2.5, 3.0, M),
        (2.5, 2.5, S),
        (4, 7.5 / 3, C),
        # what is not known has no field
        (None, 3.0, ""),
        (3, None, ""),
    ],
)
def test_field(boldness: float | None, carried: float | None, expected: str) -> None:
    assert quadrant(boldness, carried) == expected


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [((2, 3, 4), 3.0), ((1, 1, 2), 4 / 3), ((4, None, 4), None), ((None, None, None), None)],
)
def test_execution_is_the_mean_of_three(
    ratings: tuple[int | None, int | None, int | None], expected: float | None
) -> None:
    assert execution(*ratings) == expected


def rows(*fields: str) -> list[Standing]:
    """“intended/now/before”, each may be empty."""
    return [Standing(*[*one.split("/"), "", ""][:3]) for one in fields]


@pytest.mark.parametrize(
    ("standings", "codes"),
    [
        # from three active ones on
        (rows(f"/{T}", f"/{T}"), []),
        (rows(f"/{S}/{S}", f"/{C}/{C}"), []),
        ([], []),
        # all in one field, by what is intended, else by where they are
        (rows(f"{T}", f"{T}", f"{T}"), ["too_risky"]),
        (rows(f"{T}/{S}", f"/{T}", f"/{T}"), ["too_risky"]),
        (rows(f"/{M}", f"/{M}", f"{M}/{T}"), ["lacks_ambition"]),
        (rows(f"{M}/{T}", f"/{T}", f"/{T}"), []),
        # one of them unknown: not all
        (rows(f"/{T}", f"/{T}", ""), []),
        # more than half on the left; half is not more
        (rows(f"/{C}", f"/{S}", f"/{T}"), ["execution_gap"]),
        (rows(f"/{C}", f"/{S}", f"/{T}", f"/{M}"), []),
        (rows(f"/{C}", f"/{C}", "", ""), []),
        (rows(f"/{S}", f"/{S}", f"/{T}"), ["execution_gap", "managed_decline"]),
        (rows(f"{T}/{S}", f"{T}/{S}", f"{T}/{C}"),
         ["too_risky", "execution_gap", "managed_decline"]),
        # controversy for two rounds running
        (rows(f"/{C}/{C}", f"/{T}", f"/{M}"), ["stuck"]),
        (rows(f"/{C}/{T}", f"/{T}/{C}", f"/{M}"), []),
        (rows(f"/{C}", f"/{T}", f"/{M}"), []),
    ],
)  # fmt: skip
def test_portfolio(standings: list[Standing], codes: list[str]) -> None:
    assert [verdict.code for verdict in portfolio_verdicts(standings)] == codes


def test_a_verdict_names_the_rows_it_rests_on() -> None:
    found = portfolio_verdicts(rows(f"/{T}", f"/{C}/{C}", f"/{S}"))
    assert found == [Verdict("execution_gap", (1, 2)), Verdict("stuck", (1,))]
