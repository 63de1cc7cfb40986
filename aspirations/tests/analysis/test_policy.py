"""A policy holds every threshold, and refuses what cannot be one."""

import json
from typing import Any

import pytest

from aspirations.analysis.policy import Policy, PolicyError


def test_values_come_back_as_they_were_stored() -> None:
    policy = Policy.from_values({"tau": 0.05, "lock_after": 24, "season": "off"})
    assert (policy.tau, policy.lock_after, policy.season, policy.kappa) == (0.05, 24, "off", 0.20)
    assert Policy.from_values(json.loads(json.dumps(policy.as_values()))) == policy


def test_defaults() -> None:
    policy = Policy()
    assert policy.thresholds("likelihood") == (0.65, 0.40, 0.10)
    assert policy.thresholds("distance") == (-0.05, -0.15, -0.30)
    assert policy.thresholds("hold") == (-1.0, -2.0, -3.0)
    assert (policy.tau, policy.alpha, policy.beta, policy.phi) == (0.10, 0.3, 0.1, 0.9)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"tua": 0.1}, "Unknown policy field 'tua'.*tau"),
        ({"tau": "0.1"}, "tau is '0.1': use a number from 0 to 0.9"),
        ({"tau": 1.5}, "tau is 1.5"),
        ({"tau": float("nan")}, "tau is nan"),
        ({"tau": True}, "tau is True"),
        ({"trend_run": 7.0}, "trend_run is 7.0: use a whole number"),
        ({"trend_run": 1}, "trend_run is 1"),
        ({"rebase_run": 2}, "rebase_run is 2: use a value from 3 to 100"),
        ({"rebase_before": 6.5}, "rebase_before is 6.5: use a whole number"),
        ({"lock_after": 0}, "lock_after is 0"),
        ({"season": "maybe"}, "season is 'maybe': use one of 'auto', 'on', 'off'"),
        ({"confirm": 1}, "confirm is 1: use true or false"),
        ({"likelihood_amber_green": 0.7}, "likelihood thresholds.*falling"),
        ({"distance_amber_red": -0.1}, "distance thresholds.*falling"),
    ],
)
def test_what_cannot_be_a_policy_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        Policy.from_values(values)


def test_a_policy_can_be_a_key() -> None:
    """Series with equal policies are judged in one block, whoever made the policies."""
    one, other = Policy(rebase_run=9), Policy.from_values({"rebase_run": 9})
    assert {one: "nine"}[other] == "nine"
    assert hash(one) == hash(other)
    assert Policy() not in {one}
