"""What a reader may do in one system, asked all at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from people.models import System
from people.permissions import systems_where


def rights(user: Any, place: System, actions: Sequence[str]) -> frozenset[str]:
    """Those of the actions that this person may do here, in one query."""
    asked = {
        f"may_{number}": ExpressionWrapper(systems_where(user, action), output_field=BooleanField())
        for number, action in enumerate(actions)
    }
    row = System.objects.filter(pk=place.pk).annotate(**asked).values_list(*asked).first()
    return frozenset(action for action, yes in zip(actions, row or (), strict=False) if yes)
