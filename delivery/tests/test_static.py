"""Static files: those that live in packages are found, and all of them can be shipped."""

import re
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from pytest_django import Settings

from delivery.finders import FILES

ASKED_FOR = re.compile(r"""{% static ['"]([^'"]+)['"] %}""")


@pytest.mark.parametrize(
    ("address", "inside"), [("vendor/htmx.min.js", "htmx"), ("vendor/plotly.min.js", "Plotly")]
)
def test_a_file_of_a_package_is_found(address: str, inside: str) -> None:
    found = finders.find(address)
    assert isinstance(found, str)
    assert inside in Path(found).read_text()
    assert finders.find(address, find_all=True) == [found]


@pytest.mark.parametrize("address", ["vendor/other.js", "vendor/../vendor/htmx.min.js", "vendor/"])
def test_nothing_else_of_a_package_is(address: str) -> None:
    assert finders.find(address) is None


def test_every_file_that_a_template_asks_for_exists() -> None:
    asked = {
        address
        for page in (conf.BASE_DIR / "templates").rglob("*.html")
        for address in ASKED_FOR.findall(page.read_text())
    }
    assert len(asked) > 10, "the pattern finds too little"
    assert {address for address in asked if finders.find(address) is None} == set()


def test_files_are_collected_with_the_storage_of_production(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    for address in [*FILES, "css/base.css", "js/filters.js"]:
        hashed = staticfiles_storage.url(address).removeprefix(settings.STATIC_URL)
        assert re.search(r"\.[0-9a-f]{12}\.", hashed), f"{hashed} carries no hash"
        assert (tmp_path / hashed).read_bytes() == (tmp_path / address).read_bytes()
        assert (tmp_path / f"{hashed}.gz").exists()
