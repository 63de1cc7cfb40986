"""Files for the analyst's bench, and what it says of them."""

import json
import math
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

MONTHS = [f"{2021 + i // 12}-{i % 12 + 1:02}" for i in range(40)]
# A rise with a wobble of its own, and one month without a figure.
WOBBLE = [round(60 + 0.4 * i + 1.5 * math.sin(2.4 * i) + (i % 5) * 0.3, 2) for i in range(40)]
PATH = ["--direction", "increase", "--baseline", "2022-01", "--target", "2025-12=85"]


def said(path: Path, *words: object) -> str:
    out = StringIO()
    call_command("analyse", path, *map(str, words), stdout=out)
    return out.getvalue()


def found(path: Path, *words: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said(path, "--json", *words))
    return answer


def refused(path: Path, *words: object) -> str:
    with pytest.raises(CommandError) as refusal:
        said(path, *words)
    return str(refusal.value)


def written(folder: Path, text: str | bytes, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
