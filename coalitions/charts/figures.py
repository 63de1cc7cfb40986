"""How a number is written into a drawing: the same in every language."""


def written(value: float) -> str:
    """One decimal, none where it says nothing."""
    return f"{value:.1f}".removesuffix(".0")
