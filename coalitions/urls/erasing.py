"""Addresses of what is held about one candidate, and of its erasure."""

from django.urls import path

from coalitions.views import erasing

urlpatterns = [
    path("candidates/<int:number>/record/", erasing.candidate_record, name="candidate_record"),
    path("candidates/<int:number>/erase/", erasing.erase_candidate, name="erase_candidate"),
]
