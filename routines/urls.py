"""/<system>/stocktakes/…: when stock is taken."""

from django.urls import path

from routines import views

urlpatterns = [
    path("", views.stocktakes, name="stocktakes"),
    path("new/", views.plan_stocktake, name="plan_stocktake"),
    path("<int:pk>/edit/", views.change_stocktake, name="change_stocktake"),
    path("<int:pk>/cancel/", views.cancel_stocktake, name="cancel_stocktake"),
]
