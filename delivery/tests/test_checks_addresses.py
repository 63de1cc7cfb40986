"""Where people and the organisation's sign-in find an installation: guessed, told and warned of."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as conf

from delivery.checks import addresses

READ = """
import json
from delivery import settings as s
directives = s.CONTENT_SECURITY_POLICY["DIRECTIVES"]
print(json.dumps([s.BASE_URL, s.BASE_URL_IS_SET, s.OIDC, directives["form-action"]]))
"""


def settings_with(**env: str) -> list[Any]:
    """Address, whether it was told, the provider, and where forms may lead."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("OIDC_")}
    ours |= {"HTTPS": "true", "BASE_URL": "", "DEBUG": "false", **env}
    done = subprocess.run(
        [sys.executable, "-c", READ], env=ours, cwd=conf.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(
    ("env", "address", "told"),
    [({"ALLOWED_HOSTS": "*,.example.org,h.example.org"}, "https://h.example.org", False),
     ({"BASE_URL": "https://h.example.org/"}, "https://h.example.org/", True),
     ({"HTTPS": "false", "PORT": "8010"}, "http://localhost:8010", False)],
)  # fmt: skip
def test_links_in_mails_begin_with(env: dict[str, str], address: str, told: bool) -> None:
    assert settings_with(**env)[:2] == [address, told]


def test_forms_lead_to_ourselves_and_to_the_provider_alone() -> None:
    assert settings_with()[2:] == [{}, ["'self'"]]
    provider = {"OIDC_ISSUER": "https://login.example.org/tenant/v2", "OIDC_CLIENT_ID": "headway"}
    told, forms = settings_with(**provider, OIDC_ORIGINS="https://mfa.example.org")[2:]
    assert told["client_id"] == "headway"
    assert told["name"] == "your organisation"
    assert forms == ["'self'", "https://login.example.org", "https://mfa.example.org"]


CASES = [
    (True, {}, []),
    (False, {}, ["headway.W003"]),
    (True, {"issuer": "https://login.example.org"}, []),
    (True, {"issuer": "http://login.example.org"}, ["headway.W004"]),
]


@pytest.mark.parametrize(("is_set", "oidc", "found"), CASES)
def test_a_guess_and_an_open_line_are_named(
    monkeypatch: pytest.MonkeyPatch, is_set: bool, oidc: dict[str, str], found: list[str]
) -> None:
    told = SimpleNamespace(BASE_URL="https://x", BASE_URL_IS_SET=is_set, OIDC=oidc)
    monkeypatch.setattr("delivery.checks.settings", told)
    assert [message.id for message in addresses()] == found
