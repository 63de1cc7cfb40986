"""Another key: every sealed text is opened and sealed anew with the first one, where it lies.

Afterwards the other keys can be taken out. It can be broken off and run again: what the first key
closed already is left alone. Beside writers it is safe: a text is exchanged only while it is still
the one that was read, and whoever saved another meanwhile sealed that with the first key.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast

from people.confidential.fields import SealedTextField
from people.confidential.sealing import MARK, SealedError, box, unseal
from people.services.maintenance import maintenance
from people.signing_in.accounts import SEALED_FOR

BATCH = 200
"""Rows of one transaction."""


@dataclass
class Tally:
    """What became of the texts of one model; `closed` names those that no key opens."""

    label: str
    resealed: int = 0
    already: int = 0
    closed: list[tuple[Any, str]] = field(default_factory=list)

    def count(self, changed: bool) -> None:
        self.resealed += changed
        self.already += not changed


def reseal_all() -> Iterator[Tally]:
    """Seal every text anew, one model after the other. SealedError where there is no sound key."""
    box()
    for model, fields in sealed_models():
        yield reseal_model(model, fields)
    yield reseal_factors()


def sealed_models() -> list[tuple[type[models.Model], list[SealedTextField]]]:
    """Every installed model with the sealed fields of its own table."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        own = [one for one in model._meta.local_fields if isinstance(one, SealedTextField)]
        if own and model._meta.managed and not model._meta.proxy:
            found.append((model, own))
    return found


def resealed(sealed: str, kind: str) -> str | None:
    """The same text closed by the first key; None where it is. SealedError where none opens it.

    The moment in it, when it was written, stays.
    """
    unseal(sealed, kind)
    try:
        Fernet(settings.CONFIDENTIAL_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        return box().rotate(sealed.encode()).decode()
    return None


def reseal_model(model: type[models.Model], fields: list[SealedTextField]) -> Tally:
    tally = Tally(model._meta.label)
    for rows in batches(model, fields):
        with transaction.atomic(), maintenance():
            for row in rows:
                for one in fields:
                    reseal_text(model, one, row["pk"], row[held(one)], tally)
    return tally


def batches(
    model: type[models.Model], fields: list[SealedTextField]
) -> Iterator[list[dict[str, Any]]]:
    """The rows of a model by their keys, a batch at a time, their texts as they lie there."""
    texts = {held(one): as_it_lies(one) for one in fields}
    rows = model._base_manager.order_by("pk").values("pk", **texts)
    found = list(rows[:BATCH])
    while found:
        yield found
        found = list(rows.filter(pk__gt=found[-1]["pk"])[:BATCH])


def as_it_lies(one: SealedTextField) -> Cast:
    # TRAP: read as the field it is, a text would be opened, and sealed again where it is compared.
    return Cast(one.attname, models.TextField())


def held(one: SealedTextField) -> str:
    return f"held_{one.attname}"


def reseal_text(
    model: type[models.Model], one: SealedTextField, pk: Any, text: str | None, tally: Tally
) -> None:
    """Exchange one text, if it is still the one that was read."""
    if text is None:
        return
    try:
        new = resealed(text, one.kind)
    except SealedError:
        tally.closed.append((pk, one.name))
        return
    if new is not None:
        value = models.Value(new, output_field=models.TextField())
        rows = model._base_manager.annotate(**{held(one): as_it_lies(one)})
        rows.filter(pk=pk, **{held(one): text}).update(**{one.name: value})
    tally.count(new is not None)


def reseal_factors() -> Tally:
    """Secrets of second factors, which the same keys close; those kept open are left so."""
    tally = Tally(Authenticator._meta.label)
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            if row is not None:
                reseal_factor(row, tally)
    return tally


def reseal_factor(row: Authenticator, tally: Tally) -> None:
    data = deepcopy(row.data)
    try:
        changed = [exchange(place) for place in list(secrets_in(data))]
    except SealedError:
        tally.closed.append((row.pk, "data"))
        return
    if any(changed):
        Authenticator.objects.filter(pk=row.pk).update(data=data)
    for one in changed:
        tally.count(one)


def secrets_in(held: Any) -> Iterator[tuple[Any, Any]]:
    """Where sealed texts stand in lists and tables: the holder, and the name or place in it."""
    places = held.items() if isinstance(held, dict) else enumerate(held)
    for place, value in places:
        if isinstance(value, dict | list):
            yield from secrets_in(value)
        elif isinstance(value, str) and value.startswith(MARK):
            yield held, place


def exchange(at: tuple[Any, Any]) -> bool:
    """Put the newly sealed text where the old one stood; whether it was another."""
    holder, place = at
    new = resealed(holder[place], SEALED_FOR)
    if new is not None:
        holder[place] = new
    return new is not None
