"""Take the pictures of the documents from the demonstration, so that they show what there is."""

import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.http import HttpRequest
from django.test.utils import override_settings

from people.models import System, User
from reviews.models import Round

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # installations that only run Headway do without it
    sync_playwright = None  # type: ignore[assignment]

SYSTEM, VIEWER = "meridian", "delivery@meridian.example"
WIDTH, HEIGHT = 1440, 900
PAGES = {
    "dashboard": f"/{SYSTEM}/",
    "metric": f"/{SYSTEM}/metrics/reading-grade-3/",
    "aspiration": f"/{SYSTEM}/aspirations/early-reading/",
    "trajectory": f"/{SYSTEM}/trajectories/reading-grade-3/drafts/2/",
    "assessments": f"/{SYSTEM}/assessments/",
    "capacity-review": f"/{SYSTEM}/capacity/{{review}}/results/",
    "coalition": f"/{SYSTEM}/coalitions/early-reading/",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
# The pictures are taken over plain HTTP, by a browser on this machine, whatever the settings say.
PLAIN = {
    "ALLOWED_HOSTS": ["127.0.0.1"],
    "SECURE_SSL_REDIRECT": False,
    "SESSION_COOKIE_SECURE": False,
    "SESSION_COOKIE_NAME": "sessionid",
    "STORAGES": {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class Command(BaseCommand):
    help = "Take the pictures of the documents from the demonstration (needs Chromium)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--out",
            type=Path,
            default=Path(settings.BASE_DIR) / "docs" / "images",
            metavar="FOLDER",
        )
        parser.add_argument("--only", choices=PAGES, help="take this one picture")

    def handle(self, *args: Any, **options: Any) -> None:
        playwright, browser = browser_library(), chromium()
        key = signed_in(demo_viewer())
        try:
            with override_settings(**PLAIN), served() as address:
                pictures = photographed(playwright, browser, address, key, places(options["only"]))
        finally:
            SessionStore(key).delete()
        options["out"].mkdir(parents=True, exist_ok=True)
        for name, picture in pictures.items():
            path = options["out"] / f"{name}.png"
            path.write_bytes(packed(picture))
            self.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


def browser_library() -> Any:
    """Playwright's way in, or what to do where it is not installed."""
    if sync_playwright is None:
        raise CommandError(
            "Playwright is not installed. Install the development packages: "
            "python3 run.py setup --dev"
        )
    return sync_playwright


def chromium() -> str:
    """Path of Chromium: $CHROMIUM where set, else the first one on the PATH."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser"]
    for found in map(shutil.which, filter(None, names)):
        if found:
            return found
    raise CommandError("Chromium is not installed. Install it, or set CHROMIUM to its path.")


def demo_viewer() -> User:
    """The person of the demonstration whose pages are shown."""
    user = User.objects.filter(email=VIEWER, memberships__system__slug=SYSTEM).first()
    if user is None or not System.objects.filter(slug=SYSTEM).exists():
        raise CommandError("The demonstration is not loaded. Load it: manage.py seed_demo")
    return user


def signed_in(user: User) -> str:
    """The key of a session of this person, proven now; nobody's password is needed."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request: Any = HttpRequest()
    request.session, request.user = session, user
    record_authentication(request, user, "password")
    session.save()
    return str(session.session_key)


class Quiet(WSGIRequestHandler):
    """Serves without a line in the log for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """The pages, served by a thread of this process on a free port."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, ipv6=False)
    server.set_app(StaticFilesHandler(WSGIHandler()))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def places(only: str | None) -> dict[str, str]:
    """Name and address of each picture, or of `only` one."""
    row = Round.objects.filter(system__slug=SYSTEM, state="closed", is_light=False).first()
    if row is None:
        raise CommandError(
            "The demonstration is of an earlier time and has no closed review. Load it anew, into "
            "an empty database: manage.py seed_demo"
        )
    found = {name: place.format(review=row.pk) for name, place in PAGES.items()}
    return {only: found[only]} if only else found


def photographed(
    playwright: Any, browser: str, address: str, key: str, places: dict[str, str]
) -> dict[str, bytes]:
    """Each page's picture as PNG, as a signed-in person sees it in the light theme."""
    pictures = {}
    with playwright() as driver:
        chrome = driver.chromium.launch(executable_path=browser, args=FLAGS)
        window = chrome.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light"
        )
        window.add_cookies([{"name": "sessionid", "value": key, "url": address}])
        for name, place in places.items():
            page = window.new_page()
            answer = page.goto(address + place, wait_until="networkidle")
            if answer.status != 200:
                raise CommandError(f"{place} answered {answer.status}; see the log above.")
            if not page.url.endswith(place):
                raise CommandError(f"{place} led elsewhere: {page.url}")
            pictures[name] = page.screenshot()
        chrome.close()
    return pictures


def packed(picture: bytes) -> bytes:
    """The same PNG, its pixels compressed as far as zlib can and its remarks left out."""
    pixels = b"".join(data for kind, data in chunks(picture) if kind == b"IDAT")
    header = next(data for kind, data in chunks(picture) if kind == b"IHDR")
    small = zlib.compress(zlib.decompress(pixels), 9)
    parts = ((b"IHDR", header), (b"IDAT", small), (b"IEND", b""))
    return SIGNATURE + b"".join(chunk(kind, data) for kind, data in parts)


def chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of each part of a PNG: length, kind, data, checksum, over and over."""
    place = len(SIGNATURE)
    while place < len(picture):
        (length,) = struct.unpack(">I", picture[place : place + 4])
        yield picture[place + 4 : place + 8], picture[place + 8 : place + 8 + length]
        place += length + 12


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
