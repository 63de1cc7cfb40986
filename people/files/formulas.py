"""Text in files that spreadsheets open."""

# What a spreadsheet may take for a formula, full-width twins included.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def plain_text(text: str) -> str:
    """Text that a spreadsheet shows and does not run."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
