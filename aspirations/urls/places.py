"""/<system>/places/: places side by side."""

from django.urls import path

from aspirations.views import places

urlpatterns = [
    path("places/", places.places, name="places"),
    path("places/places.csv", places.places_csv, name="places_csv"),
]
