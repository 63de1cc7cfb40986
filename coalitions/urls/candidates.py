"""Addresses of candidates of a coalition, beneath /<system>/coalitions/<aspiration>/."""

from django.urls import path

from coalitions.views import candidates

urlpatterns = [
    path("candidates/new/", candidates.new_candidate, name="new_candidate"),
    path("candidates/<int:number>/", candidates.candidate, name="candidate"),
    path(
        "candidates/<int:number>/appraise/",
        candidates.appraise_candidate,
        name="appraise_candidate",
    ),
    path("candidates/<int:number>/place/", candidates.place_candidate, name="place_candidate"),
    path("difficulties/new/", candidates.add_difficulty, name="add_difficulty"),
    path("difficulties/<int:pk>/", candidates.edit_difficulty, name="edit_difficulty"),
]
