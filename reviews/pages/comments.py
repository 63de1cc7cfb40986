"""What raters wrote about one element, without a trace of who wrote it.

Only texts behind a group's published figure are told, all groups together and in an order that
depends on nothing but the publication. Values, sources and how sure someone was stay out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

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
    keys = {key: row for row in shown for key in row.basis}
    # A figure may stand on scores changed or taken back since; those words are not told.
    said = Score.objects.in_force().filter(participant__taken_back_at=None)
    rows = list(said.filter(pk__in=keys))
    signed = {keys[row.pk].group: row for row in rows if keys[row.pk].group in SIGNED}
    open_rows = [row for row in rows if keys[row.pk].group in GROUPS]
    salt = str(shown[0].publication_id) if shown else ""
    return Written(
        Comments(
            shuffled({row.pk: row.reason for row in open_rows}, f"reason {salt}"),
            shuffled({row.pk: row.raise_by_one for row in open_rows}, f"raise {salt}"),
        ),
        signed,
    )


def shuffled(texts: dict[int, str], salt: str) -> tuple[str, ...]:
    """Texts that say something, in an order that only the secret of the installation explains."""
    told = [key for key, text in texts.items() if text.strip()]
    told.sort(key=lambda key: salted_hmac(salt, str(key)).hexdigest())
    return tuple(texts[key].strip() for key in told)
