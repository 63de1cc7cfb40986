"""Addresses of the lists that people make by themselves, within a coalition."""

from django.urls import path

from coalitions.views import lists

urlpatterns = [
    path("list/", lists.own_list, name="own_list"),
    path("list/<int:pk>/remove/", lists.remove_nomination, name="remove_nomination"),
    path("list/send/", lists.send_own_list, name="send_own_list"),
    path("lists/", lists.pool_lists, name="pool_lists"),
]
