"""The rules to judge by: the published ones, with what was set by an option."""

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from aspirations.analysis.policy import Policy, PolicyError
from aspirations.bench.refusal import Refusal
from aspirations.bench.words import NUMBER

# Options that set a rule of the policy by another name.
RULES = {
    "screen_outliers": "screen_outliers",
    "lock_after": "lock_after",
    "shift": "shift_run",
    "trend": "trend_run",
    "compat": "compat",
    "season": "season",
}
LONGEST = 30
"""Signs of a number that a rule may hold."""


def once(pairs: Iterable[tuple[str, Any]], option: str) -> dict[str, Any]:
    """Names to values; a name given twice is refused."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refusal(f"--{option} sets {name} twice, to {found[name]} and {value}. Keep one.")
        found[name] = value
    return found


def policy_of(options: dict[str, Any]) -> Policy:
    """The default rules, with those that were set by an option of their own or by --policy."""
    values = {
        name: plain(name, value)
        for name, value in once(options["policy"], "policy").items()
    }  # fmt: skip
    for option, name in RULES.items():
        if options[option] is None:
            continue
        if name in values:
            word = option.replace("_", "-")
            raise Refusal(f"{name} is set by --{word} and by --policy. Keep one of the two.")
        values[name] = options[option]
    try:
        return Policy.from_values(values)
    except PolicyError as problem:
        raise Refusal(str(problem)) from problem


def plain(name: str, text: str) -> Any:
    """The value of a policy field as the field holds it; what does not fit is left as text."""
    kinds = {field.name: str(field.type) for field in fields(Policy)}
    if "str" in kinds.get(name, "str"):
        return text
    words = {"true": True, "false": False, "none": None}
    if text.lower() in words:
        return words[text.lower()]
    if not NUMBER.match(text) or len(text) > LONGEST:
        return text
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
