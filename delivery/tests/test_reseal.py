"""Another key: everything is sealed anew, nothing is lost, and what no key opens is left alone."""

from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from pytest_django import Settings

from coalitions.models import Appraisal, CandidNote
from coalitions.tests.factories import AppraisalFactory, CandidNoteFactory, StandingFactory
from people.confidential import rotation
from people.confidential.rotation import Tally, as_it_lies, held, reseal_all, sealed_models
from people.confidential.sealing import SealedError
from people.signing_in.accounts import MfaAdapter
from people.tests.factories import UserFactory
from reviews.models import InterviewNote
from reviews.tests.factories import InterviewNoteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NEW, OTHER = Fernet.generate_key().decode(), Fernet.generate_key().decode()
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def lying(row: Any, name: str) -> str:
    """The text of a row as it lies in the database."""
    one = row._meta.get_field(name)
    rows = type(row)._base_manager.annotate(**{held(one): as_it_lies(one)})
    return str(rows.values_list(held(one), flat=True).get(pk=row.pk))


def run(*, fails: str = "") -> str:
    out = StringIO()
    if not fails:
        call_command("reseal", stdout=out, stderr=out)
        return out.getvalue()
    with pytest.raises(CommandError, match=fails):
        call_command("reseal", stdout=out, stderr=out)
    return out.getvalue()


def tallies() -> dict[str, Tally]:
    return {tally.label: tally for tally in reseal_all()}


def test_every_sealed_field_is_found() -> None:
    found = {f"{model._meta.label}.{one.name}" for model, own in sealed_models() for one in own}
    assert {
        "coalitions.CandidNote.body", "coalitions.Appraisal.alignment",
        "coalitions.Nomination.office", "reviews.InterviewNote.body", "reviews.Conversation.label",
    } <= found  # fmt: skip


def test_after_it_the_old_key_can_go(settings: Settings) -> None:
    note, talk = CandidNoteFactory.create(body="Naïve — wary"), InterviewNoteFactory.create()
    view, place = AppraisalFactory.create(cause=""), StandingFactory.create()
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    said = run()
    assert "coalitions.CandidNote: 1 sealed anew, 0 were already." in said
    assert "coalitions.Appraisal: 5 sealed anew, 0 were already." in said
    assert "The others can be taken out." in said
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert CandidNote.objects.get().body == "Naïve — wary"
    assert InterviewNote.objects.get(pk=talk.pk).body == talk.body
    kept = Appraisal.objects.get(pk=view.pk)
    assert (kept.cause, kept.powers, kept.alignment) == ("", view.powers, "2")
    assert type(place).objects.get(pk=place.pk).status == place.status
    assert note.pk


def test_a_second_run_changes_nothing(settings: Settings) -> None:
    note = CandidNoteFactory.create()
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    run()
    before = lying(note, "body")
    assert tallies()["coalitions.CandidNote"] == Tally("coalitions.CandidNote", 0, 1, [])
    assert lying(note, "body") == before


def test_the_moment_of_writing_stays(settings: Settings) -> None:
    with time_machine.travel(datetime(2025, 3, 1, tzinfo=UTC)):
        note = CandidNoteFactory.create()
    [old] = settings.CONFIDENTIAL_KEYS
    before = Fernet(old).extract_timestamp(lying(note, "body").encode())
    settings.CONFIDENTIAL_KEYS = [NEW, old]
    run()
    assert Fernet(NEW).extract_timestamp(lying(note, "body").encode()) == before


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_every_batch_is_reached(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    CandidNoteFactory.create_batch(count)
    monkeypatch.setattr(rotation, "BATCH", 2)
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    assert tallies()["coalitions.CandidNote"].resealed == count


def test_what_no_key_opens_is_named_and_left(settings: Settings) -> None:
    good, lost = CandidNoteFactory.create(), CandidNoteFactory.create()
    [old] = settings.CONFIDENTIAL_KEYS
    settings.CONFIDENTIAL_KEYS = [OTHER]
    CandidNote.objects.filter(pk=lost.pk).update(body="closed by another")
    before = lying(lost, "body")
    settings.CONFIDENTIAL_KEYS = [NEW, old]
    said = run(fails="No key opens 1 text")
    assert f"coalitions.CandidNote {lost.pk}, body: no key opens it." in said
    assert lying(lost, "body") == before
    assert "gAAAA" not in said
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert CandidNote.objects.get(pk=good.pk).body == good.body


def test_what_was_moved_from_elsewhere_is_left_too(settings: Settings) -> None:
    note, view = CandidNoteFactory.create(), AppraisalFactory.create()
    moved = models.Value(lying(view, "cause"), output_field=models.TextField())
    CandidNote.objects.filter(pk=note.pk).update(body=moved)
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    assert f"coalitions.CandidNote {note.pk}, body" in run(fails="No key opens 1")
    assert lying(note, "body") == moved.value


@pytest.mark.parametrize(
    ("keys", "words"),
    [([], "The key is missing"), (["no key at all"], "damaged"), ([OTHER], "No key opens 1 text")],
)
def test_without_the_right_key_nothing_is_overwritten(
    settings: Settings, keys: list[str], words: str
) -> None:
    note = CandidNoteFactory.create()
    right, before = settings.CONFIDENTIAL_KEYS, lying(note, "body")
    settings.CONFIDENTIAL_KEYS = keys
    run(fails=words)
    assert lying(note, "body") == before
    settings.CONFIDENTIAL_KEYS = right
    assert CandidNote.objects.get().body == note.body


def test_what_somebody_saves_meanwhile_is_not_overwritten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading a batch and exchanging its texts."""
    note = CandidNoteFactory.create()
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    exchanged = rotation.resealed

    def while_another_saves(text: str, kind: str) -> str | None:
        CandidNote.objects.filter(pk=note.pk).update(body="Saved meanwhile.")
        return exchanged(text, kind)

    monkeypatch.setattr(rotation, "resealed", while_another_saves)
    run()
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert CandidNote.objects.get().body == "Saved meanwhile."


@pytest.mark.parametrize("times", [1, 9])
def test_what_a_program_with_the_old_key_saves_meanwhile_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    note, left = CandidNoteFactory.create(), [times]
    [old] = settings.CONFIDENTIAL_KEYS
    settings.CONFIDENTIAL_KEYS = [NEW, old]
    exchanged = rotation.resealed

    def while_another_saves(text: str, kind: str) -> str | None:
        if left[0]:
            left[0] -= 1
            settings.CONFIDENTIAL_KEYS = [old]
            CandidNote.objects.filter(pk=note.pk).update(body="With the old key.")
            settings.CONFIDENTIAL_KEYS = [NEW, old]
        return exchanged(text, kind)

    monkeypatch.setattr(rotation, "resealed", while_another_saves)
    if times > 1:
        assert "can be taken out" not in run(fails="still writes with the old key")
        return
    assert "coalitions.CandidNote: 1 more, written meanwhile." in run()
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert CandidNote.objects.get().body == "With the old key."


def test_tables_that_keep_every_row_are_guarded_again_afterwards(settings: Settings) -> None:
    view = AppraisalFactory.create()
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    run()
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match=r"append|kept"), transaction.atomic():
            Appraisal.objects.filter(pk=view.pk).update(seq=9)
    assert Appraisal.objects.get(pk=view.pk).seq == view.seq


def test_second_factors_go_along(settings: Settings) -> None:
    TOTP.activate(UserFactory.create(), SECRET)
    open_one = Authenticator.objects.create(
        user=UserFactory.create(), type="totp", data={"secret": SECRET}
    )
    codes = Authenticator.objects.create(
        user=open_one.user, type="recovery_codes",
        data={"migrated_codes": [MfaAdapter().encrypt("one"), MfaAdapter().encrypt("two")]},
    )  # fmt: skip
    settings.CONFIDENTIAL_KEYS = [NEW, *settings.CONFIDENTIAL_KEYS]
    assert tallies()["mfa.Authenticator"].resealed == 3
    settings.CONFIDENTIAL_KEYS = [NEW]
    held = Authenticator.objects.exclude(pk__in=[open_one.pk, codes.pk]).get().data["secret"]
    assert MfaAdapter().decrypt(held) == SECRET
    assert Authenticator.objects.get(pk=open_one.pk).data == {"secret": SECRET}
    kept = Authenticator.objects.get(pk=codes.pk).data["migrated_codes"]
    assert [MfaAdapter().decrypt(code) for code in kept] == ["one", "two"]


def test_a_second_factor_that_no_key_opens_is_named(settings: Settings) -> None:
    TOTP.activate(UserFactory.create(), SECRET)
    row = Authenticator.objects.get()
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert f"mfa.Authenticator {row.pk}, data" in run(fails="No key opens 1")
    assert Authenticator.objects.get().data == row.data
    with pytest.raises(SealedError):
        MfaAdapter().decrypt(row.data["secret"])
