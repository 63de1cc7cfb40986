"""Addresses of capacity reviews, within a system: /<system>/capacity/…"""

from django.urls import path

from reviews.views import moves, notes, participants, rounds

urlpatterns = [
    path("", rounds.capacity, name="capacity"),
    path("new/", rounds.new_round, name="new_round"),
    path("<int:pk>/", rounds.review, name="review"),
    path("<int:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("<int:pk>/open/", moves.open_round, name="open_round"),
    path("<int:pk>/close/", moves.close_round, name="close_round"),
    path("<int:pk>/reopen/", moves.reopen_round, name="reopen_round"),
    path("<int:pk>/people/new/", participants.name_participant, name="name_participant"),
    path(
        "<int:pk>/people/<int:part>/remove/",
        participants.remove_participant,
        name="remove_participant",
    ),
    path("<int:pk>/notes/", notes.interview_notes, name="interview_notes"),
]
