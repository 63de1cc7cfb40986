"""Confidential texts are sealed: what opens them, what does not, and that nothing is told."""

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from people.confidential.sealing import MARK, SealedError, seal, unseal

KIND, TEXT = "reviews.InterviewNote.body", "Wary of the union leader — naïve"
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.CONFIDENTIAL_KEYS = [OLD]


@pytest.mark.parametrize(
    "text",
    [TEXT, "", "x" * 10_000, "with \x1f the divider", "line\nline", "ends \x03\0", "\x03"],
)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    sealed = seal(text, KIND)
    assert sealed.startswith(MARK)
    assert unseal(sealed, KIND) == text


def test_nothing_of_a_text_shows_and_twice_is_never_the_same() -> None:
    first, second = seal(TEXT, KIND), seal(TEXT, KIND)
    assert first != second
    assert "union" not in first
    assert "InterviewNote" not in first


@pytest.mark.parametrize("text", ["1", "excluded", TEXT, "é" * 200])
def test_its_length_does_not_tell_whether_something_is_written(text: str) -> None:
    assert len(seal(text, KIND)) == len(seal("", KIND))


def test_a_new_key_in_front_encrypts_and_the_old_one_still_opens(settings: Settings) -> None:
    before = seal(TEXT, KIND)
    settings.CONFIDENTIAL_KEYS = [NEW, OLD]
    assert unseal(before, KIND) == TEXT
    after = seal(TEXT, KIND)
    settings.CONFIDENTIAL_KEYS = [NEW]
    assert unseal(after, KIND) == TEXT
    with pytest.raises(SealedError):
        unseal(before, KIND)


def test_another_key_opens_nothing_and_says_nothing(settings: Settings) -> None:
    sealed = seal(TEXT, KIND)
    settings.CONFIDENTIAL_KEYS = [NEW]
    with pytest.raises(SealedError, match="not among those") as fault:
        unseal(sealed, KIND)
    assert_tells_nothing(fault.value, sealed)


def test_without_a_key_nothing_is_closed_or_opened(settings: Settings) -> None:
    sealed = seal(TEXT, KIND)
    settings.CONFIDENTIAL_KEYS = []
    with pytest.raises(SealedError, match="missing"):
        seal(TEXT, KIND)
    with pytest.raises(SealedError, match="missing"):
        unseal(sealed, KIND)


@pytest.mark.parametrize(
    "key", ["short", OLD[:-2], "ü" * 44, "=" * 44], ids=["short", "cut", "foreign", "padding"]
)
def test_a_damaged_key_is_said_without_showing_it(settings: Settings, key: str) -> None:
    settings.CONFIDENTIAL_KEYS = [NEW, key]
    with pytest.raises(SealedError, match="damaged") as fault:
        seal(TEXT, KIND)
    assert key not in f"{fault.value!r}{fault.value.__cause__!r}"


def test_a_text_cannot_be_moved_to_another_field() -> None:
    sealed = seal(TEXT, "coalitions.CandidNote.body")
    with pytest.raises(SealedError, match="moved") as fault:
        unseal(sealed, KIND)
    assert_tells_nothing(fault.value, sealed)


def test_a_changed_text_is_refused() -> None:
    sealed = seal(TEXT, KIND)
    middle = len(sealed) // 2
    other = "A" if sealed[middle] != "A" else "B"
    with pytest.raises(SealedError):
        unseal(sealed[:middle] + other + sealed[middle + 1 :], KIND)


@pytest.mark.parametrize("broken", ["", "gAAAA", TEXT, "gAAAA" + "ü" * 90])
def test_what_was_never_sealed_is_refused(broken: str) -> None:
    with pytest.raises(SealedError):
        unseal(broken, KIND)


def assert_tells_nothing(fault: SealedError, sealed: str) -> None:
    told = f"{fault!r} {fault} {fault.__cause__!r} {fault.args}"
    for secret in (TEXT, "union", OLD, NEW, sealed):
        assert secret not in told
