"""/<system>/trajectories/…: paths from draft to agreement."""

from django.urls import URLPattern, path

from aspirations.views import drafts, trajectories, trajectory_steps

DRAFT = "<slug:metric>/drafts/<int:version>/"

urlpatterns: list[URLPattern] = [
    path("", trajectories.trajectories, name="trajectories"),
    path(
        "interventions/<slug:slug>/edit/", trajectories.edit_intervention, name="edit_intervention"
    ),
    path("<slug:metric>/new/", trajectories.new_draft, name="new_draft"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}preview/", drafts.preview_draft, name="preview_draft"),
    path(f"{DRAFT}save/", drafts.save_draft, name="save_draft"),
    path(f"{DRAFT}send/", drafts.send_draft, name="send_draft"),
    path(f"{DRAFT}challenge/", trajectory_steps.challenge_draft, name="challenge_draft"),
    path(
        f"{DRAFT}challenges/<int:pk>/answer/",
        trajectory_steps.answer_draft_challenge,
        name="answer_draft_challenge",
    ),
    path(f"{DRAFT}agree/", trajectory_steps.agree_draft, name="agree_draft"),
    path(f"{DRAFT}withdraw/", trajectory_steps.withdraw_draft, name="withdraw_draft"),
]
