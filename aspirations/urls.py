"""Addresses of metrics, within a system: /<system>/metrics/…"""

from django.urls import path

from aspirations import views

urlpatterns = [
    path("<slug:metric>/", views.metric, name="metric"),
    path("<slug:metric>/track.csv", views.metric_csv, name="metric_csv"),
    path("<slug:metric>/rebase/", views.rebase, name="rebase"),
    path("<slug:metric>/rebases/<int:pk>/withdraw/", views.withdraw_rebase, name="withdraw_rebase"),
]
