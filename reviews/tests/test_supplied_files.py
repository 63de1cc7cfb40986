"""The rubrics that come with Headway: complete, and a broken file is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from reviews.services.supplied import FOLDER, read, supplied

COUNTS = {
    "delivery-capacity-review": (15, "lights", "Green"),
    "community-learning-system": (25, "themes", "Sustained"),
    "cross-boundary-collaboration": (15, "triangle", "In place"),
    "place-system-infrastructure": (30, "grid", "Systemic"),
}


def test_four_come_with_headway_the_one_with_lights_first() -> None:
    found = {key: (len(one.elements), one.lens, one.scale[-1]["name"]) for key, one in
             supplied().items()}  # fmt: skip
    assert found == COUNTS
    assert next(iter(supplied())) == "delivery-capacity-review"


@pytest.mark.parametrize("key", sorted(COUNTS))
def test_each_element_can_be_asked_about_and_scored(key: str) -> None:
    for element in supplied()[key].elements:
        assert 2 <= len(element.asks) <= 3, element.code
        assert all(len(line) <= 140 for line in element.asks), element.code
        assert any(line.endswith("?") for line in element.asks), element.code
        assert element.evidence, element.code


def test_the_grid_is_full_and_what_rests_on_what_is_in_it() -> None:
    one = supplied()["place-system-infrastructure"]
    cells = {(element.component, element.perspective) for element in one.elements}
    assert len(cells) == 30
    assert list(one.relies) == ["System intelligence and data"]


def test_each_element_of_the_triangle_has_its_place() -> None:
    for element in supplied()["cross-boundary-collaboration"].elements:
        assert element.corners, element.code
        assert element.barrier, element.code


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"elements": []}, "no elements"),
    ({"lens": "wheel"}, "unknown lens wheel"),
    ({"number": 0}, "number 0"),
    ({"number": True}, "number True"),
    ({"relies": {"Data": ["Trust"]}}, "relies on Trust, which is no component"),
    ({"colour": "red"}, "colour"),
    ({"elements": None}, "is no rubric"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_a_file_that_cannot_be_used_is_named(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    told = json.loads((FOLDER / "delivery_capacity_review.json").read_text())
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**told, **wrong}))
    with pytest.raises(ValueError, match=said) as problem:
        read(path)
    assert "own.json" in str(problem.value)


@pytest.mark.parametrize(("part", "said"), [("code", "twice"), ("weak", "without weak")])
def test_an_element_that_cannot_be_used_is_named(tmp_path: Path, part: str, said: str) -> None:
    told = json.loads((FOLDER / "delivery_capacity_review.json").read_text())
    told["elements"][1][part] = told["elements"][0]["code"] if part == "code" else ""
    path = tmp_path / "own.json"
    path.write_text(json.dumps(told))
    with pytest.raises(ValueError, match=said):
        read(path)
