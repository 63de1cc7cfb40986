"""Guests, who come by a link and have no account: /invitations/review/…."""

from django.urls import path

from reviews.views import guests

urlpatterns = [
    path("", guests.guest_review, name="guest_review"),
    path("finish/", guests.finish_as_guest, name="finish_as_guest"),
    path("take-back/", guests.take_back_as_guest, name="take_back_as_guest"),
    path("leave/", guests.leave_as_guest, name="leave_as_guest"),
    path("elements/<slug:code>/", guests.guest_element, name="guest_element"),
    path("link/<str:secret>/", guests.scoring_link, name="scoring_link"),
    path("link/<str:secret>/again/", guests.renew_scoring_link, name="renew_scoring_link"),
]
