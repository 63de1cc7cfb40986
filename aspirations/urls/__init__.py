"""Addresses of the room, all within a system: /<system>/…"""

from typing import Any

from django.urls import include, path

from aspirations.urls import (
    aspirations,
    assessments,
    definitions,
    metrics,
    places,
    policies,
    trajectories,
)

# What is made and edited comes first: its addresses end in words that no slug may be.
PARTS = {
    "": definitions, "aspirations/": aspirations, "metrics/": metrics,
    "trajectories/": trajectories, "assessments/": assessments,
}  # fmt: skip
system: list[Any] = [path(start, include(part.urlpatterns)) for start, part in PARTS.items()]
system += [path("metrics/", include(assessments.of_metrics))]
system += [*places.urlpatterns, *policies.urlpatterns]
