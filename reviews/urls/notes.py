"""Interviews and focus groups."""

from django.urls import path

from reviews.views import conversations, notes, protocol

urlpatterns = [
    path("<int:pk>/notes/", notes.interview_notes, name="interview_notes"),
    path(
        "<int:pk>/notes/conversations/new/",
        conversations.new_conversation,
        name="new_conversation",
    ),
    path(
        "<int:pk>/notes/conversations/<int:talk>/",
        conversations.conversation,
        name="conversation",
    ),
    path("<int:pk>/protocol/", protocol.protocol, name="protocol"),
]
