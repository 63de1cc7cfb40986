"""Addresses of the room, beneath `systems/<system>/`."""

from django.urls import URLPattern, path

from aspirations.api.definitions import Aspirations, Metrics, Segments, SeriesRows
from aspirations.api.interventions import Interventions
from aspirations.api.judgments import Judgments
from aspirations.api.observations import Observations
from aspirations.api.plans import Targets, Trajectories
from aspirations.api.tracks import Tracks
from people.api.rows import Rows

READ_BY = {"pk": "<int:pk>", "slug": "<slug:slug>"}


def both(word: str, one: str, view: type[Rows]) -> list[URLPattern]:
    """The list under its word, and the detail under its key."""
    beneath = f"systems/<slug:system>/{word}/"
    key = READ_BY[view.lookup_field]
    return [
        path(beneath, view.as_view({"get": "list"}), name=word),
        path(f"{beneath}{key}/", view.as_view({"get": "retrieve"}), name=one),
    ]


routes = [
    *both("aspirations", "aspiration", Aspirations),
    *both("metrics", "metric", Metrics),
    *both("segments", "segment", Segments),
    *both("series", "one-series", SeriesRows),
    path(
        "systems/<slug:system>/series/<int:pk>/track/",
        Tracks.as_view({"get": "retrieve"}),
        name="track",
    ),
    *both("observations", "observation", Observations),
    *both("judgments", "judgment", Judgments),
    *both("targets", "target", Targets),
    *both("trajectories", "trajectory", Trajectories),
    *both("interventions", "intervention", Interventions),
]
