"""People and rules side by side over time, on the tab of a metric and beside its chart."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.services import assessments
from aspirations.tests.assessments.ladder import EVERY_READER, answers, expected
from aspirations.tests.assessments.scene import TODAY, Scene, signed_in
from aspirations.tests.factories import MembershipFactory, SegmentFactory, SeriesFactory, observe
from people.models import Membership, User

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/metrics/grade-3/judgments/"
EVIDENCE = "/meridian/metrics/grade-3/"


def say(stage: Scene, author: User, light: str, **values: str) -> None:
    assessments.record_view(
        metric=stage.metric, author=author,
        values={"light": light, "reason": f"Because of {light}, seen in schools.",
                "difference_reason": "The figures come late.", "confidence": "high", **values},
    )  # fmt: skip


def read(client: Client, user: User, to: str = ADDRESS) -> str:
    response = signed_in(client, user).get(to)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_page_teaches(client: Client, stage: Scene, ana: User, viewer: User) -> None:
    body = read(client, ana)
    assert "Say what they cannot see" in body
    assert "Record a judgment" in body
    assert "Record a judgment" not in read(client, viewer)


@pytest.mark.parametrize("to", [ADDRESS, EVIDENCE])
def test_the_two_stand_side_by_side(
    client: Client, stage: Scene, ana: User, ben: User, to: str
) -> None:
    stage.judge("AG")
    Membership.objects.filter(user=ana).update(office="Early learning")
    say(stage, ana, "AR", change_mind="A second wave of coaches.")
    body = read(client, ben, to)
    assert "Because of AR, seen in schools." in body
    assert "One step higher than the unit" in body
    assert "The unit marks lower than the rules: Amber-Red beside Amber-Green." in body
    assert "Early learning" in body
    assert "Confidence: high." in body
    assert "Lapses on 12 June 2025, or once two newer figures are in." in body
    assert "A second wave of coaches." in body
    assert "Challenge this" in body
    assert "Unit marked lower." in body
    # Nobody challenges their own.
    assert "Challenge this" not in read(client, ana, to)


@pytest.mark.parametrize(
    ("human", "computed", "words"),
    [
        ("G", "R", "green outside, red inside"),
        ("R", "G", "Either people see trouble that the figures do not show yet"),
        ("G", "AR", "marks two steps higher than the rules"),
    ],
)
def test_far_apart_is_a_warning_both_ways(
    client: Client, stage: Scene, ana: User, human: str, computed: str, words: str
) -> None:
    stage.judge(computed)
    say(stage, ana, human)
    body = read(client, ana)
    assert "The two are far apart" in body
    assert words in body


def test_where_they_agree_nothing_is_explained(client: Client, stage: Scene, ana: User) -> None:
    stage.judge("AR")
    say(stage, ana, "AR")
    body = read(client, ana)
    assert "Same as the unit" in body
    assert "Why they differ" not in body


def test_a_lapsed_view_counts_no_more(client: Client, stage: Scene, ana: User) -> None:
    stage.judge("AR")
    say(stage, ana, "AG")
    observe(stage.series, date(2025, 3, 1), [52.0])
    assert "One newer figure has come in since." in read(client, ana)
    observe(stage.series, date(2025, 4, 1), [53.0])
    body = read(client, ana)
    assert "has lapsed" in body
    assert "Same as the unit" not in body
    assert "Challenge this" not in body


def test_who_may_not_read_assessments_sees_the_rules_alone(client: Client, stage: Scene) -> None:
    stage.judge("AR")
    say(stage, stage.member("unit_staff"), "G")
    parent = MembershipFactory.create(role="viewer")
    type(stage.system).objects.filter(pk=stage.system.pk).update(parent=parent.system)
    body = read(client, parent.user, EVIDENCE)
    assert "Because of G" not in body
    assert "Delivery unit" not in body
    assert signed_in(client, parent.user).get(ADDRESS).status_code == 404


def test_of_a_segment_only_the_rules_speak(client: Client, stage: Scene, ana: User) -> None:
    say(stage, ana, "G")
    part = SegmentFactory.create(system=stage.system, code="north", name="North")
    SeriesFactory.create(metric=stage.metric, segment=part)
    body = read(client, ana, f"{ADDRESS}?segment=north")
    assert "The unit judges the metric as a whole" in body
    assert "Because of G" not in body


def test_earlier_judgments_of_both(client: Client, stage: Scene, ana: User) -> None:
    stage.judge("G", date(2024, 12, 10), date(2024, 12, 1))
    at = datetime(2025, 1, 15, 9, tzinfo=UTC)
    assessments.record_view(
        metric=stage.metric, author=ana, at=at,
        values={"light": "AR", "reason": "The coaches leave.",
                "difference_reason": "Not seen yet."},
    )  # fmt: skip
    stage.judge("AR", TODAY)
    body = read(client, ana)
    assert "15 Jan 2025" in body
    assert "“Not seen yet.”" in body
    assert body.index("14 Mar 2025") < body.index("15 Jan 2025") < body.index("10 Dec 2024")


def test_queries_do_not_grow_with_views(client: Client, stage: Scene, ana: User, ben: User) -> None:
    stage.judge("AR")
    counts = []
    for more in (2, 8):
        for _number in range(more):
            say(stage, ana, "AG")
            view = stage.metric.assessments.latest("pk")
            assessments.challenge(about=view, text="Is it so in the north too?", actor=ben)
        signed_in(client, ana)
        with CaptureQueriesContext(connection) as found:
            client.get(ADDRESS)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 14


def test_who_reads_it(client: Client, stage: Scene, stranger: User) -> None:
    assert answers(client, stage, stranger, ADDRESS) == expected(EVERY_READER, 200)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, stage: Scene, ana: User, method: str) -> None:
    assert getattr(signed_in(client, ana), method)(ADDRESS).status_code == 405


def test_a_day_is_told_where_the_system_is(client: Client, stage: Scene, ana: User) -> None:
    type(stage.system).objects.filter(pk=stage.system.pk).update(time_zone="Pacific/Auckland")
    stage.metric.refresh_from_db()
    stage.series.observations.update(recorded_at=datetime(2025, 3, 1, tzinfo=UTC))
    assessments.record_view(
        metric=stage.metric, author=ana, values={"light": "AR", "reason": "The coaches leave."},
        at=datetime(2025, 3, 1, 23, tzinfo=UTC),
    )  # fmt: skip
    assert "2 March 2025" in read(client, ana)
    assert "31 May 2025" in read(client, ana)
