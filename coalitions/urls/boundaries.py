"""Addresses of working together across boundaries, beneath /<system>/coalitions/<aspiration>/."""

from django.urls import path

from coalitions.views import boundaries

urlpatterns = [
    path("boundaries/", boundaries.boundaries, name="boundaries"),
    path("boundaries/entry-point/", boundaries.edit_entry_point, name="edit_entry_point"),
]
