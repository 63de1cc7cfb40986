"""Addresses of trail pages."""

from django.urls import path

from people.views import exports, trail

fixed = [
    path("installation/trail/", trail.installation_trail, name="installation_trail"),
]
system = [
    path("trail/", trail.trail, name="trail"),
    path("trail/export/", exports.trail_export, name="trail_export"),
    path("trail/exports/", exports.trail_exports, name="trail_exports"),
    path("trail/exports/<int:pk>/file/", exports.trail_export_file, name="trail_export_file"),
]
