"""The demonstration shows everything there is, and a second seeding changes nothing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from aspirations.models import (
    AlignmentProbe,
    Aspiration,
    Assessment,
    AssessmentRound,
    Benchmark,
    Challenge,
    Event,
    Headline,
    Metric,
    QualityReview,
    Series,
    Trajectory,
    Wording,
)
from coalitions.analysis.balance import balance
from coalitions.models import Coalition
from coalitions.services.considered import considered
from delivery.board.briefs import Filters
from delivery.board.children import children_page
from delivery.board.children_compared import children_compared
from delivery.board.dashboard import Dashboard
from delivery.board.moment import Moment
from people.models import Action, AuditEntry, Membership, System, User
from reviews.models import Conclusion, Figure, Finding, Round, Rubric, Score
from reviews.services.progress import finished

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(scope="module")
def seeded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Loaded once; what a test writes is undone by itself, and the whole at the end."""
    folder = override_settings(DATA_DIR=tmp_path_factory.mktemp("demonstration"))
    with django_db_blocker.unblock(), folder, transaction.atomic():
        call_command("seed_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def meridian(seeded: None, db: None) -> System:
    return System.objects.get(slug="meridian")


def test_a_second_seeding_changes_nothing(meridian: System) -> None:
    before = AuditEntry.objects.count()
    call_command("seed_demo", verbosity=0)
    assert AuditEntry.objects.count() == before


def test_aspirations_have_a_past(meridian: System) -> None:
    active = meridian.aspirations.active()
    assert all(row.boldness and row.setting_model for row in active)
    assert Wording.objects.filter(aspiration__slug="attendance").count() == 2
    assert QualityReview.objects.filter(aspiration__slug="early-reading").count() == 2
    assert (
        AlignmentProbe.objects.filter(level="top_team", aspiration__slug="early-reading").count()
        == 2
    )


def test_a_day_gone_by_has_what_was_there_then(meridian: System) -> None:
    reader = User.objects.get(email="delivery@meridian.example")
    then = Moment(date(2025, 12, 16), meridian.today())
    board = Dashboard(meridian, Filters(), reader, then)
    assert len(board.promises) == meridian.aspirations.active().count()
    assert board.lowest is not None
    assert board.total == Series.objects.whole().filter(
        metric__system=meridian, metric__retired_at=None
    ).count()  # fmt: skip
    assert board.figures.milestones
    assert board.map is not None
    assert board.map.rows
    assert Dashboard(meridian, Filters(), reader, Moment(date(2022, 1, 1), then.today)).total == 0


def test_people_have_judged_twice_and_judge_again(meridian: System) -> None:
    rounds = AssessmentRound.objects.filter(system=meridian)
    assert rounds.filter(status="locked").count() == 2
    running = rounds.get(status="open")
    assert Assessment.objects.filter(round=running, submitted_at__isnull=False).exists()
    finals = Assessment.objects.filter(system=meridian, kind="final")
    assert {row.aspiration.slug for row in finals if row.aspiration} == {
        row.slug for row in Aspiration.objects.filter(system=meridian)
    }
    assert len({(row.boldness, row.planning, row.capacity, row.progress) for row in finals}) > 3


def test_people_and_rules_differ_somewhere_both_ways(meridian: System) -> None:
    sheets = Assessment.objects.filter(system=meridian, metric__isnull=False)
    told = {(row.light, row.computed_light) for row in sheets}
    assert ("G", "R") in told
    assert ("AR", "G") in told


def test_a_doubt_is_open_and_one_is_answered(meridian: System) -> None:
    doubts = Challenge.objects.filter(system=meridian)
    assert doubts.filter(answered_at=None).exists()
    assert doubts.exclude(answered_at=None).exists()
    draft = Trajectory.objects.get(series__metric__system=meridian, status="draft")
    assert draft.sent_at is not None


def test_the_unit_worded_its_headline_over_todays_draft(meridian: System) -> None:
    headline = Headline.objects.get(system=meridian)
    assert headline.approved_at is not None
    assert headline.as_of == meridian.today()


def test_days_ahead_and_behind(meridian: System) -> None:
    today = meridian.today()
    assert meridian.stocktakes.planned().filter(date__gte=today).exists()
    overdue = Event.objects.filter(series__metric__system=meridian).overdue(today)
    assert [row.label for row in overdue] == ["Early-warning list in use in 31 schools"]
    assert Metric.objects.filter(system=meridian).exclude(retired_at=None).count() == 1


def test_other_systems_are_there_to_be_held_against(meridian: System) -> None:
    rows = Benchmark.objects.that_count().filter(metric__system=meridian)
    assert {row.kind for row in rows} == {"peer", "best_in_class"}
    assert rows.filter(yearly_change__isnull=False).exists()


def test_reviews_of_every_kind_are_there(meridian: System) -> None:
    rounds = {row.rubric.lens for row in Round.objects.filter(state="closed") if row.rubric}
    assert rounds == {"lights", "grid", "triangle"}
    assert Rubric.objects.filter(system=meridian).count() == 3
    first, second = Round.objects.filter(system=meridian, is_light=False).order_by("starts")
    assert (first.state, first.team_at is not None) == ("closed", True)
    assert first.agreed.in_force().count() == 15
    figures = Figure.objects.filter(publication__round=first)
    assert {row.group for row in figures} >= {"self", "interviewee", "unit", "independent", "all"}
    assert {row.state for row in figures} == {"shown", "confidential", "none"}
    assert (second.follows, first.follows and first.follows.is_light) == (first, True)
    # Old sheets are destroyed by now; new ones are nobody's to read.
    assert {row.participant.round for row in Score.objects.all()} == {second}
    assert 0 < finished(second).done < finished(second).asked
    assert set(Finding.objects.filter(round=first).values_list("nature", flat=True)) == {
        "strength", "weakness", "observation"
    }  # fmt: skip
    assert {row.kind for row in Conclusion.objects.filter(round=first)} >= {"focus", "stop"}
    statuses = Action.objects.filter(system=meridian).values_list("status", flat=True)
    assert set(statuses) == {"open", "done", "dropped"}


def test_the_colleges_leaders_hear_first(meridian: System) -> None:
    row = Round.objects.get(system__slug="meridian-colleges")
    assert row.leader_at is not None
    assert row.team_at is None
    people = {name: Membership.objects.get(user__email=f"{name}@meridian.example").user
              for name in ("president", "governor")}  # fmt: skip
    for name, reads in (("president", True), ("governor", False)):
        found = Round.objects.with_results_for(people[name]).filter(pk=row.pk)
        assert found.exists() is reads
    assert not Action.objects.filter(system=row.system, shared=True).exists()


def test_the_state_can_learn_from_its_schools(meridian: System) -> None:
    state = meridian.parent
    assert state
    reader = Membership.objects.get(user__email="governor@meridian.example").user
    page = children_compared(state, children_page(state, reader), reader, "")
    assert [row.name for row in page.learn_from] == [meridian.name]
    assert page.within == "Meridian Colleges"


def test_the_worked_example_of_a_coalition_comes_out_as_the_guide_has_it(meridian: System) -> None:
    row = Coalition.objects.get(system=meridian, aspiration__slug="graduation")
    found = {one.office: one for one in considered(row)}
    assert found["Senate education chair"].advice == "work_around"
    assert found["Senate education chair"].status == "excluded"
    assert found["Senate education chair"].standings[0].plan
    for office in (
        "Teachers’ union leader", "Governor’s education adviser", "Deputy Superintendent, Learning",
    ):  # fmt: skip
        assert found[office].advice == "win_over"
        assert found[office].is_chosen
    assert found["House education chair"].status == "proposed"


def test_a_coalition_of_eight_is_at_work(meridian: System) -> None:
    row = Coalition.objects.get(system=meridian, aspiration__slug="early-reading")
    people = considered(row)
    group = balance([one.seat for one in people if one.is_member and one.seat])
    assert (len(people), group.size, group.verdict) == (13, 8, "right")
    assert set(group.on_one) == {"leadership", "expertise"}
    assert set(group.to_win_over) == {"A", "C"}
    assert not any(sphere.over for sphere in group.spheres)
    assert row.contacts.exists()
    assert row.next_steps.filter(done_on=None).count() > 3
    assert row.barriers.filter(removed_on__isnull=False).exists()
    assert row.circles.count() == 4
