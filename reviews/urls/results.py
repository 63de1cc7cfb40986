"""What a closed round says."""

from django.urls import path

from reviews.views import agreeing, comparing, results

urlpatterns = [
    path("<int:pk>/results/", results.results, name="results"),
    path("<int:pk>/results/meeting/", results.meeting, name="meeting"),
    path("<int:pk>/results/report/", results.report, name="report"),
    path("<int:pk>/results/comparison/", comparing.comparison, name="comparison"),
    path("<int:pk>/results/elements/<slug:code>/", results.result, name="result"),
    path("<int:pk>/results/elements/<slug:code>/agree/", agreeing.agree_score, name="agree_score"),
]
