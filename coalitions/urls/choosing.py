"""Addresses of choosing a group, beneath /<system>/coalitions/<aspiration>/."""

from django.urls import path

from coalitions.views import choosing

urlpatterns = [
    path("choose/", choosing.choose_group, name="choose_group"),
    path("choose/check/", choosing.check_group, name="check_group"),
]
