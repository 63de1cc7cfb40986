"""Words broken into lines that fit, by how wide letters are drawn at most."""

import unicodedata

NARROW, USUAL, BROAD, BROADEST = 4.5, 8.2, 10.0, 13.0
"""Width of a letter at 13 pixels, as wide as the widest fonts draw it."""
ELLIPSIS = "…"


def letter_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return BROADEST
    if unicodedata.category(sign) in {"Mn", "Me"}:
        return 0.0
    if sign in "ijlt.,;:'’!| ()":
        return NARROW
    if sign in "mwMW@%—…":
        return BROADEST
    return BROAD if sign.isupper() else USUAL


def width(text: str) -> float:
    return sum(map(letter_width, text))


def broken(text: str, room: float, most: int) -> list[str]:
    """At most so many lines, none wider than `room`; what does not fit ends in an ellipsis."""
    lines, line = [], ""
    for word in pieces(text, room):
        longer = f"{line} {word}" if line else word
        if line and width(longer) > room:
            lines.append(line)
            longer = word
        line = longer
    lines.append(line)
    if len(lines) > most:
        kept = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], cut(kept, room)]
    return lines


def pieces(text: str, room: float) -> list[str]:
    """The words; one that is wider than a line stands in pieces."""
    found = []
    for word in text.split():
        while width(word) > room:
            head = fitting(word, room)
            found.append(head)
            word = word[len(head) :]
        found.append(word)
    return found


def cut(text: str, room: float) -> str:
    """The text, or its beginning and an ellipsis."""
    if width(text) <= room:
        return text
    return fitting(text, room - letter_width(ELLIPSIS)).rstrip() + ELLIPSIS


def fitting(text: str, room: float) -> str:
    """As much of the beginning as fits, one letter at least."""
    used = 0.0
    for place, sign in enumerate(text):
        used += letter_width(sign)
        if used > room:
            return text[: max(place, 1)]
    return text
