"""Rounds, their plan and their people."""

from django.urls import path

from reviews.views import about, links, moves, participants, plan, rounds

urlpatterns = [
    path("", rounds.capacity, name="capacity"),
    path("about/<slug:aspiration>/", about.reviews_about, name="reviews_about"),
    path("new/", rounds.new_round, name="new_round"),
    path("<int:pk>/", rounds.review, name="review"),
    path("<int:pk>/edit/", rounds.edit_round, name="edit_round"),
    path("<int:pk>/open/", moves.open_round, name="open_round"),
    path("<int:pk>/close/", moves.close_round, name="close_round"),
    path("<int:pk>/reopen/", moves.reopen_round, name="reopen_round"),
    path("<int:pk>/people/new/", participants.name_participant, name="name_participant"),
    path("<int:pk>/people/guests/new/", participants.invite_guest, name="invite_guest"),
    path(
        "<int:pk>/people/<int:part>/remove/",
        participants.remove_participant,
        name="remove_participant",
    ),
    path("<int:pk>/people/<int:part>/link/", links.send_link, name="send_link"),
    path("<int:pk>/people/remind/", links.remind_raters, name="remind_raters"),
    path("<int:pk>/plan/", plan.review_plan, name="review_plan"),
    path("<int:pk>/plan/<int:step>/edit/", plan.edit_step, name="edit_step"),
    path("<int:pk>/plan/<int:step>/done/", plan.finish_step, name="finish_step"),
]
