"""Where confidential texts cannot be sealed, the rest of the demonstration is there."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coalitions.models import Coalition

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_it_loads_all_the_same(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.CONFIDENTIAL_KEYS = tmp_path, []
    call_command("seed_demo", verbosity=0)
    assert Coalition.objects.count() == 2
    assert not Coalition.objects.filter(candidates__isnull=False).exists()
