"""Agreeing: a leader sees what follows, gives a reason, and the light follows."""

from datetime import date

import pytest
from django.test import Client

from aspirations import sentences
from aspirations.models import Judgment, Series, Trajectory
from aspirations.services import challenges, trajectories
from aspirations.services.drafting import lights_under
from aspirations.services.judging import judge_now
from aspirations.services.versions import stamp
from aspirations.tests.drafts.makers import REASON, at, enter
from aspirations.tests.factories import MembershipFactory, SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


def filled(row: Trajectory, reason: str = REASON) -> dict[str, str]:
    return {"reason": reason, "version": str(stamp(row))}


def changed(agreed: Trajectory) -> Trajectory:
    """A draft of another target than the one in force."""
    row = trajectories.copy_of(agreed)
    return trajectories.revise(trajectory=row, target=(row.target.due, 60.0))


def test_a_leader_puts_it_in_force(client: Client, system: System, draft: Trajectory) -> None:
    user = enter(client, system, "delivery_leader")
    response = client.post(at("agree_draft", draft), filled(draft), follow=True)
    assert "Version 1 is agreed." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.status, draft.reason) == ("agreed", REASON)
    assert Series.objects.get().stale_since is not None
    line = AuditEntry.objects.get(action="agree", object_type="aspirations.Trajectory")
    assert (line.actor, line.door) == (user, "page")


def test_the_page_says_what_follows_and_stores_nothing(
    client: Client, system: System, agreed: Trajectory
) -> None:
    judge_now([agreed.series_id])
    row = changed(agreed)
    enter(client, system, "system_leader")
    before = Judgment.objects.count()
    response = client.get(at("agree_draft", row))
    page = " ".join(response.content.decode().split())
    assert "If you agree, the light " in page
    assert "Version 1 ends and stays in the list of versions." in page
    assert "The target moves from 72% by Jun 2028 to 60% by Jun 2028." in page
    assert Judgment.objects.count() == before


def test_where_no_light_would_come_of_it_the_page_says_why(
    client: Client, system: System, draft: Trajectory
) -> None:
    System.objects.filter(pk=system.pk).update(reporting_date=date(2026, 12, 14))
    enter(client, system, "system_leader")
    _, then = lights_under(Trajectory.objects.get(pk=draft.pk))
    assert then is not None
    assert then.light == "N"
    page = client.get(at("agree_draft", draft)).content.decode()
    assert f"No light: {sentences.reason_word(then.not_judged_reason)}." in page


def test_the_light_foretold_is_the_light_that_follows(agreed: Trajectory) -> None:
    row = changed(agreed)
    now, then = lights_under(row)
    judge_now([row.series_id])
    before = Series.objects.get().current_judgment
    trajectories.agree(trajectory=row, reason="The budget was cut by half.")
    judge_now([row.series_id])
    after = Series.objects.get().current_judgment
    assert now is not None
    assert then is not None
    assert before is not None
    assert after is not None
    assert (now.light, now.likelihood) == (before.light, before.likelihood)
    assert (then.light, then.likelihood) == (after.light, after.likelihood)
    assert (then.light, then.likelihood) != (now.light, now.likelihood)


def test_unanswered_challenges_are_named(client: Client, system: System, sent: Trajectory) -> None:
    user = MembershipFactory.create(system=system, role="unit_staff").user
    challenges.challenge(about=sent, text="Who hires the coaches?", actor=user)
    enter(client, system, "delivery_leader")
    page = client.get(at("agree_draft", sent)).content.decode()
    assert "1 challenge is not answered" in page
    assert "Who hires the coaches?" in page


def test_a_change_of_what_was_agreed_needs_a_reason(
    client: Client, system: System, agreed: Trajectory
) -> None:
    row = changed(agreed)
    Trajectory.objects.filter(pk=row.pk).update(reason="")
    row.refresh_from_db()
    enter(client, system, "delivery_leader")
    response = client.post(at("agree_draft", row), filled(row, ""))
    assert response.status_code == 400
    assert "needs a reason of at least 10 characters" in response.content.decode()
    row.refresh_from_db()
    assert row.status == "draft"


def test_a_leader_agrees_to_what_they_read(
    client: Client, system: System, draft: Trajectory
) -> None:
    read = filled(draft)
    trajectories.revise(trajectory=draft, target=(draft.target.due, 99.0))
    enter(client, system, "delivery_leader")
    response = client.post(at("agree_draft", draft), read)
    page = response.content.decode()
    assert response.status_code == 409
    assert REASON in page
    draft.refresh_from_db()
    assert draft.status == "draft"
    again = {**read, "version": str(response.context["form"]["version"].value())}
    assert client.post(at("agree_draft", draft), again).status_code == 302


def test_what_is_agreed_is_not_agreed_again(
    client: Client, system: System, agreed: Trajectory
) -> None:
    enter(client, system, "delivery_leader")
    assert "no draft any more" in client.get(at("agree_draft", agreed)).content.decode()
    response = client.post(at("agree_draft", agreed), filled(agreed))
    assert response.status_code == 400


def test_who_may(client: Client, system: System, draft: Trajectory) -> None:
    for role in ("unit_staff", "plan_owner", "viewer"):
        enter(client, system, role)
        assert client.get(at("agree_draft", draft)).status_code == 403
        assert client.post(at("agree_draft", draft), filled(draft)).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(at("agree_draft", draft), filled(draft)).status_code == 404
    enter(client, system, "delivery_leader")
    assert client.put(at("agree_draft", draft)).status_code == 405
