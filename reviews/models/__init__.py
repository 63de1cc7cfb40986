"""Capacity reviews: their rounds, who takes part, and the joint team's notes."""

from reviews.models.notes import InterviewNote, InterviewNoteQuerySet
from reviews.models.participants import Participant, ParticipantQuerySet
from reviews.models.rounds import Round, RoundQuerySet

__all__ = [
    "InterviewNote", "InterviewNoteQuerySet", "Participant", "ParticipantQuerySet", "Round",
    "RoundQuerySet",
]  # fmt: skip
