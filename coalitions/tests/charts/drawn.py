"""Reading a drawing back: what stands where."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Mark:
    letters: str
    x: float
    y: float
    radius: float
    filled: bool


def read(svg: str) -> ET.Element:
    """The drawing as a tree; ParseError where it is not well formed."""
    return ET.fromstring(svg)


def marks(svg: str) -> dict[str, Mark]:
    """The pins by their letters."""
    found = {}
    for group in read(svg).iter("g"):
        circle, text = group.find("circle"), group.find("text")
        assert circle is not None
        assert text is not None
        letters = text.text or ""
        found[letters] = Mark(
            letters, float(circle.attrib["cx"]), float(circle.attrib["cy"]),
            float(circle.attrib["r"]), circle.attrib["class"] == "pin-on",
        )  # fmt: skip
    return found


def texts(svg: str, kind: str) -> list[str]:
    """Words of one kind, in the order in which they are drawn."""
    found = [row for row in read(svg).iter("text") if row.attrib.get("class") == kind]
    return ["".join(row.itertext()) for row in found]
