"""/<system>/…: metrics, segments, events and figures, made and edited."""

from django.urls import path

from aspirations.views import benchmarks, definitions, events, figures, quality, segments

METRIC = "metrics/<slug:metric>/"

urlpatterns = [
    path("metrics/", definitions.metrics, name="metrics"),
    path("metrics/new/", definitions.new_metric, name="new_metric"),
    path(f"{METRIC}edit/", definitions.edit_metric, name="edit_metric"),
    path(f"{METRIC}retire/", definitions.retire, name="retire_metric"),
    path(f"{METRIC}reinstate/", definitions.reinstate, name="reinstate_metric"),
    path(f"{METRIC}figures/", figures.figures, name="enter_figures"),
    path(f"{METRIC}figures/template.csv", figures.figures_template, name="figures_template"),
    path(f"{METRIC}quality/", quality.rate_quality, name="rate_quality"),
    path(f"{METRIC}events/new/", events.add_event, name="add_event"),
    path(f"{METRIC}events/<int:pk>/done/", events.finish_milestone, name="finish_milestone"),
    path(f"{METRIC}events/<int:pk>/withdraw/", events.withdraw_event, name="withdraw_event"),
    path(f"{METRIC}benchmarks/new/", benchmarks.add_benchmark, name="add_benchmark"),
    path(
        f"{METRIC}benchmarks/<int:pk>/withdraw/",
        benchmarks.withdraw_benchmark,
        name="withdraw_benchmark",
    ),
    path("segments/", segments.segments, name="segments"),
    path("segments/new/", segments.new_segment, name="new_segment"),
    path("segments/<int:pk>/edit/", segments.edit_segment, name="edit_segment"),
]
