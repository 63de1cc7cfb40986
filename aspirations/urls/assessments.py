"""/<system>/assessments/…: rounds of human judgment and their sheets; views of one metric."""

from django.urls import path

from aspirations.views import (
    assessment_doubts,
    assessment_sheets,
    assessments,
    metric_assessments,
    moderation,
)

urlpatterns = [
    path("", assessments.assessments, name="assessments"),
    path("new/", assessments.open_assessment_round, name="open_assessment_round"),
    path("<int:pk>/", assessments.assessment_round, name="assessment_round"),
    path("<int:pk>/close/", assessments.close_assessment_round, name="close_assessment_round"),
    path("<int:pk>/moderate/", moderation.moderate_assessments, name="moderate_assessments"),
    path("<int:pk>/lock/", moderation.lock_assessment_round, name="lock_assessment_round"),
    path(
        "<int:pk>/sheets/<slug:aspiration>/",
        assessment_sheets.assessment_sheet,
        name="assessment_sheet",
    ),
    path(
        "views/<int:pk>/challenge/",
        assessment_doubts.challenge_assessment,
        name="challenge_assessment",
    ),
    path(
        "challenges/<int:pk>/answer/", assessment_doubts.answer_challenge, name="answer_challenge"
    ),
]
# Beneath a metric: /<system>/metrics/<metric>/…
of_metrics = [
    path(
        "<slug:metric>/assessments/new/",
        metric_assessments.record_assessment,
        name="record_assessment",
    ),
    path("<slug:metric>/judgments/", metric_assessments.metric_judgments, name="metric_judgments"),
]
