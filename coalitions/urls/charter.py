"""Addresses of what a coalition is for, beneath /<system>/coalitions/<aspiration>/."""

from django.urls import path

from coalitions.views import charter

urlpatterns = [
    path("charter/", charter.edit_charter, name="edit_charter"),
    path("settings/", charter.edit_coalition, name="edit_coalition"),
]
