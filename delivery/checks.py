"""What `check --deploy` says of an installation, beyond Django's own words."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from people.confidential.sealing import SealedError, box


@register(Tags.database, deploy=True)
def production_services(**_: Any) -> list[CheckMessage]:
    """SQLite and the queue of files are for trials and small teams."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Warning(
                "Headway runs on SQLite.",
                hint="Set DATABASE_URL to a PostgreSQL database for more than a trial.",
                id="headway.W001",
            )
        )
    if not settings.REDIS_URL:
        found.append(
            Warning(
                "Jobs are queued in files.",
                hint="Set REDIS_URL to a Redis server for more than a trial.",
                id="headway.W002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def confidential_key(**_: Any) -> list[CheckMessage]:
    """Without a key that works nobody can write or open interview notes and coalitions."""
    try:
        box()
    except SealedError as problem:
        return [
            Error(
                f"Confidential texts cannot be kept or opened. {problem}",
                hint="Set CONFIDENTIAL_KEYS or CONFIDENTIAL_KEYS_FILE; docs/confidential.md says "
                "how to make a key.",
                id="headway.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def addresses(**_: Any) -> list[CheckMessage]:
    """Where people and the organisation's sign-in find this installation, and safely."""
    found: list[CheckMessage] = []
    if not settings.BASE_URL_IS_SET:
        found.append(
            Warning(
                f"Links in mails lead to {settings.BASE_URL}, which is a guess.",
                hint="Set BASE_URL to the address people use, such as https://headway.example.org.",
                id="headway.W003",
            )
        )
    issuer = settings.OIDC.get("issuer", "https://")
    if not issuer.startswith("https://"):
        found.append(
            Warning(
                f"The organisation’s sign-in, {issuer}, is asked without encryption.",
                hint="Set OIDC_ISSUER to an address that begins with https://.",
                id="headway.W004",
            )
        )
    return found
