"""Files of the trail: written once, safely, and only for who may have them then and later."""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people import tasks
from people.files import exports as export_files
from people.models import AuditEntry, Export, Membership, System, User
from people.services import exports
from people.tests.factories import MembershipFactory, SystemFactory
from people.trail.filters import TrailFilters

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
EVERYTHING = TrailFilters()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "exports"


@pytest.fixture(autouse=True)
def rings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(tasks, "_silent_until", 0.0)
    monkeypatch.setattr(tasks.write_exports, "apply_async", lambda **_: heard.append("ring"))
    return heard


@pytest.fixture
def system() -> System:
    row: System = SystemFactory(slug="meridian", time_zone="Asia/Tokyo")
    return row


@pytest.fixture
def leader(system: System) -> User:
    user: User = MembershipFactory(system=system, role="delivery_leader").user
    return user


def ask(system: System, leader: User, **filters: Any) -> Export:
    return exports.ask(system=system, filters=TrailFilters(**filters), actor=leader)


def rows(row: Export) -> list[dict[str, str]]:
    row.refresh_from_db()
    with export_files.path_of(row.file).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def change(system: System | None, **fields: Any) -> AuditEntry:
    usual = {"door": "page", "action": "change", "object_type": "people.System", "object_key": "m"}
    return AuditEntry.objects.create(system=system, **{**usual, **fields})


# --- asking --------------------------------------------------------------------------------


def test_asking_leaves_a_row_a_line_and_rings_once(
    system: System,
    leader: User,
    rings: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = ask(system, leader, q="reading")
        ask(system, leader, q="writing")
        assert rings == []
    assert (row.state, row.filters, row.asked_by) == ("waiting", {"q": "reading"}, leader)
    line = AuditEntry.objects.get(object_key=row.pk)
    assert (line.action, line.actor, line.after) == ("export", leader, {"filters": ["q"]})
    assert (line.object_type, line.object_key) == ("people.Export", str(row.pk))
    assert rings == ["ring"]


def test_asking_twice_while_it_waits_makes_one_file(system: System, leader: User) -> None:
    first = ask(system, leader)
    assert ask(system, leader) == first
    assert ask(system, leader, q="other") != first
    assert AuditEntry.objects.count() == Export.objects.count() == 2


def test_who_asks_for_very_many_waits(system: System, leader: User) -> None:
    for number in range(5):
        ask(system, leader, q=str(number))
    with pytest.raises(ValidationError, match="5 of your files are still waiting"):
        ask(system, leader, q="one more")
    exports.write_waiting()
    assert ask(system, leader, q="one more").state == "waiting"


def test_who_may_not_is_refused(system: System, leader: User) -> None:
    for role in ("system_leader", "unit_staff", "viewer"):
        with pytest.raises(PermissionDenied):
            ask(system, MembershipFactory(system=system, role=role).user)
    with pytest.raises(PermissionDenied):
        ask(SystemFactory(), leader)
    assert not Export.objects.exists()


def test_a_broker_out_of_reach_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def fails(**_: object) -> None:
        tries.append("try")
        raise ConnectionError("broker is down")

    monkeypatch.setattr(tasks.write_exports, "apply_async", fails)
    tasks.ring()
    tasks.ring()
    assert tries == ["try"]


# --- writing -------------------------------------------------------------------------------


def test_the_file_holds_what_was_asked_for_newest_first(system: System, leader: User) -> None:
    at = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)
    change(system, object_key="old", at=at - timedelta(days=5))
    change(
        system, object_key="first", at=at, actor=leader, role="delivery_leader",
        before={"name": "Ä"}, after={"name": "B"}, reason="Renamed.", request_id="r-1",
    )  # fmt: skip
    change(system, object_key="second", at=at + timedelta(minutes=1))
    change(SystemFactory(), object_key="elsewhere", at=at)
    change(None, object_key="of none", at=at)
    row = ask(system, leader, since=datetime(2026, 3, 11, tzinfo=UTC).date(),
              until=datetime(2026, 3, 11, tzinfo=UTC).date())  # fmt: skip
    assert exports.write_waiting() == 1
    found = rows(row)
    assert [cells["key"] for cells in found] == ["second", "first"]
    assert found[1] == {
        "at": "2026-03-10T22:30:00+00:00", "actor": leader.email, "actor_email": leader.email,
        "role": "delivery_leader", "action": "change", "object": "people.System", "key": "first",
        "sentence": f"{leader.email} changed the system first: name Ä → B",
        "before": '{"name": "Ä"}', "after": '{"name": "B"}', "reason": "Renamed.", "door": "page",
        "request_id": "r-1",
    }  # fmt: skip


def test_the_row_tells_of_the_file_and_the_trail_of_both(
    system: System, leader: User, media: Path
) -> None:
    row = ask(system, leader)
    exports.write_waiting()
    row.refresh_from_db()
    content = (media / row.file).read_bytes()
    assert (row.state, row.rows, row.claimed_until) == ("done", 1, None)
    assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), len(content))
    line = AuditEntry.objects.get(action="write export")
    assert (line.actor, line.door) == (leader, "job")
    assert line.after == {"rows": 1, "size": row.size, "sha256": row.sha256}
    assert [path.name for path in media.iterdir()] == [row.file]
    assert (media / row.file).stat().st_mode & 0o077 == 0
    assert len(row.file) == len("0" * 32 + ".csv")
    assert exports.write_waiting() == 0


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_runs_as_a_formula(system: System, leader: User, start: str) -> None:
    formula = f'{start}HYPERLINK("http://x.example")'
    leader.name = formula
    leader.save()
    change(system, actor=leader, object_key=formula, reason=formula, role=formula, action=formula,
           door=formula, request_id=start, object_type=formula)  # fmt: skip
    row = ask(system, leader, q="hyperlink")
    exports.write_waiting()
    found = next(cells for cells in rows(row) if cells["key"].endswith('x.example")'))
    for name in ("actor", "role", "sentence", "action", "object", "key", "reason", "door"):
        assert found[name].startswith(f"'{start}"), name
    assert found["request_id"] == f"'{start}"


def test_of_sealed_fields_a_file_says_only_that_they_changed(system: System, leader: User) -> None:
    change(system, before={"note": "changed"}, after={"note": "changed"})
    row = ask(system, leader, action="change")
    exports.write_waiting()
    assert json.loads(rows(row)[0]["after"]) == {"note": "changed"}


def test_lines_are_read_some_at_a_time_and_the_claim_is_held_meanwhile(
    system: System, leader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[int] = []
    monkeypatch.setattr(exports, "BATCH", 2)
    monkeypatch.setattr(exports, "hold_on", lambda row: held.append(row.pk))
    for number in range(6):
        change(system, object_key=str(number))
    row = ask(system, leader)
    exports.write_waiting()
    assert held == [row.pk] * 3
    assert len(rows(row)) == 7


# --- rights, when it is written ------------------------------------------------------------


def take_away_role(leader: User) -> None:
    Membership.objects.filter(user=leader).delete()


def lower_role(leader: User) -> None:
    Membership.objects.filter(user=leader).update(role="unit_staff")


def close_account(leader: User) -> None:
    User.objects.filter(pk=leader.pk).update(is_active=False)


@pytest.mark.parametrize("loses", [take_away_role, lower_role, close_account])
def test_who_may_no_longer_gets_no_file(
    system: System, leader: User, media: Path, loses: Any
) -> None:
    row = ask(system, leader)
    loses(leader)
    assert exports.write_waiting() == 1
    row.refresh_from_db()
    assert (row.state, row.file, row.rows) == ("refused", "", 0)
    assert not media.exists() or not list(media.iterdir())
    assert AuditEntry.objects.filter(action="refuse export", object_key=str(row.pk)).exists()


# --- what goes wrong -----------------------------------------------------------------------


def breaks(*_: Any) -> Iterator[list[str]]:
    yield ["half a file"]
    raise OSError("No space left on device")


def test_a_full_disk_leaves_nothing_half_done(
    system: System, leader: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, other = ask(system, leader), ask(system, leader, q="other")
    with monkeypatch.context() as patch:
        patch.setattr(exports, "rows_of", breaks)
        assert exports.write_waiting() == 2
    for one in (row, other):
        one.refresh_from_db()
        assert (one.state, one.file) == ("failed", "")
    assert list(media.iterdir()) == []


def test_what_a_worker_has_claimed_is_left_to_it_until_the_claim_lapses(
    system: System, leader: User
) -> None:
    row = ask(system, leader)
    assert exports.claim() == row
    assert exports.write_waiting() == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert exports.write_waiting() == 1
    row.refresh_from_db()
    assert row.state == "done"


def test_a_worker_that_lost_its_claim_stores_nothing(
    system: System, leader: User, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(system, leader)
    claimed = exports.claim()
    assert claimed is not None
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        exports.write_waiting()
    row.refresh_from_db()
    exports.settle(claimed)
    with monkeypatch.context() as patch:
        patch.setattr(exports, "BATCH", 1)
        exports.settle(claimed)
    kept = Export.objects.get()
    assert (kept.file, kept.finished_at) == (row.file, row.finished_at)
    assert [path.name for path in media.iterdir()] == [row.file]
    assert AuditEntry.objects.filter(action="write export").count() == 1


def test_what_kills_its_worker_again_and_again_is_given_up(system: System, leader: User) -> None:
    row = ask(system, leader)
    exports.claim()
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert exports.write_waiting() == 0
    row.refresh_from_db()
    assert row.state == "failed"


def test_what_waited_long_for_a_worker_is_written_all_the_same(
    system: System, leader: User
) -> None:
    row = ask(system, leader)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert exports.write_waiting() == 1
    row.refresh_from_db()
    assert row.state == "done"


# --- the end -------------------------------------------------------------------------------


def test_after_fourteen_days_the_file_goes_and_the_row_stays(
    system: System, leader: User, media: Path
) -> None:
    row = ask(system, leader)
    tasks.write_exports()
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        tasks.write_exports()
        row.refresh_from_db()
        assert (media / row.file).exists()
        assert not row.has_expired
    with time_machine.travel(timezone.now() + timedelta(days=14, seconds=5)):
        tasks.write_exports()
        assert list(media.iterdir()) == []
        assert row.has_expired
    row.refresh_from_db()
    assert (row.state, row.rows) == ("done", 1)


def test_what_dead_workers_left_goes_and_what_is_being_written_stays(media: Path) -> None:
    media.mkdir(parents=True)
    (media / "half.part").write_text("half")
    assert exports.remove_expired() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert exports.remove_expired() == 1
    assert list(media.iterdir()) == []


def test_the_timer_rings_each_minute(settings: Any) -> None:
    entry = settings.CELERY_BEAT_SCHEDULE["write the files asked for"]
    assert entry == {"task": tasks.write_exports.name, "schedule": 60.0}


def test_the_trail_of_a_refusal_names_the_roles_of_then(system: System, leader: User) -> None:
    ask(system, leader)
    lower_role(leader)
    exports.write_waiting()
    assert AuditEntry.objects.get(action="export").role == "delivery_leader"
    assert AuditEntry.objects.get(action="refuse export").role == "unit_staff"
