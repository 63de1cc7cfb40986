"""The laws of the house, checked on every file, and each checker checked on a line that breaks it.

Rooms: people ← aspirations ← coalitions ∥ reviews ← learning ← routines ← delivery.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern

from delivery import urls
from delivery.testing import laws
from people import permissions

LAWS: list[laws.Law] = [
    laws.leftward,
    laws.layered,
    laws.pure,
    laws.timeless,
    laws.open_imports,
    laws.gated,
    laws.named,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_every_module_keeps_the_law(law: laws.Law) -> None:
    found = list(laws.modules(settings.BASE_DIR))
    assert len(found) > 40, f"only {len(found)} modules were read; the walk is broken"
    broken = [words for module in found for words in law(module)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("law", "name", "source"),
    [
        (laws.leftward, "people.models", "from aspirations.models import Metric"),
        (laws.leftward, "aspirations.views", "import delivery.settings"),
        (laws.leftward, "reviews.services", "from coalitions import models"),
        (laws.leftward, "coalitions.services", "import reviews"),
        (laws.leftward, "people.gate", "apps.get_model('reviews.Round')"),
        (laws.layered, "aspirations.models.metrics", "from aspirations import services"),
        (laws.layered, "aspirations.models.metrics", "from ..services import judge"),
        (laws.layered, "aspirations.services", "from aspirations.views import home"),
        (laws.layered, "reviews.services", "from aspirations.tasks import ring"),
        (laws.layered, "aspirations.intake.commit", "from aspirations.api import routes"),
        (laws.pure, "aspirations.analysis.lights", "from django.utils import timezone"),
        (laws.pure, "aspirations.charts", "import rest_framework"),
        (laws.pure, "aspirations.analysis.lights", "from aspirations.models import Metric"),
        (laws.pure, "reviews.analysis", "from reviews.charts import wheel"),
        (laws.timeless, "aspirations.analysis.periods", "as_of = date.today()"),
        (laws.open_imports, "people.apps", "def ready():\n    import people.signals"),
        (laws.open_imports, "aspirations.services", "def read():\n    import pandas"),
        (laws.gated, "aspirations.views", "rows = Metric.objects.filter(pk=1)"),
        (laws.gated, "aspirations.api", "queryset = Metric.objects"),
        (laws.gated, "aspirations.views.metrics", "rows = Metric._default_manager.all()"),
        (laws.named, "people.utils", ""),
        (laws.named, "aspirations.core.metrics", ""),
    ],
)
def test_a_broken_law_is_seen(law: laws.Law, name: str, source: str) -> None:
    assert law(laws.Module(name, source))


@pytest.mark.parametrize(
    ("law", "name", "source"),
    [
        (laws.leftward, "routines.services", "from people.models import User"),
        (laws.layered, "aspirations.views", "from aspirations import forms, services, tasks"),
        (laws.pure, "aspirations.charts", "from aspirations.analysis import periods"),
        (laws.timeless, "aspirations.services", "today = date.today()"),
        (laws.open_imports, "people.services", "import pandas"),
        (
            laws.open_imports,
            "people.services",
            "def read():\n    # two seconds to import, and only uploads need it\n    import pandas",
        ),
        (laws.gated, "aspirations.views", "rows = Metric.objects.visible_to(user).first()"),
        (laws.gated, "aspirations.services", "rows = Metric.objects.filter(pk=1)"),
    ],
)
def test_what_the_law_allows_passes(law: laws.Law, name: str, source: str) -> None:
    assert law(laws.Module(name, source)) == []


def test_foreign_keys_point_left() -> None:
    broken = []
    for model in apps.get_models():
        room = model._meta.app_label
        if room not in laws.ROOMS:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete else None
            if target is None or isinstance(target, str):
                continue
            other = target._meta.app_label
            if other in laws.ROOMS and other not in laws.ROOMS[room] | {room}:
                broken.append(f"{model._meta.label}.{field.name} points at {target._meta.label}")
    assert not broken, "\n".join(broken)


# Several actions proven in one place.
PROVEN_IN = {
    "healthz": "health", "readyz": "health", "metric": "metric_page",
    "reinstate_metric": "retire_metric",
    "new_segment": "segments", "edit_segment": "segments",
    "add_event": "events", "finish_milestone": "events", "withdraw_event": "events",
    "reinstate_aspiration": "retire_aspiration",
    "withdraw_quality_review": "add_quality_review",
    "add_influence": "setting", "withdraw_influence": "setting", "add_consultation": "setting",
    "withdraw_consultation": "setting", "add_probe": "setting", "withdraw_probe": "setting",
    "headline": "headline_page", "places_csv": "places",
}  # fmt: skip


def test_every_page_action_has_a_test_of_its_own() -> None:
    """A file `test_<action>….py` or a folder of that name, somewhere in the rooms' tests."""
    names = {route.name for route in routes_of_ours(urls.urlpatterns) if route.name}
    assert {"home", "dashboard", "metric"} <= names
    assert unproven(names) == set()
    assert unproven({"unheard_of"}) == {"unheard_of"}


def routes_of_ours(found: Iterable[Any]) -> Iterator[URLPattern]:
    """Addresses answered by the rooms' own views, however deep; those of the interface apart.

    The floor's are proven by topic, in `people/tests`.
    """
    for route in found:
        if isinstance(route, URLPattern):
            if room_of(route.callback) in set(laws.ROOMS) - {"people"}:
                yield route
        elif getattr(route, "namespace", None) != "api":
            yield from routes_of_ours(route.url_patterns)


def room_of(view: Any) -> str:
    return str(view.__module__).split(".")[0]


def unproven(names: set[str]) -> set[str]:
    places = {place.stem for place in settings.BASE_DIR.glob("*/tests/**/*")}
    proofs = {name: PROVEN_IN.get(name, name) for name in names}
    return {name for name, proof in proofs.items() if not {proof, f"test_{proof}"} & places}


def test_every_model_has_a_row_in_the_permission_table() -> None:
    ours = {model._meta.label for model in apps.get_models() if model._meta.app_label in laws.ROOMS}
    assert ours, "no models found"
    assert sorted(ours - set(permissions.MODELS)) == [], "models without a row"
    assert sorted(set(permissions.MODELS) - ours) == [], "rows without a model"


def test_every_row_names_an_action_or_says_nobody() -> None:
    unknown = {
        label: row
        for label, row in permissions.MODELS.items()
        if row not in permissions.ACTIONS and not row.startswith("nobody: ")
    }
    assert not unknown
