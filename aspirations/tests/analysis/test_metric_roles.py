"""Which kinds of metric count as result, early sign and harm."""

import pytest

from aspirations.analysis.metric_roles import Kinds, by_role

# function, timing, prominence → the roles that this metric fills alone
CASES = [
    ("outcome", "lagging", "headline", ["headline"]),
    ("outcome", "leading", "headline", ["headline"]),
    ("outcome", "leading", "secondary", ["early"]),
    ("outcome", "lagging", "secondary", []),
    ("process", "lagging", "secondary", ["early"]),
    ("process", "leading", "headline", ["early"]),
    ("balancing", "lagging", "secondary", ["balancing"]),
    ("balancing", "leading", "secondary", ["balancing"]),
    ("outcome", "lagging", "development", []),
    ("balancing", "lagging", "development", []),
]


@pytest.mark.parametrize(("function", "timing", "prominence", "roles"), CASES)
def test_each_kind(function: str, timing: str, prominence: str, roles: list[str]) -> None:
    found = by_role([Kinds("It", function, timing, prominence)])
    assert [role for role, names in found.items() if names] == roles


def test_names_stand_in_their_order_and_gaps_are_empty() -> None:
    rows = [
        Kinds("Reading", "outcome", "lagging", "headline"),
        Kinds("Fluency", "outcome", "leading", "secondary"),
        Kinds("Coaches", "process", "lagging", "secondary"),
    ]
    assert by_role(rows) == {
        "headline": ["Reading"], "early": ["Fluency", "Coaches"], "balancing": [],
    }  # fmt: skip
