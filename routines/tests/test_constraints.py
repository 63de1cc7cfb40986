"""The database refuses two stocktakes of one day, and one called off without a reason."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import System
from people.tests.factories import SystemFactory
from routines.models import Stocktake

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = date(2026, 3, 24)


def stocktake(system: System, **fields: Any) -> Stocktake:
    return Stocktake.objects.create(system=system, date=DAY, **fields)


def test_a_day_has_one_stocktake() -> None:
    system = SystemFactory()
    stocktake(system)
    with pytest.raises(IntegrityError), transaction.atomic():
        stocktake(system)


def test_a_day_is_free_again_once_its_stocktake_is_called_off() -> None:
    system = SystemFactory()
    stocktake(system, cancelled_at=timezone.now(), cancelled_reason="The leader is away.")
    assert stocktake(system).pk


@pytest.mark.parametrize(
    "fields", [{"cancelled_at": timezone.now()}, {"cancelled_reason": "The leader is away."}]
)
def test_it_is_called_off_with_a_reason_and_a_moment(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        stocktake(SystemFactory(), **fields)
