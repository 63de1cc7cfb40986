"""What people say of every system's aspiration and metric, and how the aspiration came about."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from aspirations.models import (
    AlignmentProbe,
    Aspiration,
    Assessment,
    AssessmentRound,
    Assessor,
    Benchmark,
    Challenge,
    Consultation,
    Event,
    Headline,
    Influence,
    Metric,
    QualityRating,
    QualityReview,
    Series,
    Trajectory,
    Wording,
)
from people.models import System, User
from routines.models import Stocktake

DAY = date(2025, 3, 1)


def judged(row: System, staff: dict[str, User], things: dict[str, Any]) -> dict[str, Any]:
    aspiration = Aspiration.objects.get(system=row, slug=things["aspiration"])
    metric = Metric.objects.get(system=row, slug=things["metric"])
    return {
        **grounds(row, aspiration, staff["leader"]),
        **sheets(row, aspiration, metric, staff),
        **doubts(row, Series.objects.get(pk=things["series"]), staff),
        "benchmark": benchmark(row, metric, staff["leader"]).pk,
    }


def grounds(row: System, aspiration: Aspiration, author: User) -> dict[str, Any]:
    """Where the aspiration comes from, and what reviewers and those asked made of it."""
    told = {"aspiration": aspiration, "author": author}
    Wording.objects.create(version=91, title=f"wording {row.slug}", **told)
    review = QualityReview.objects.create(
        reviewed_on=DAY, reviewers=f"reviewers {row.slug}", outcome="endorse", **told
    )
    QualityRating.objects.create(
        review=review, criterion="shared", rating=3, reason=f"rating {row.slug}"
    )
    force = Influence.objects.create(
        kind="law", force="strong", note=f"influencing {row.slug}", **told
    )
    talk = Consultation.objects.create(
        held_on=DAY, who=f"consulted {row.slug}", how="Workshop", **told
    )
    probe = AlignmentProbe.objects.create(
        level="top_team", probed_on=DAY, asked=8, named=6, exceptions=f"excepting {row.slug}",
        **told,
    )  # fmt: skip
    return {
        "quality_review": review.pk, "influence": force.pk, "consultation": talk.pk,
        "probe": probe.pk,
    }  # fmt: skip


def sheets(
    row: System, aspiration: Aspiration, metric: Metric, staff: dict[str, User]
) -> dict[str, Any]:
    """A locked round with its result, one in which sheets are written, and a short sheet."""
    now = timezone.now()
    locked = AssessmentRound.objects.create(
        system=row, title=f"locked {row.slug}", due=DAY, status="locked", locked_at=now,
        locked_by=staff["leader"],
    )  # fmt: skip
    running = AssessmentRound.objects.create(system=row, title=f"running {row.slug}", due=DAY)
    for found in (locked, running):
        Assessor.objects.create(round=found, user=staff["leader"])
    sent = {
        "system": row, "author": staff["leader"], "light": "AG", "submitted_at": now,
        "expires_on": now.date() + timedelta(days=90),
    }  # fmt: skip
    final = Assessment.objects.create(
        aspiration=aspiration, round=locked, kind="final", reason=f"settling {row.slug}", **sent
    )
    short = Assessment.objects.create(metric=metric, reason=f"assessing {row.slug}", **sent)
    # Nobody may come upon this one while the round is open.
    hidden = Assessment.objects.create(
        aspiration=aspiration, round=running, reason=f"concealing {row.slug}", **sent
    )
    about = {"system": row, "assessment": short, "author": staff["other"]}
    doubt = Challenge.objects.create(text=f"disputing {row.slug}", **about)
    return {
        "assessment_round": running.pk, "locked_round": locked.pk, "final": final.pk,
        "assessment": short.pk, "hidden_sheet": hidden.pk, "assessment_challenge": doubt.pk,
        "assessor": staff["leader"].pk,
    }  # fmt: skip


def benchmark(row: System, metric: Metric, author: User) -> Benchmark:
    """What another system reached, on the metric of this one."""
    return Benchmark.objects.create(
        metric=metric, kind="peer", name=f"comparing {row.slug}", version=1, period=DAY,
        value=58.0, yearly_change=2.5, note="Another test.", source="Its yearbook",
        author=author,
    )  # fmt: skip


def doubts(row: System, series: Series, staff: dict[str, User]) -> dict[str, Any]:
    """A path being drafted, a doubt about it, an event, a headline and a day to take stock."""
    path = Trajectory.objects.filter(series=series).order_by("version")[0]
    draft = Trajectory.objects.create(
        series=series, version=92, baseline=path.baseline, target=path.target,
        author=staff["leader"], reason=f"drafting {row.slug}", shape="s_curve",
        sent_at=timezone.now(), sent_by=staff["leader"],
    )  # fmt: skip
    author = {"system": row, "author": staff["leader"]}
    challenge = Challenge.objects.create(trajectory=draft, text=f"doubting {row.slug}", **author)
    event = Event.objects.create(
        series=series, date=DAY, kind="outside", label=f"happening {row.slug}",
        author=staff["leader"],
    )  # fmt: skip
    milestone = Event.objects.create(
        series=series, date=date(2025, 6, 1), kind="milestone", label=f"reaching {row.slug}",
        author=staff["leader"],
    )  # fmt: skip
    headline = Headline.objects.create(
        version=1, text=f"heading {row.slug}", draft="All is well.", as_of=DAY, **author
    )
    stocktake = Stocktake.objects.create(date=date(2025, 4, 1), title=f"stock {row.slug}", **author)
    return {
        "draft": draft.pk, "draft_version": draft.version,
        "challenge": challenge.pk, "event": event.pk,
        "milestone": milestone.pk, "headline": headline.pk, "stocktake": stocktake.pk,
    }  # fmt: skip
