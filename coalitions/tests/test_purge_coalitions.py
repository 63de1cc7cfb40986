"""A coalition goes for good once its aspiration has been retired long enough; the log stays."""

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings as configured
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from aspirations.services.aspirations import reinstate_aspiration, retire_aspiration
from coalitions import tasks
from coalitions.models import Coalition
from coalitions.services.retention import destroyed_on, purge_coalitions
from coalitions.tests import factories as make
from coalitions.tests.about import Held
from people.models import Actor, AuditEntry, Opening
from people.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
RETIRED = datetime(2025, 3, 10, 9, tzinfo=UTC)
DUE = datetime(2026, 3, 10, 9, tzinfo=UTC)
BEFORE = datetime(2026, 3, 10, 8, 59, tzinfo=UTC)
WHY = "The term of office is over."


@pytest.fixture
def held() -> Held:
    """A coalition with a row of everything, its aspiration retired on a day in March."""
    held = Held()
    held.named()
    make.DelegateFactory.create(coalition=held.row)
    retire(held.row)
    return held


def retire(row: Coalition, at: datetime = RETIRED) -> None:
    with time_machine.travel(at, tick=False):
        retire_aspiration(aspiration=row.aspiration, reason=WHY)


def again(row: Coalition) -> Coalition:
    return Coalition.objects.select_related("aspiration", "system").get(pk=row.pk)


def tables() -> dict[str, int]:
    """How many rows each table of the room holds."""
    models = apps.get_app_config("coalitions").get_models(include_auto_created=True)
    return {model._meta.label: model._default_manager.count() for model in models}


def test_everything_goes_when_it_is_due_and_once_only(held: Held) -> None:
    assert min(tables().values()) > 0, "the test has a row of everything"
    assert purge_coalitions(now=BEFORE) == 0
    assert min(tables().values()) > 0
    assert purge_coalitions(now=DUE) == 1
    assert set(tables().values()) == {0}
    assert purge_coalitions(now=DUE) == 0
    assert AuditEntry.objects.filter(action="destroy coalition").count() == 1


def test_the_trail_says_that_and_the_log_of_openings_stays(held: Held) -> None:
    Opening.objects.create(
        system=held.row.system, user=UserFactory.create(), object_type="coalitions.Coalition",
        object_key=str(held.row.pk),
    )  # fmt: skip
    lines = AuditEntry.objects.count()
    purge_coalitions(now=DUE, door="job")
    line = AuditEntry.objects.get(action="destroy coalition")
    assert (line.actor, line.system, line.door) == (None, held.row.system, "job")
    assert (line.object_type, line.object_key) == ("coalitions.Coalition", str(held.row.pk))
    assert (line.before, line.after, line.reason) == ({}, {}, "")
    assert AuditEntry.objects.count() == lines + 1
    assert Opening.objects.filter(object_key=str(held.row.pk)).count() == 1
    assert Actor.objects.filter(pk=held.one.actor_id).exists()


def test_others_keep_theirs(held: Held) -> None:
    active, young = Held(), Held()
    retire(young.row, datetime(2025, 3, 11, 9, tzinfo=UTC))
    kept = {active.row.pk, young.row.pk}
    assert purge_coalitions(now=DUE) == 1
    assert set(Coalition.objects.values_list("pk", flat=True)) == kept
    assert active.one.appraisals.count() == young.one.appraisals.count() == 1


def test_what_was_taken_up_again_is_safe_and_counts_from_the_next_retirement(held: Held) -> None:
    reinstate_aspiration(aspiration=held.row.aspiration, reason="A new term has begun.")
    assert destroyed_on(again(held.row)) is None
    assert purge_coalitions(now=DUE) == 0
    later = datetime(2026, 1, 31, 9, tzinfo=UTC)
    retire(held.row, later)
    assert destroyed_on(again(held.row)) == date(2027, 1, 31)
    assert purge_coalitions(now=DUE) == 0
    assert purge_coalitions(now=datetime(2027, 1, 31, 9, tzinfo=UTC)) == 1


def test_a_retirement_of_which_the_trail_says_nothing_destroys_nothing() -> None:
    row = make.CoalitionFactory.create(aspiration__status="retired")
    assert destroyed_on(row) is None
    assert purge_coalitions(now=datetime(2999, 1, 1, tzinfo=UTC)) == 0


def test_the_day_is_told_as_it_is_where_the_system_is(held: Held) -> None:
    assert destroyed_on(again(held.row)) == date(2026, 3, 10)
    type(held.row.system).objects.filter(pk=held.row.system.pk).update(
        time_zone="Pacific/Kiritimati"
    )
    late = make.CoalitionFactory.create(aspiration__system=again(held.row).system)
    retire(late, datetime(2025, 3, 10, 20, tzinfo=UTC))
    assert destroyed_on(again(late)) == date(2026, 3, 11)


def test_the_setting_says_how_long(held: Held, settings: Settings) -> None:
    assert configured.COALITION_RETENTION_MONTHS == 12
    settings.COALITION_RETENTION_MONTHS = 1
    assert destroyed_on(again(held.row)) == date(2025, 4, 10)
    assert purge_coalitions(now=datetime(2025, 4, 10, 9, tzinfo=UTC)) == 1


@pytest.mark.parametrize("keys", [[], ["no key at all"]])
def test_it_needs_no_key(held: Held, settings: Settings, keys: list[str]) -> None:
    settings.CONFIDENTIAL_KEYS = keys
    assert purge_coalitions(now=DUE) == 1
    assert set(tables().values()) == {0}


@pytest.mark.parametrize(
    ("now", "words"), [(BEFORE, "0 coalitions destroyed"), (DUE, "1 coalition destroyed")]
)
def test_the_command_says_how_many(held: Held, now: datetime, words: str) -> None:
    out = StringIO()
    with time_machine.travel(now):
        call_command("purge_coalitions", stdout=out)
    assert words in out.getvalue()


def test_the_job_runs_once_an_hour(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "purge_coalitions", lambda **how: rung.append(how))
    assert tasks.destroy_old.name in {
        beat["task"] for beat in configured.CELERY_BEAT_SCHEDULE.values()
    }
    with time_machine.travel(timezone.now()) as clock:
        tasks.destroy_old()
        tasks.destroy_old()
        assert rung == [{"door": "job"}]
        clock.shift(3600)
        tasks.destroy_old()
    assert len(rung) == 2
