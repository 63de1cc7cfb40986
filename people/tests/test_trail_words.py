"""Lines as sentences, with plain words for what the program does not know."""

import ast
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from people.models import AuditEntry, User
from people.services import check_reason
from people.trail.acts import ACTIONS
from people.trail.words import Change, changes, sentence

ANA = User(name="Ana", email="ana@x.example")


def line(**fields: Any) -> AuditEntry:
    usual = {"actor": ANA, "action": "change", "object_type": "people.System", "object_key": "mer"}
    return AuditEntry(**{**usual, **fields})


SAID: list[tuple[dict[str, Any], str]] = [
    ({"before": {"value": 72.0}, "after": {"value": 70.0}, "object_type": "aspirations.Target",
      "object_key": "reading all v2"},
     "Ana changed the target reading all v2: value 72 → 70"),
    ({"before": {"year_starts": 1, "name": ""}, "after": {"year_starts": 9, "name": "M"}},
     "Ana changed the system mer: first month of the year 1 → 9, name – → M"),
    ({"before": {"a": 1, "b": 1, "c": 1}, "after": {"a": 2, "b": 2, "c": 2}},
     "Ana changed the system mer"),
    ({"before": {"note": "x" * 100}, "after": {"note": "y" * 100}}, "Ana changed the system mer"),
    ({"before": {"note": "changed"}, "after": {"note": "changed"}},
     "Ana changed the system mer: note"),
    ({"before": {"is_active": True}, "after": {"is_active": False}, "object_type": "people.User"},
     "Ana changed the account mer: is active yes → no"),
    ({"action": "grant role", "object_key": "ben@x.example", "after": {"role": "plan_owner"}},
     "Ana gave ben@x.example the role Plan owner"),
    ({"action": "grant role", "object_key": "ben@x.example", "after": {"role": "wizard"}},
     "Ana gave ben@x.example the role wizard"),
    ({"action": "change role", "object_key": "ben@x.example", "before": {"role": "viewer"},
      "after": {"role": "plan_owner"}},
     "Ana made ben@x.example Plan owner, who was Viewer"),
    ({"action": "remove role", "object_key": "ben@x.example", "before": {"role": "viewer"}},
     "Ana took the role Viewer away from ben@x.example"),
    ({"action": "create segments", "after": {"count": 12}}, "Ana created 12 segments"),
    ({"action": "import", "object_key": "2026.csv"}, "Ana imported the file 2026.csv"),
    ({"action": "make", "object_type": "aspirations.Rebase", "object_key": "reading all 2024-03"},
     "Ana started a new stretch: reading all 2024-03"),
    ({"action": "agree", "object_type": "aspirations.Trajectory", "object_key": "reading all v3"},
     "Ana put the path reading all v3 in force"),
    ({"action": "withdraw", "object_type": "aspirations.Benchmark",
      "object_key": "reading State of Alderway"},
     "Ana withdrew the benchmark reading State of Alderway"),
    ({"action": "create", "actor": None}, "The program created the system mer"),
    ({"action": "melt 100%"}, "Ana: melt 100%, the system mer"),
    ({"action": "create", "object_type": "gone.Thing"}, "Ana created the gone.Thing mer"),
    ({"action": "create", "object_type": "nonsense"}, "Ana created the nonsense mer"),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "said"), SAID)
def test_a_line_reads_as_a_sentence(fields: dict[str, Any], said: str) -> None:
    assert sentence(line(**fields)) == said


def test_what_was_before_and_after_is_told_field_by_field() -> None:
    before = {"name": "A", "labels": {}, "tagline": "same", "note": "changed"}
    after = {"name": None, "labels": {"a": [1]}, "tagline": "same", "note": "changed"}
    assert changes(line(before=before, after=after)) == [
        Change("name", "A", "–"),
        Change("labels", "–", '{"a": [1]}'),
        Change("note", "changed", "changed"),
    ]
    assert changes(line(after={"target_value": 0.30000000000000004})) == [
        Change("target value", None, "0.3")
    ]


def test_a_long_value_is_cut() -> None:
    shown = changes(line(before={"note": ""}, after={"note": "x" * 5000}))[0].after
    assert len(shown) == 400


def recorded(path: Path) -> set[str]:
    """The acts that a file records by name, be it through functions of its own."""
    tree = ast.parse(path.read_text())
    places = {"record": -1}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            places |= {node.name: names.index("action")} if "action" in names else {}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    given = [said for call in calls for said in named(call, places)]
    words = [word for said in given for word in ast.walk(said) if isinstance(word, ast.Constant)]
    # The actions of the permission table have a dot.
    return {word.value for word in words if isinstance(word.value, str) and "." not in word.value}


def named(call: ast.Call, places: dict[str, int]) -> list[ast.expr]:
    """What a call gives as the act; `places` tells where a function takes it."""
    place = places.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if place is None:
        return []
    given = call.args[place : place + 1] if place >= 0 else []
    return [*given, *(word.value for word in call.keywords if word.arg == "action")]


def test_every_act_that_is_recorded_has_its_sentence() -> None:
    base = Path(settings.BASE_DIR)
    rooms = ("people", "aspirations", "coalitions", "reviews", "routines", "delivery")
    files = [
        path for room in rooms for path in (base / room).rglob("*.py") if "tests" not in path.parts
    ]
    acts = set().union(*map(recorded, files))
    assert {"grant role", "invite", "accept leader", "disable account"} <= acts
    assert acts - set(ACTIONS) == set(), "give them a sentence in people/trail/acts.py"


@pytest.mark.parametrize("text", ["", "  ", "Too low.", " ninechars "])
def test_a_reason_of_a_few_letters_is_none(text: str) -> None:
    with pytest.raises(ValidationError, match="This move needs a reason of at least 10 characters"):
        check_reason(text, "This move")


def test_a_reason_is_kept_without_the_blanks_around_it() -> None:
    assert check_reason("  ten chars. ", "This move") == "ten chars."
