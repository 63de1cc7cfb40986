"""The rows that fit, in groups of one kind: only those that open to who asks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.models import Aspiration, Metric, Segment, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST
from delivery.search.asking import Asked
from delivery.search.folding import Folded
from people.labels import label
from people.models import Actor, System
from reviews.models import Round, Rubric

MOST = 20


@dataclass(frozen=True)
class Found:
    """One result: where it leads, what it is, and what tells it apart."""

    title: str
    address: str
    place: str = ""
    told: str = ""
    light: str = ""


@dataclass(frozen=True)
class Group:
    """Results of one kind, best first; `total` counts those beyond the `MOST` shown too."""

    key: str
    title: str
    found: list[Found] = field(default_factory=list)
    total: int = 0

    @property
    def rest(self) -> str:
        """“7 more: write another word to narrow them.”, or nothing."""
        more = self.total - len(self.found)
        words = ngettext(
            "%(count)s more fits. Write another word to narrow it down.",
            "%(count)s more fit. Write another word to narrow them down.",
            more,
        )
        return words % {"count": more} if more > 0 else ""


def groups_of(user: Any, asked: Asked) -> list[Group]:
    """Systems, what they promise and count, who has a say, and reviews; a query for each kind."""
    if not asked.words:
        return []
    kinds: Iterable[Callable[[Any, Asked], Group]] = (
        systems, aspirations, metrics, segments, actors, reviews, rubrics,
    )  # fmt: skip
    return [group for group in (kind(user, asked) for kind in kinds) if group.found]


def systems(user: Any, asked: Asked) -> Group:
    rows = System.objects.filter(pk__in=System.objects.visible_to(user).values("pk"))
    shown = best(rows, asked, "name", "tagline", "slug", system="")
    found = [Found(row.name, reverse("dashboard", args=[row.slug]), told=row.tagline)
             for row in shown]  # fmt: skip
    return Group("systems", _("Systems"), found, total(shown))


def aspirations(user: Any, asked: Asked) -> Group:
    """Active ones first; a draft only to those who write them."""
    written = System.objects.visible_to(user, "plan.write").values("pk")
    rows = Aspiration.objects.visible_to(user).filter(~Q(status="draft") | Q(system__in=written))
    shown = best(rows, asked, "title", "slug", "accountable_head")
    found = [
        Found(
            row.title,
            reverse("aspiration", args=[row.system.slug, row.slug]),
            row.system.name,
            row.get_status_display() if row.status != Aspiration.Status.ADOPTED else "",
        )
        for row in shown
    ]
    return Group("aspirations", word_for("Aspirations", shown), found, total(shown))


def metrics(user: Any, asked: Asked) -> Group:
    whole = Series.objects.whole().filter(metric=OuterRef("pk"))
    rows = Metric.objects.visible_to(user).annotate(
        light=Subquery(whole.values("current_judgment__light")[:1])
    )
    shown = best(rows, asked, "name", "slug", "question", "owner")
    found = [
        Found(
            row.name,
            reverse("metric", args=[row.system.slug, row.slug]),
            row.system.name,
            _("Retired") if row.retired_at else row.owner,
            row.light or "",
        )
        for row in shown
    ]
    return Group("metrics", word_for("Metrics", shown), found, total(shown))


def segments(user: Any, asked: Asked) -> Group:
    """Each opens at the metric whose light is lowest there."""
    theirs = Series.objects.filter(segment=OuterRef("pk"), metric__retired_at=None)
    worst = theirs.ranked().order_by(*WORST_FIRST)
    many = theirs.order_by().values("segment").annotate(many=Count("pk")).values("many")
    rows = Segment.objects.visible_to(user).exclude(code=WHOLE).annotate(
        metric=Subquery(worst.values("metric__slug")[:1]),
        metric_name=Subquery(worst.values("metric__name")[:1]),
        light=Subquery(worst.values("current_judgment__light")[:1]),
        many=Subquery(many),
    )  # fmt: skip
    shown = best(rows.filter(metric__isnull=False), asked, "name", "code")
    found = [segment_found(row) for row in shown]
    return Group("segments", word_for("Segments", shown), found, total(shown))


def segment_found(row: Any) -> Found:
    address = reverse("metric", args=[row.system.slug, row.metric])
    words = ngettext(
        "Its one %(word)s: %(metric)s",
        "Lowest of its %(count)s %(words)s: %(metric)s",
        row.many,
    )
    names = {"count": row.many, "metric": row.metric_name}
    names |= {"word": label(row.system, "metric"), "words": label(row.system, "metrics")}
    address += "?" + urlencode({"segment": row.code})
    return Found(row.name, address, row.system.name, words % names, row.light or "")


def actors(user: Any, asked: Asked) -> Group:
    """What everybody may know of them; never where or whether they are considered."""
    shown = best(Actor.objects.visible_to(user), asked, "name", "role", "sphere")
    found = [
        Found(
            row.name,
            f"{reverse('actors', args=[row.system.slug])}#actor-{row.pk}",
            row.system.name,
            _("Retired") if row.retired_at else row.sphere,
        )
        for row in shown
    ]
    return Group("actors", _("Actors"), found, total(shown))


def reviews(user: Any, asked: Asked) -> Group:
    """By their titles alone: what a review found or who said what is never looked through."""
    rows = Round.objects.visible_to(user).select_related("rubric")
    shown = best(rows, asked, "title", "rubric__title")
    found = [
        Found(
            row.title,
            reverse("review", args=[row.system.slug, row.pk]),
            row.system.name,
            row.get_state_display(),
        )
        for row in shown
    ]
    return Group("reviews", _("Capacity reviews"), found, total(shown))


def rubrics(user: Any, asked: Asked) -> Group:
    """The newest version of each."""
    newer = Rubric.objects.filter(
        system=OuterRef("system"), key=OuterRef("key"), number__gt=OuterRef("number")
    )
    shown = best(Rubric.objects.visible_to(user).filter(~Exists(newer)), asked, "title", "key")
    found = [
        Found(
            row.title,
            reverse("rubric", args=[row.system.slug, row.pk]),
            row.system.name,
            _("Draft") if row.is_draft else _("Version %s") % row.number,
        )
        for row in shown
    ]
    return Group("rubrics", _("Rubrics"), found, total(shown))


def best(
    rows: QuerySet[Any], asked: Asked, name: str, *more: str, system: str = "system"
) -> list[Any]:
    """At most `MOST` rows that hold every word in `name` or `more`, each with `total`.

    The name itself comes first, then names that begin so, then words within them; of equals,
    those of the system that the reader came from.
    """
    pieces = [piece for other in more for piece in (Value(" "), F(other))]
    text = Concat(F(name), *pieces, output_field=CharField())
    rows = rows.annotate(called=Folded(F(name)), told=Folded(text))
    for word in asked.words:
        rows = rows.filter(told__contains=word)
    to_system = f"{system}__" if system else ""
    if asked.within:
        rows = rows.filter(**{f"{to_system}slug": asked.within})
    if system:
        rows = rows.select_related(system)
    rows = rows.annotate(
        fit=fit(asked.folded),
        far=number([When(**{f"{to_system}slug": asked.near}, then=0)], otherwise=1),
        total=Window(Count("pk")),
    )
    return list(rows.order_by("fit", "far", name, "pk")[:MOST])


def fit(folded: str) -> Case:
    """As `Asked.rank`, of a row annotated with `called`."""
    whens = [
        When(called=folded, then=0),
        When(called__startswith=folded, then=1),
        When(called__contains=f" {folded}", then=2),
    ]
    return number(whens, otherwise=3)


def number(whens: list[When], otherwise: int) -> Case:
    return Case(*whens, default=Value(otherwise), output_field=IntegerField())


def total(rows: list[Any]) -> int:
    return int(rows[0].total) if rows else 0


def word_for(word: str, rows: list[Any]) -> str:
    """The system's own word where all results are of one system, else the usual one."""
    one = {row.system_id for row in rows}
    return label(rows[0].system if len(one) == 1 else None, word)
