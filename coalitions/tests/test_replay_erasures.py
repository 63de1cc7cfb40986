"""After a restore: what was erased before is erased again, and nothing that came later."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from coalitions.models import Appraisal, Candidate, CandidNote, Coalition, Difficulty, Standing
from coalitions.services import journal
from coalitions.services.erasing import erase_candidate
from coalitions.services.holding import write
from coalitions.services.journal import Erasure, erasure_or_none
from coalitions.services.mentions import mentions_of
from coalitions.tests import factories as make
from coalitions.tests.about import Held
from coalitions.tests.climb import leader
from people.models import AuditEntry
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def held() -> Held:
    return Held()


def erased(held: Held, **more: Any) -> Erasure:
    """The journal's line of an erasure that the restored database knows nothing of."""
    one = held.one
    known: dict[str, Any] = {
        "at": timezone.now(), "coalition": held.row.pk, "candidate": one.pk,
        "number": one.number, "actor": one.actor_id,
    }  # fmt: skip
    line = Erasure(**{**known, **more})
    journal.add(line)
    return line


def hostile(**more: Any) -> str:
    """A line like those of the journal, but for what is given."""
    known = {"at": "2026-01-01T00:00:00+00:00", "coalition": 1, "candidate": 1, "number": 1}
    return json.dumps({**known, "actor": 1, **more})


def run(*words: str, fails: str = "") -> str:
    out = StringIO()
    if not fails:
        call_command("replay_erasures", *words, stdout=out, stderr=out)
        return out.getvalue()
    with pytest.raises(CommandError, match=fails):
        call_command("replay_erasures", *words, stdout=out, stderr=out)
    return out.getvalue()


def test_what_came_back_goes_again_once(held: Held) -> None:
    held.named()
    also = tuple(one.key for one in mentions_of(held.one) if one.place.struck)
    erased(held, also=also)
    assert "1 erasures read; 1 had come back" in run()
    assert not Candidate.objects.filter(pk=held.one.pk).exists()
    assert [row.note for row in Difficulty.objects.all() if held.one.actor_id in row.pair] == []
    assert not CandidNote.objects.exists()
    assert Standing.objects.get(candidate=held.third).reason == ""
    line = AuditEntry.objects.get(action="erase candidate")
    assert (line.actor, line.door, line.object_key) == (None, "command", str(held.one.pk))
    assert "1 erasures read; 0 had come back" in run()
    assert AuditEntry.objects.filter(action="erase candidate").count() == 1


def test_others_are_left_alone(held: Held) -> None:
    erased(held)
    run()
    assert Candidate.objects.filter(pk__in=[held.other.pk, held.third.pk]).count() == 2
    assert Appraisal.objects.filter(candidate=held.other).count() == 1


def test_the_same_key_of_another_actor_is_left_alone(held: Held) -> None:
    erased(held, actor=held.third.actor_id)
    run()
    assert Candidate.objects.filter(pk=held.one.pk).exists()


def test_who_was_put_on_the_list_after_the_erasure_stays(held: Held) -> None:
    actor, row = ActorFactory.create(system=held.row.system), Candidate()
    values = {"coalition": held.row, "actor": actor, "number": 9}
    write(row, values, coalition=held.row, actor=None, door="page")
    late = make.CandidNoteFactory.create(coalition=held.row, body=f"{actor} again.")
    earlier = timezone.now() - timedelta(days=1)
    erased(
        held, at=earlier, candidate=row.pk, actor=row.actor_id, also=(f"note:{late.pk}:body",)
    )  # fmt: skip
    assert "0 had come back" in run()
    assert Candidate.objects.filter(pk=row.pk).exists()
    assert CandidNote.objects.filter(pk=late.pk).exists()


def test_a_coalition_that_is_gone_is_passed_over(held: Held) -> None:
    erased(held, coalition=Coalition.objects.order_by("-pk")[0].pk + 1)
    assert "1 erasures read; 0 had come back" in run()


@pytest.mark.parametrize(
    "also",
    [
        ("note:x:body",),
        ("charter:1:purpose",),
        ("sword:1:x",),
        ("",),
        ("standing:1:status",),
        (f"note:{'9' * 5000}:body",),
    ],
)
def test_words_that_mean_nothing_strike_nothing(held: Held, also: tuple[str, ...]) -> None:
    make.CharterFactory.create(coalition=held.row)
    before = Standing.objects.get(candidate=held.other).status
    erased(held, candidate=0, actor=0, also=also)
    assert "0 had come back" in run()
    assert Standing.objects.get(candidate=held.other).status == before


def test_without_the_key_it_does_what_it_can_and_says_that_more_is_left(
    held: Held, settings: Settings
) -> None:
    erased(held)
    right, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    said = run(fails="could not be done as a whole")
    assert "Line 1: Without the key not all could be looked into." in said
    assert not Candidate.objects.filter(pk=held.one.pk).exists()
    settings.CONFIDENTIAL_KEYS = right
    assert "1 had come back" in run(), "the difficulties"
    assert [row.note for row in Difficulty.objects.all()] == ["hard for others"]


@pytest.mark.parametrize(
    "line",
    [
        "nonsense", "[]", "{}", '{"at": "x"}', '{"at": "2026-01-01", "coalition": 1}',
        hostile(coalition=True), hostile(actor=1.9), hostile(candidate=float("inf")),
        hostile(number=2**63), hostile(actor=-1), hostile(at="9999-12-31T23:59:59-12:00"),
        hostile(at="0001-01-01T00:00:00+14:00"), hostile(at="2026-01-01T00:00:00"),
        "[" * 100_000, "\ufffd\x00",
    ],
    ids=range(15),
)  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_done(
    held: Held, folder: Path, line: str
) -> None:
    (folder / "erasures.jsonl").write_text(f"{line}\n\n", encoding="utf-8")
    erased(held)
    assert "Line 1 cannot be read" in run(fails="Mend the line")
    assert not Candidate.objects.filter(pk=held.one.pk).exists()


def test_bytes_that_are_no_text_spoil_their_own_line_alone(held: Held, folder: Path) -> None:
    (folder / "erasures.jsonl").write_bytes(b"\xff\xfe\x80\n")
    erased(held)
    assert "Line 1 cannot be read" in run(fails="Mend the line")
    assert not Candidate.objects.filter(pk=held.one.pk).exists()


def test_a_line_cut_off_does_not_swallow_the_next(held: Held, folder: Path) -> None:
    (folder / "erasures.jsonl").write_text('{"at": "2026-01-0', encoding="utf-8")
    erased(held)
    assert "Line 1 cannot be read" in run(fails="Mend the line")
    assert not Candidate.objects.filter(pk=held.one.pk).exists()


def test_without_a_journal_it_asks_the_trail(held: Held, folder: Path) -> None:
    run("--file", str(folder / "elsewhere.jsonl"), fails="There is no file")
    assert "the trail tells of no erasure" in run()
    erase_candidate(candidate=held.one, why="asked", actor=leader(held.row), door="page")
    journal.path().unlink()
    run(fails="the trail tells of 1 erasures. Bring the journal's copy")


def test_a_copy_of_the_journal_that_is_too_old_is_told(held: Held, folder: Path) -> None:
    erase_candidate(candidate=held.one, why="asked", actor=leader(held.row), door="page")
    journal.path().write_text("", encoding="utf-8")
    assert "The trail tells of 1 more, which this journal does not hold" in run()


@pytest.mark.parametrize("kind", [make.AppraisalFactory, make.StandingFactory])
def test_who_was_worked_on_since_is_left_to_a_person(held: Held, kind: Any) -> None:
    """As after an erasure that a fall of the machine kept from being carried out."""
    erased(held, at=timezone.now() - timedelta(days=1))
    AuditEntry.objects.filter(object_type="coalitions.Candidate").delete()
    kind.create(candidate=held.one, seq=7)
    assert "was judged or placed after it" in run(fails="as a whole")
    assert Candidate.objects.filter(pk=held.one.pk).exists()


def test_a_text_that_another_key_closed_is_emptied_all_the_same(
    held: Held, settings: Settings
) -> None:
    held.named()
    also = tuple(one.key for one in mentions_of(held.one) if one.place.kind == "standing")
    assert also
    erased(held, also=also)
    right = settings.CONFIDENTIAL_KEYS
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode()]
    run(fails="as a whole")
    settings.CONFIDENTIAL_KEYS = [*settings.CONFIDENTIAL_KEYS, *right]
    assert Standing.objects.get(candidate=held.third).reason == ""


def test_another_file_can_be_named(held: Held, folder: Path) -> None:
    erased(held)
    (folder / "erasures.jsonl").rename(folder / "kept.jsonl")
    assert "1 had come back" in run("--file", str(folder / "kept.jsonl"))


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(1, 2**63 - 1), st.lists(st.sampled_from(["note:1:body", "standing:7:plan"])),
)  # fmt: skip
def test_a_line_comes_back_as_it_was(at: datetime, key: int, also: list[str]) -> None:
    line = Erasure(at.replace(tzinfo=UTC), key, key, key, key, tuple(also))
    assert erasure_or_none(line.line()) == line
