"""Stocktakes for tests."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from people.tests.factories import SystemFactory
from routines.models import Stocktake


class StocktakeFactory(DjangoModelFactory[Stocktake]):
    class Meta:
        model = Stocktake

    system = factory.SubFactory(SystemFactory)
    date = date(2026, 3, 24)
    title = "Spring"
    chair = "Superintendent"
