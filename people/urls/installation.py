"""Addresses of installation pages."""

from django.urls import URLPattern, path

from people.views import accounts, installation

fixed: list[URLPattern] = [
    path("installation/", installation.installation, name="installation"),
    path("installation/systems/new/", installation.new_system, name="new_system"),
    path(
        "installation/systems/<slug:system>/place/", installation.place_system, name="place_system"
    ),
    path("installation/people/", accounts.installation_people, name="installation_people"),
    path("installation/people/<int:pk>/", accounts.installation_person, name="installation_person"),
    path(
        "installation/people/<int:pk>/<slug:act>/", accounts.change_account, name="change_account"
    ),
]
system: list[URLPattern] = []
