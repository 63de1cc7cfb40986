"""Short views of one metric, beside the rules, and when they lapse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from aspirations.models import Assessment
from aspirations.services import assessments
from aspirations.tests.assessments.scene import TODAY, Scene
from aspirations.tests.factories import observe
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db


def test_a_short_view_stands_beside_the_rules(stage: Scene, ana: User) -> None:
    told = stage.judge("G")
    values = {"light": "R", "reason": "The test was made easier this year.", "confidence": "high",
              "difference_reason": "The figures measure another thing now."}  # fmt: skip
    row = assessments.record_view(metric=stage.metric, author=ana, values=values)
    assert (row.computed_light, row.judgment, row.light) == ("G", told, "R")
    assert row.expires_on == TODAY + timedelta(days=90)
    line = AuditEntry.objects.about(row).get()
    assert (line.after["light"], line.actor) == ("R", ana)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"light": "", "reason": "Long enough a reason."}, "Choose a light"),
        ({"light": "G", "reason": "No."}, "at least 10"),
        ({"light": "AG", "reason": "Long enough a reason."}, "why they differ"),
    ],
)
def test_what_a_short_view_needs(
    stage: Scene, ana: User, values: dict[str, str], words: str
) -> None:
    stage.judge("G")
    with pytest.raises(ValidationError, match=words):
        assessments.record_view(metric=stage.metric, author=ana, values=values)


def test_a_retired_metric_takes_no_view(stage: Scene, ana: User, leader: User) -> None:
    stage.metric.retired_at, stage.metric.retired_reason = datetime.now(UTC), "No longer counted."
    stage.metric.save()
    values = {"light": "G", "reason": "Long enough a reason."}
    with pytest.raises(ValidationError, match="is retired"):
        assessments.record_view(metric=stage.metric, author=ana, values=values)


def test_what_is_entered_of_the_past_stands_beside_the_rules_of_then(
    stage: Scene, ana: User
) -> None:
    then = stage.judge("AR", date(2025, 1, 20), date(2025, 1, 1))
    stage.judge("G", TODAY)
    at = datetime(2025, 2, 1, 9, tzinfo=UTC)
    values = {"light": "AR", "reason": "Half of the coaches left."}
    row = assessments.record_view(metric=stage.metric, author=ana, values=values, at=at)
    assert (row.computed_light, row.judgment) == ("AR", then)
    assert (row.submitted_at, row.expires_on) == (at, date(2025, 5, 2))


@pytest.mark.parametrize(("newer", "current"), [(0, True), (1, True), (2, False)])
def test_two_newer_figures_end_a_view(stage: Scene, ana: User, newer: int, current: bool) -> None:
    stage.judge("AR")
    row = assessments.record_view(
        metric=stage.metric, author=ana, values={"light": "AR", "reason": "Half the coaches left."}
    )
    # A missing figure is none.
    observe(stage.series, date(2025, 3, 1), [None, *[52.0] * newer])
    found = Assessment.objects.current_for_metrics([stage.metric.pk], TODAY)
    assert list(found) == ([row] if current else [])


@pytest.mark.parametrize(("recorded", "current"), [(1, True), (2, False)])
def test_one_given_before_anything_was_judged_lapses_by_what_is_recorded_since(
    stage: Scene, ana: User, recorded: int, current: bool
) -> None:
    row = assessments.record_view(
        metric=stage.metric, author=ana, values={"light": "AR", "reason": "Half the coaches left."}
    )
    assert row.judgment is None
    observe(stage.series, date(2025, 3, 1), [52.0] * recorded)
    found = Assessment.objects.current_for_metrics([stage.metric.pk], TODAY)
    assert list(found) == ([row] if current else [])


def test_as_known_counts_what_was_public_and_sent_by_the_day(stage: Scene, ana: User) -> None:
    stage.judge("AR")
    at = datetime(2025, 3, 14, 9, tzinfo=UTC)
    values = {"light": "AR", "reason": "Half the coaches left."}
    row = assessments.record_view(metric=stage.metric, author=ana, values=values, at=at)
    observe(stage.series, date(2025, 3, 1), [52.0, 52.0])
    keys = [stage.metric.pk]
    days = {TODAY - timedelta(days=1): [], TODAY: [row], date(2025, 4, 29): [row],
            date(2025, 4, 30): []}  # fmt: skip
    for day, expected in days.items():
        found = Assessment.objects.current_for_metrics(keys, day, as_known=True)
        assert list(found) == expected


def test_a_view_lapses_on_its_day_and_only_the_latest_counts(stage: Scene, ana: User) -> None:
    for light in ("AR", "AG"):
        assessments.record_view(
            metric=stage.metric, author=ana,
            values={"light": light, "reason": f"Because of {light} alone."},
        )  # fmt: skip
    keys = [stage.metric.pk]
    (latest,) = Assessment.objects.current_for_metrics(keys, TODAY + timedelta(days=89))
    assert latest.light == "AG"
    assert not Assessment.objects.current_for_metrics(keys, TODAY + timedelta(days=90)).exists()
