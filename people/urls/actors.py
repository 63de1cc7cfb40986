"""Addresses of the actors of a system and how they are related."""

from django.urls import URLPattern, path

from people.views import actors

fixed: list[URLPattern] = []
system = [
    path("actors/", actors.actors, name="actors"),
    path("actors/new/", actors.new_actor, name="new_actor"),
    path("actors/<int:pk>/", actors.edit_actor, name="edit_actor"),
    path("actors/<int:pk>/retire/", actors.retire_actor, name="retire_actor"),
    path("actors/<int:pk>/reinstate/", actors.reinstate_actor, name="reinstate_actor"),
    path("actors/relations/new/", actors.add_relation, name="add_relation"),
    path("actors/relations/<int:pk>/remove/", actors.remove_relation, name="remove_relation"),
]
