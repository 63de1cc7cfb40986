"""The command that takes the pictures of the documents."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command

from delivery.management.commands import screenshots


@pytest.mark.django_db
def test_pictures_without_the_demonstration_are_refused_with_the_remedy() -> None:
    with pytest.raises(CommandError, match=r"not loaded.*seed_demo"):
        screenshots.demo_viewer()


def test_pictures_without_a_browser_are_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(CommandError, match="set CHROMIUM"):
        screenshots.chromium()
    monkeypatch.setattr(screenshots, "sync_playwright", None)
    with pytest.raises(CommandError, match="setup --dev"):
        screenshots.browser_library()


@pytest.mark.browser
def test_pictures_are_taken_from_the_demonstration(
    child_environment: dict[str, str], tmp_path: Path
) -> None:
    call_command("seed_demo")
    command = [sys.executable, "manage.py", "screenshots", "--out", str(tmp_path)]
    subprocess.run(command, cwd=settings.BASE_DIR, env=child_environment, check=True, timeout=120)
    for name in screenshots.PAGES:
        picture = (tmp_path / f"{name}.png").read_bytes()
        assert picture.startswith(screenshots.SIGNATURE)
        assert struct.unpack(">II", picture[16:24]) == (screenshots.WIDTH, screenshots.HEIGHT)
        pixels = b"".join(data for kind, data in screenshots.chunks(picture) if kind == b"IDAT")
        assert len(pixels) > 20_000
    assert not Session.objects.exists()
