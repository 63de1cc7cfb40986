"""Addresses of guiding coalitions, within a system: /<system>/coalitions/…"""

from django.urls import include, path

from coalitions.urls import (
    boundaries,
    building,
    candidates,
    charter,
    choosing,
    coalitions,
    erasing,
    lists,
)

PARTS = (charter, candidates, choosing, lists, building, boundaries, erasing)
within = [route for part in PARTS for route in part.urlpatterns]
urlpatterns = [*coalitions.urlpatterns, path("<slug:aspiration>/", include(within))]
names = frozenset(str(route.name) for route in [*coalitions.urlpatterns, *within])
"""Every page of the room, for whoever lays them out."""
