"""/<system>/aspirations/…: aspirations, how they came about and how good they are."""

from django.urls import URLPattern, path

from aspirations.views import aspiration_acts as acts
from aspirations.views import aspirations as pages

ONE = "<slug:aspiration>/"

urlpatterns: list[URLPattern] = [
    path("", pages.aspirations, name="aspirations"),
    path("new/", pages.new_aspiration, name="new_aspiration"),
    path(ONE, pages.aspiration, name="aspiration"),
    path(f"{ONE}edit/", pages.edit_aspiration, name="edit_aspiration"),
    path(f"{ONE}metrics/", pages.place_metrics_of, name="place_metrics"),
    path(f"{ONE}retire/", acts.retire, name="retire_aspiration"),
    path(f"{ONE}reinstate/", acts.reinstate, name="reinstate_aspiration"),
    path(f"{ONE}reviews/new/", acts.add_quality_review, name="add_quality_review"),
    path(
        f"{ONE}reviews/<int:pk>/withdraw/",
        acts.withdraw_quality_review,
        name="withdraw_quality_review",
    ),
    path(f"{ONE}influences/new/", acts.add_influence, name="add_influence"),
    path(f"{ONE}influences/<int:pk>/withdraw/", acts.withdraw_influence, name="withdraw_influence"),
    path(f"{ONE}consultations/new/", acts.add_consultation, name="add_consultation"),
    path(
        f"{ONE}consultations/<int:pk>/withdraw/",
        acts.withdraw_consultation,
        name="withdraw_consultation",
    ),
    path(f"{ONE}probes/new/", acts.add_probe, name="add_probe"),
    path(f"{ONE}probes/<int:pk>/withdraw/", acts.withdraw_probe, name="withdraw_probe"),
]
