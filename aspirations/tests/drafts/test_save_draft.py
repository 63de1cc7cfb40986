"""Saving a draft: kept whole, refused with its remedy, and never over what another has saved."""

import pytest
from django.test import Client

from aspirations.models import Baseline, Effect, Intervention, Overlap, Trajectory
from aspirations.services import trajectories
from aspirations.tests.drafts.makers import REASON, at, body, enter, one_more_work
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_kept(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    typed = body(
        draft, target_value="75", target_period="June 2029", shape="s_curve", c="8", low="70",
        high="78", reason=REASON,
    )  # fmt: skip
    response = client.post(at("save_draft", draft), typed, follow=True)
    assert response.redirect_chain == [(at("draft", draft), 302)]
    assert "The draft is saved." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.target.value, draft.target.due.isoformat()) == (75.0, "2029-06-01")
    assert (draft.shape, draft.parameters, draft.low, draft.high) == ("s_curve", {"c": 8.0}, 70, 78)
    assert draft.reason == REASON
    assert AuditEntry.objects.get(action="revise").door == "page"


def test_nothing_changes_where_nothing_was_typed(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    before = trajectories.terms(draft)
    assert client.post(at("save_draft", draft), body(draft)).status_code == 302
    draft.refresh_from_db()
    assert trajectories.terms(draft) == before
    assert Baseline.objects.count() == 1


def test_new_work_is_named_with_its_effect(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    typed = one_more_work(draft, name="Summer school", owner="Early Learning", low="1", high="3")
    assert client.post(at("save_draft", draft), typed).status_code == 302
    work = Intervention.objects.get(name="Summer school")
    assert (work.slug, work.owner, work.funding) == ("summer-school", "Early Learning", "unknown")
    effect = Effect.objects.get(trajectory=draft, intervention=work)
    assert (effect.low, effect.mid, effect.high, effect.ramp, effect.order) == (1, 2, 3, 6, 1)


def test_known_work_is_added_with_an_overlap_and_taken_off_again(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    typed = one_more_work(draft, intervention="block") | {
        "overlap-TOTAL_FORMS": "1", "overlap-0-first": "1", "overlap-0-second": "2",
        "overlap-0-amount": "0.6", "overlap-0-note": "Both work in 18 schools.",
    }  # fmt: skip
    assert client.post(at("save_draft", draft), typed).status_code == 302
    assert Overlap.objects.get().amount == 0.6
    draft.refresh_from_db()
    off = body(draft) | {"effect-0-DELETE": "on", "effect-0-start": "never"}
    assert client.post(at("save_draft", draft), off).status_code == 302
    assert [row.intervention.slug for row in draft.effects.all()] == ["block"]
    assert not Overlap.objects.exists()


def test_points_count_for_the_shapes_that_have_them(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    points = {"point-TOTAL_FORMS": "1", "point-0-period": "Jun 2026", "point-0-value": "60"}
    client.post(at("save_draft", draft), body(draft, shape="points") | points)
    draft.refresh_from_db()
    assert draft.points == [["2026-06-01", 60.0]]
    straight = body(draft, shape="linear") | {"point-0-value": "high"}
    assert client.post(at("save_draft", draft), straight).status_code == 302
    draft.refresh_from_db()
    assert (draft.shape, draft.points) == ("linear", [])


def test_the_baseline_may_come_from_the_figures(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    typed = body(draft, baseline_method="mean", baseline_value="", baseline_periods="3")
    assert client.post(at("save_draft", draft), typed).status_code == 302
    draft.refresh_from_db()
    assert (draft.baseline.method, round(draft.baseline.value, 6)) == ("mean", 52.2)


BAD = [
    ({"target_value": ""}, "Say what is to be reached."),
    ({"target_value": "many"}, "Enter a number."),
    ({"target_period": "soon"}, "Write a month like 2024-04."),
    ({"target_period": "Jun 2023"}, "choose a later target period"),
    ({"baseline_period": ""}, "Say in which period the path starts."),
    ({"baseline_method": "mean", "baseline_periods": "3"}, "empty this field"),
    ({"baseline_method": "mean", "baseline_value": ""}, "Say over how many periods"),
    ({"baseline_value": "", "baseline_period": "Jun 2019"}, "Give a value, or another period."),
    ({"low": "70"}, "Give both ends of the range, or neither."),
    ({"low": "80", "high": "90"}, "widen it or move the target"),
    ({"shape": "spiral"}, "Select a valid choice."),
    ({"shape": "points"}, "give at least one between its ends"),
    ({"season_kind": "index", "season_values": "1 1"}, "a metric of this frequency needs 12"),
    ({"season_kind": "index", "season_values": "one"}, "give numbers with blanks between them"),
    ({"effect-0-start": "Jan 2020"}, "start it there or later"),
    ({"effect-0-mid": ""}, "Say how much it adds once it works in full."),
    ({"effect-0-intervention": ""}, "Choose an intervention, or name a new one."),
    ({"effect-0-intervention": "no such/work"}, "Select a valid choice."),
    ({"effect-0-lag": "-1"}, "greater than or equal to 0"),
    ({"effect-0-attribution": "120"}, "less than or equal to 100"),
    ({"reason": "x" * 2001}, "2000"),
    ({"version": "latest"}, "nothing was saved"),
    ({"effect-TOTAL_FORMS": "many"}, "ManagementForm"),
]


@pytest.mark.parametrize(("typed", "said"), BAD)
def test_bad_input_is_named_and_nothing_is_lost(
    client: Client, system: System, draft: Trajectory, typed: dict[str, str], said: str
) -> None:
    enter(client, system)
    before = trajectories.terms(draft)
    filled = {**body(draft, reason=REASON), **typed}
    response = client.post(at("save_draft", draft), filled)
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert typed.get("reason", REASON)[:50] in page
    draft.refresh_from_db()
    assert trajectories.terms(draft) == before


def test_work_stands_on_a_path_once(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    typed = one_more_work(draft, intervention="coaches")
    response = client.post(at("save_draft", draft), typed)
    assert response.status_code == 400
    assert "stands twice on this path" in response.content.decode()


def test_the_second_of_two_sees_both_and_saves_again(
    client: Client, system: System, draft: Trajectory
) -> None:
    first = enter(client, system)
    opened = body(draft)
    client.post(at("save_draft", draft), {**opened, "low": "70", "high": "74"})
    enter(client, system)
    mine = {**opened, "target_value": "73", "effect-0-mid": "5"}
    response = client.post(at("save_draft", draft), mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone saved this before you" in page
    assert str(first) in page
    assert "Coaches: +4.1" in page
    assert 'name="effect-0-mid" value="5"' in page
    draft.refresh_from_db()
    assert draft.target.value == 72.0
    moved_on = str(response.context["form"].path["version"].value())
    again = {**mine, "low": "70", "high": "74", "version": moved_on}
    assert client.post(at("save_draft", draft), again).status_code == 302
    draft.refresh_from_db()
    assert (draft.target.value, draft.low) == (73.0, 70.0)


def test_a_version_that_was_agreed_meanwhile_is_refused(
    client: Client, system: System, agreed: Trajectory
) -> None:
    enter(client, system)
    response = client.post(at("save_draft", agreed), body(agreed, target_value="73"))
    assert response.status_code == 400
    assert "Make a new version to change it." in response.content.decode()


def test_the_owner_of_a_plan_writes_their_own_draft_and_no_other(
    client: Client, system: System, draft: Trajectory
) -> None:
    user = enter(client, system, "plan_owner")
    assert client.post(at("save_draft", draft), body(draft)).status_code == 403
    Trajectory.objects.filter(pk=draft.pk).update(author=user)
    assert client.post(at("save_draft", draft), body(draft)).status_code == 302
    new = one_more_work(draft, name="Summer school")
    response = client.post(at("save_draft", draft), new)
    assert response.status_code == 400, "who owns a plan names no new work"
    assert not Intervention.objects.filter(name="Summer school").exists()


def test_colleagues_without_the_right_and_strangers(
    client: Client, system: System, draft: Trajectory
) -> None:
    typed = body(draft)
    enter(client, system, "viewer")
    assert client.post(at("save_draft", draft), typed).status_code == 403
    for role, home in (("delivery_leader", SystemFactory.create()), ("data_provider", system)):
        enter(client, home, role)
        assert client.post(at("save_draft", draft), typed).status_code == 404
    enter(client, system)
    assert client.post(at("save_draft", draft) + "?segment=nowhere", typed).status_code == 404
    assert client.get(at("save_draft", draft)).status_code == 405
