"""/<system>/stocktakes/…: when stock is taken. /<system>/actions/…: who does what by when."""

from django.urls import path

from routines.views import actions, stocktakes

urlpatterns = [
    path("", stocktakes.stocktakes, name="stocktakes"),
    path("new/", stocktakes.plan_stocktake, name="plan_stocktake"),
    path("<int:pk>/edit/", stocktakes.change_stocktake, name="change_stocktake"),
    path("<int:pk>/cancel/", stocktakes.cancel_stocktake, name="cancel_stocktake"),
]
of_actions = [
    path("", actions.actions, name="actions"),
    path("<int:pk>/settle/", actions.settle_action, name="settle_action"),
]
