"""What was recorded: earlier judgments, versions of the path, and where the figures come from."""

from typing import Any

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import Lag

from aspirations.models import Effect, Import, Judgment, Overlap, Rebase, Series, Trajectory
from aspirations.models.agreements import Agreement
from people.models import User

SHOWN = 8


def earlier_judgments(series: Series) -> list[Judgment]:
    """Stored judgments at which the light or its reason changed, newest first."""
    rows = (
        Judgment.objects.filter(series=series)
        .annotate(
            last_light=Window(Lag("light"), order_by="seq"),
            last_reason=Window(Lag("not_judged_reason"), order_by="seq"),
        )
        .filter(
            Q(last_light=None) | ~Q(last_light=F("light")) | ~Q(last_reason=F("not_judged_reason"))
        )
        .order_by("-seq")
    )
    return list(rows[:SHOWN])


def path_versions(series: Series, user: Any) -> list[Trajectory]:
    """Every version of target and path, newest first; nothing for those who may not read plans."""
    rows = Trajectory.objects.visible_to(user).filter(series=series)
    works = Prefetch("effects", Effect.objects.visible_to(user).select_related("intervention"))
    whole = rows.select_related("baseline", "target", "author").prefetch_related(works)
    return list(whole.order_by("-version"))


def name_of(person: User | None) -> str:
    """A person by name or office; never by an address, which not every reader may see."""
    return person.name if person else ""


def superseded_paths(series: Series, user: Any) -> list[Trajectory]:
    """Paths that were in force before, oldest first; nothing for those who may not read plans."""
    rows = Trajectory.objects.visible_to(user).filter(series=series, status=Agreement.SUPERSEDED)
    works = Prefetch("effects", Effect.objects.visible_to(user).select_related("intervention"))
    whole = rows.select_related("baseline", "target").prefetch_related(works)
    return list(whole.order_by("version"))


def overlaps(path: Trajectory, user: Any) -> list[Overlap]:
    """Gains that two interventions of a path both claim."""
    return list(Overlap.objects.visible_to(user).filter(first__trajectory=path))


def rebases(series: Series, user: Any) -> list[Rebase]:
    """Where new stretches start or started, newest first, withdrawn ones among them."""
    rows = Rebase.objects.visible_to(user).filter(series=series)
    return list(rows.select_related("author", "withdrawn_by").order_by("-period", "-created_at"))


def latest_import(series: Series, user: Any) -> Import | None:
    """The latest file that brought figures of this series, for those who may read it."""
    rows = Import.objects.visible_to(user).filter(observations__series=series)
    return rows.select_related("author").order_by("-at", "-pk").first()
