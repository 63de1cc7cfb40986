"""One's own sheet."""

from django.urls import path

from reviews.views import scoring

urlpatterns = [
    path("<int:pk>/score/", scoring.score_sheet, name="score_sheet"),
    path("<int:pk>/score/finish/", scoring.finish_scores, name="finish_scores"),
    path("<int:pk>/score/take-back/", scoring.take_back_scores, name="take_back_scores"),
    path("<int:pk>/score/elements/<slug:code>/", scoring.score_element, name="score_element"),
]
