"""Two questions a supervisor asks: are you alive, and are you ready to serve?"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from kombu import Connection

log = logging.getLogger(__name__)


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def shared_cache() -> None:
    cache.set("readyz", "ready", 10)
    if cache.get("readyz") != "ready":
        raise RuntimeError("the cache forgets")


def broker() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(
        settings.CELERY_BROKER_URL, transport_options=options, connect_timeout=2
    ) as link:
        link.ensure_connection(max_retries=0)


def migrations() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError(f"migrations wait on {DEFAULT_DB_ALIAS}")


CHECKS: dict[str, Callable[[], None]] = {
    "database": database,
    "cache": shared_cache,
    "broker": broker,
    "migrations": migrations,
}


@login_not_required
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"})


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Each thing a page needs, and whether it is there. Says which failed, never why."""
    states = {name: state(name, check) for name, check in CHECKS.items()}
    good = all(value == "ready" for value in states.values())
    body = {"status": "ready" if good else "not ready", "checks": states}
    return JsonResponse(body, status=200 if good else 503)


def state(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception as problem:
        log.warning("Not ready: %s (%s)", name, problem)
        return "not ready"
    return "ready"
