"""Capacity reviews: rubrics, rounds, who takes part, scores, what they say and what follows."""

from reviews.models.findings import Conclusion, Finding, Implication, ReviewAction
from reviews.models.notes import Conversation, InterviewNote
from reviews.models.participants import (
    GROUPS,
    SIGNED,
    Participant,
    ParticipantQuerySet,
    ScoringLink,
)
from reviews.models.results import EVERYONE, AgreedScore, Figure, Publication
from reviews.models.rounds import Round, RoundQuerySet, Step
from reviews.models.rubrics import MOST_POINTS, Element, Rubric, RubricQuerySet
from reviews.models.scores import Score, ScoreQuerySet

__all__ = [
    "EVERYONE", "GROUPS", "MOST_POINTS", "SIGNED", "AgreedScore", "Conclusion", "Conversation",
    "Element", "Figure", "Finding", "Implication", "InterviewNote", "Participant",
    "ParticipantQuerySet", "Publication", "ReviewAction", "Round", "RoundQuerySet", "Rubric",
    "RubricQuerySet", "Score", "ScoreQuerySet", "ScoringLink", "Step",
]  # fmt: skip
