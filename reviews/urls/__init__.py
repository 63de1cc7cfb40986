"""Addresses of capacity reviews, within a system: /<system>/capacity/…, and for guests."""

from reviews.urls import conclusions, guests, notes, results, rounds, rubrics, scoring

PARTS = (rubrics, rounds, scoring, notes, results, conclusions)
urlpatterns = [route for part in PARTS for route in part.urlpatterns]
for_guests = guests.urlpatterns
