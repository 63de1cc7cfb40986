"""What a system held on a day gone by: its metrics, its aspirations, the titles of these."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from aspirations.models import Aspiration, Definition, Judgment, Wording
from people.models import AuditEntry

ABSENT = ("", Aspiration.Status.RETIRED)
"""What `status_on` says of an aspiration that was not there: not yet, or no longer."""


def metrics_on(day: date) -> Q:
    """Metrics made by the day and not retired by it. One judged as of it counts as made by then,
    for its figures may have been loaded later."""
    later = Definition.objects.filter(
        metric=OuterRef("pk"), version=1, recorded_at__date__gt=day
    )  # fmt: skip
    judged = Judgment.objects.filter(series__metric=OuterRef("pk"), as_of__lte=day)
    made = ~Exists(later) | Exists(judged)
    return Q(made) & (Q(retired_at=None) | Q(retired_at__date__gt=day))


def status_on(day: date, system: str, aspiration: str = "") -> Any:
    """The status of an aspiration on the day; "" before its first wording.

    `system` names the key of its system, `aspiration` the way to it (“aspirations__” or nothing).
    The trail has the moments at which it turned: the first one after the day tells what was before.
    """
    later = Wording.objects.filter(
        aspiration=OuterRef(f"{aspiration}pk"), version=1, at__date__gt=day
    )
    turned = AuditEntry.objects.filter(
        object_type=Aspiration._meta.label, object_key=OuterRef(f"{aspiration}slug"),
        system=OuterRef(system), at__date__gt=day, before__has_key="status",
    ).order_by("at", "pk")  # fmt: skip
    before = turned.values(told=KeyTextTransform("status", "before"))[:1]
    status = Coalesce(Subquery(before), F(f"{aspiration}status"), output_field=CharField())
    return Case(When(Exists(later), then=Value("")), default=status, output_field=CharField())


def title_on(day: date, aspiration: str = "") -> Any:
    """The title of an aspiration on the day, where its wording was kept."""
    worded = Wording.objects.filter(aspiration=OuterRef(f"{aspiration}pk"), at__date__lte=day)
    return Coalesce(Subquery(worded.order_by("-version").values("title")[:1]),
                    F(f"{aspiration}title"))  # fmt: skip
