"""What raters wrote about one element, without a trace of who wrote it.

Only texts behind a group's published figure are told, all groups together and in an order that
depends on nothing but the publication. Values, sources and how sure someone was stay out.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.crypto import salted_hmac

from reviews.models import EVERYONE, GROUPS, SIGNED, Figure, Score


@dataclass(frozen=True)
class Comments:
    """Reasons, and what would raise it by one: each list in an order of its own."""

    reasons: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reasons or self.raises)


@dataclass(frozen=True)
class Written:
    """What the scores behind the figures of one element say; empty once they are destroyed."""

    comments: Comments
    signed: dict[str, Score]


def written(figures: Iterable[Figure]) -> Written:
    """Of the figures of one element, by group; one query. Only for who draws the conclusions."""
    shown = [row for row in figures if row.state == Figure.State.SHOWN and row.group != EVERYONE]
    groups = {key: row.group for row in shown for key in row.basis}
    rows = latest_words(groups)
    signed = {groups[row.told]: row for row in rows if groups[row.told] in SIGNED}
    open_rows = [row for row in rows if groups[row.told] in GROUPS]
    salt = str(shown[0].publication_id) if shown else ""
    return Written(
        Comments(
            shuffled({row.pk: row.reason for row in open_rows}, f"reason {salt}"),
            shuffled({row.pk: row.raise_by_one for row in open_rows}, f"raise {salt}"),
        ),
        signed,
    )


def latest_words(keys: Collection[int]) -> list[Any]:
    """What those who gave these scores say now; `told` is the score that the figure stands on.

    Other words for the same value are told. Of who gave another value since, or took it back,
    neither the old words are nor the new ones: the figure does not stand on those.
    """
    told = Score.objects.filter(pk__in=keys)
    same = told.filter(participant=OuterRef("participant"), element=OuterRef("element"))
    same = same.order_by("-revision")
    rows: Any = Score.objects.in_force().filter(
        participant__in=told.values("participant"), element__in=told.values("element"),
        participant__taken_back_at=None,
    )  # fmt: skip
    rows = rows.annotate(
        told=Subquery(same.values("pk")[:1]), was=Subquery(same.values("value")[:1])
    )
    rows = rows.select_related("participant__user")
    return [row for row in rows if row.told and row.value == row.was]


def shuffled(texts: dict[int, str], salt: str) -> tuple[str, ...]:
    """Texts that say something, in an order that only the secret of the installation explains."""
    told = [key for key, text in texts.items() if text.strip()]
    told.sort(key=lambda key: salted_hmac(salt, str(key)).hexdigest())
    return tuple(texts[key].strip() for key in told)
