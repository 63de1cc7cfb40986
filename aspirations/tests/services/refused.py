"""What the database refuses of what people say: one violation for each constraint."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from aspirations.models import (
    AlignmentProbe,
    Assessment,
    AssessmentRound,
    Assessor,
    Challenge,
    Consultation,
    Event,
    Headline,
    Influence,
    QualityRating,
    QualityReview,
    Wording,
)
from aspirations.tests.factories import (
    AspirationFactory,
    BenchmarkFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    UserFactory,
)

DAY = date(2025, 3, 1)
NOW = timezone.now()


def again(row: models.Model, **changes: Any) -> None:
    """Store the row a second time, with changes, past what its own class would refuse."""
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    models.Model.save(row, force_insert=True)


def influence(**fields: Any) -> Influence:
    told = {"kind": "law", "force": "weak", "note": "A law asks for it.", **fields}
    return Influence.objects.create(aspiration=AspirationFactory(), **told)


def consultation(**fields: Any) -> Consultation:
    told = {"held_on": DAY, "who": "Teachers", "how": "Workshop", **fields}
    return Consultation.objects.create(aspiration=AspirationFactory(), **told)


def probe(**fields: Any) -> AlignmentProbe:
    told = {"level": "middle", "probed_on": DAY, "asked": 8, "named": 6, **fields}
    return AlignmentProbe.objects.create(aspiration=AspirationFactory(), **told)


def review(**fields: Any) -> QualityReview:
    told = {"reviewed_on": DAY, "reviewers": "Two heads", "outcome": "endorse", **fields}
    return QualityReview.objects.create(aspiration=AspirationFactory(), **told)


def rating(**fields: Any) -> QualityRating:
    told = {"criterion": "shared", "rating": 3, "reason": "Most name it.", **fields}
    return QualityRating.objects.create(review=review(), **told)


def wording() -> Wording:
    return Wording.objects.create(aspiration=AspirationFactory(), version=7, title="Read well")


def event(**fields: Any) -> Event:
    told = {"date": DAY, "kind": "outside", "label": "A strike", **fields}
    return Event.objects.create(series=SeriesFactory(), **told)


def headline(**fields: Any) -> Headline:
    told = {"version": 1, "text": "Near plan.", "draft": "Near plan.", "as_of": DAY, **fields}
    return Headline.objects.create(system=SystemFactory(), **told)


def assessed(**fields: Any) -> AssessmentRound:
    return AssessmentRound.objects.create(
        **{"system": SystemFactory(), "title": "Spring", "due": DAY, **fields}
    )


def sheet(**fields: Any) -> Assessment:
    """A sheet about an aspiration in a running round."""
    aspiration = AspirationFactory()
    told = {"aspiration": aspiration, "round": assessed(system=aspiration.system), **fields}
    return Assessment.objects.create(system=aspiration.system, author=UserFactory(), **told)


def sent(**fields: Any) -> Assessment:
    told = {"reason": "All parts are sound.", "light": "G", "submitted_at": NOW, **fields}
    return sheet(**{"expires_on": DAY + timedelta(days=90), **told})


def challenge(**fields: Any) -> Challenge:
    about = sent()
    told = {"assessment": about, "text": "Is it so?", **fields}
    return Challenge.objects.create(system=about.system, author=UserFactory(), **told)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "aspiration_boldness_on_the_scale": lambda: AspirationFactory(boldness=5),
    "metric_retired_with_reason": lambda: MetricFactory(retired_at=NOW),
    "influence_noted": lambda: influence(note=""),
    "influence_withdrawal_reasoned": lambda: influence(withdrawn_at=NOW),
    "consultation_told": lambda: consultation(who=""),
    "consultation_withdrawal_reasoned": lambda: consultation(withdrawal_reason="A slip."),
    "probe_named_of_asked": lambda: probe(named=9),
    "probe_withdrawal_reasoned": lambda: probe(withdrawn_at=NOW),
    "quality_review_by_someone": lambda: review(reviewers=""),
    "quality_review_withdrawal_reasoned": lambda: review(withdrawn_at=NOW),
    "quality_rating_once": lambda: again(rating()),
    "quality_rating_on_the_scale": lambda: rating(rating=5),
    "wording_version": lambda: again(wording()),
    "event_labelled": lambda: event(label=""),
    "event_done_if_milestone": lambda: event(done_on=DAY),
    "event_withdrawal_reasoned": lambda: event(withdrawn_at=NOW),
    "benchmark_version": lambda: again(BenchmarkFactory()),
    "benchmark_told": lambda: BenchmarkFactory(note=""),
    "benchmark_value_finite": lambda: BenchmarkFactory(value=float("inf")),
    "benchmark_period_in_range": lambda: BenchmarkFactory(period=date(1899, 12, 1)),
    "benchmark_gain_of_a_peer": lambda: BenchmarkFactory(kind="best_in_class", yearly_change=2.0),
    "benchmark_withdrawal_reasoned": lambda: BenchmarkFactory(withdrawn_at=NOW),
    "headline_version": lambda: again(headline()),
    "headline_worded": lambda: headline(text=""),
    "assessment_round_one_running": lambda: again(assessed()),
    "assessment_round_locked_at": lambda: assessed(status="locked"),
    "assessor_once": lambda: again(
        Assessor.objects.create(round=assessed(), user=UserFactory())
    ),
    "assessment_of_one_thing": lambda: sheet(metric=MetricFactory()),
    "assessment_on_the_scale": lambda: sheet(planning=5),
    "assessment_sent_with_reason": lambda: sent(reason=""),
    "assessment_difference_reasoned": lambda: sent(computed_light="R"),
    "assessment_final_of_a_round": lambda: sheet(kind="final", round=None),
    "assessment_once": lambda: again(sheet()),
    "assessment_one_final": lambda: again(sheet(kind="final"), author=UserFactory()),
    "challenge_of_one_thing": lambda: challenge(assessment=None),
    "challenge_worded": lambda: challenge(text=""),
    "challenge_answered_whole": lambda: challenge(answer="It is."),
}  # fmt: skip
OTHER_SIDES: list[Callable[[], Any]] = [
    lambda: AspirationFactory(boldness=0),
    lambda: MetricFactory(retired_reason="No longer counted."),
    lambda: probe(asked=0, named=0),
    lambda: BenchmarkFactory(name=""),
    lambda: BenchmarkFactory(source=""),
    lambda: BenchmarkFactory(value=float("nan")),
    lambda: BenchmarkFactory(period=date(2201, 1, 1)),
    lambda: BenchmarkFactory(yearly_change=0.0),
    lambda: BenchmarkFactory(yearly_change=float("inf")),
    lambda: rating(reason=""),
    lambda: rating(rating=0),
    lambda: sheet(aspiration=None),
    lambda: sheet(stage=0),
    lambda: sent(light=""),
    lambda: sent(expires_on=None),
    lambda: assessed(locked_at=NOW),
    lambda: challenge(answered_at=NOW, answer="It is."),
]
