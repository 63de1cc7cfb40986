"""/<system>/metrics/…: a metric, its figures and its stretches."""

from django.urls import path

from aspirations.views import metrics, rebases

urlpatterns = [
    path("<slug:metric>/", metrics.metric, name="metric"),
    path("<slug:metric>/trajectory/", metrics.metric_trajectory, name="metric_trajectory"),
    path("<slug:metric>/definition/", metrics.metric_definition, name="metric_definition"),
    path("<slug:metric>/data/", metrics.metric_data, name="metric_data"),
    path("<slug:metric>/track.csv", metrics.metric_csv, name="metric_csv"),
    path("<slug:metric>/segments.csv", metrics.metric_segments_csv, name="metric_segments_csv"),
    path("<slug:metric>/gap.csv", metrics.metric_gap_csv, name="metric_gap_csv"),
    path("<slug:metric>/plan.csv", metrics.plan_csv, name="plan_csv"),
    path("<slug:metric>/rebase/", rebases.rebase, name="rebase"),
    path(
        "<slug:metric>/rebases/<int:pk>/withdraw/", rebases.withdraw_rebase, name="withdraw_rebase"
    ),
]
