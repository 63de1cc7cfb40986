"""Addresses of guiding coalitions, within a system: /<system>/coalitions/…"""

from django.urls import path

from coalitions.views import coalitions as views

urlpatterns = [
    path("", views.coalitions, name="coalitions"),
    path("<slug:aspiration>/", views.coalition, name="coalition"),
    path("<slug:aspiration>/start/", views.start_coalition, name="start_coalition"),
    path("<slug:aspiration>/delegates/new/", views.name_delegate, name="name_delegate"),
    path("<slug:aspiration>/delegates/<int:pk>/end/", views.end_delegate, name="end_delegate"),
]
