"""Findings, implications, actions, and releasing them."""

from django.urls import path

from reviews.views import actions, conclusions, findings, implications, releasing

urlpatterns = [
    path("<int:pk>/findings/", findings.findings, name="findings"),
    path("<int:pk>/findings/new/", findings.add_finding, name="add_finding"),
    path("<int:pk>/findings/<int:finding>/edit/", findings.edit_finding, name="edit_finding"),
    path(
        "<int:pk>/findings/<int:finding>/withdraw/",
        findings.withdraw_finding,
        name="withdraw_finding",
    ),
    path(
        "<int:pk>/findings/<int:finding>/implications/new/",
        implications.add_implication,
        name="add_implication",
    ),
    path(
        "<int:pk>/implications/<int:implication>/edit/",
        implications.edit_implication,
        name="edit_implication",
    ),
    path(
        "<int:pk>/implications/<int:implication>/withdraw/",
        implications.withdraw_implication,
        name="withdraw_implication",
    ),
    path(
        "<int:pk>/implications/<int:implication>/actions/new/",
        actions.add_review_action,
        name="add_review_action",
    ),
    path(
        "<int:pk>/actions/<int:action>/edit/", actions.edit_review_action, name="edit_review_action"
    ),
    path(
        "<int:pk>/actions/<int:action>/settle/",
        actions.settle_review_action,
        name="settle_review_action",
    ),
    path("<int:pk>/conclusions/new/", conclusions.add_conclusion, name="add_conclusion"),
    path(
        "<int:pk>/conclusions/<int:conclusion>/edit/",
        conclusions.edit_conclusion,
        name="edit_conclusion",
    ),
    path(
        "<int:pk>/conclusions/<int:conclusion>/withdraw/",
        conclusions.withdraw_conclusion,
        name="withdraw_conclusion",
    ),
    path("<int:pk>/release/", releasing.release_results, name="release_results"),
]
