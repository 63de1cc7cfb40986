"""What `check --deploy` says of an installation, beyond Django's own words."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


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
