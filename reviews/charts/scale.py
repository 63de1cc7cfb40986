"""The points of a scale as places on a line, in a box of 138 × 26."""

LEFT, RIGHT, MIDDLE = 12.0, 126.0, 13.0
WIDTH, HEIGHT = 138, 26


def place(value: float, points: int) -> float:
    """Where a value from 1 to `points` stands, in pixels from the left."""
    return LEFT + (value - 1) / (points - 1) * (RIGHT - LEFT)


def written(number: float) -> str:
    """A place as SVG takes it, whatever the locale."""
    return f"{number:.1f}".removesuffix(".0")


def ticks(points: int) -> tuple[str, ...]:
    return tuple(written(place(value, points)) for value in range(1, points + 1))
