"""The world of the matrix, built once for all rows."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from delivery.tests.matrix.world import World, lasting


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with lasting(django_db_blocker) as built:
        yield built


@pytest.fixture(autouse=True)
def no_hurry(settings: Any) -> None:
    """All signed in as the world was built; the rows may take longer than a proof lasts."""
    settings.CONFIDENTIAL_PROOF_SECONDS = 24 * 3600


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of refusals are meant here, and would fill the report of any failure."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
