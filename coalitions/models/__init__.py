"""Guiding coalitions: who could clear the path of an aspiration, who does, and what comes of it."""

from coalitions.models.boundaries import EntryPoint
from coalitions.models.building import (
    Barrier,
    Circle,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
    Vacancy,
)
from coalitions.models.candidates import (
    Appraisal,
    Candidate,
    Difficulty,
    Level,
    Power,
    Standing,
    Status,
)
from coalitions.models.coalitions import (
    CandidNote,
    Charter,
    Coalition,
    Delegate,
    WithinCoalitionQuerySet,
    coalitions_naming,
)
from coalitions.models.lists import Nomination, OwnList

__all__ = [
    "Appraisal", "Barrier", "CandidNote", "Candidate", "Charter", "Circle", "Coalition",
    "CommonGround", "Contact", "Delegate", "Difficulty", "EntryPoint", "Level",
    "MemberCommitment", "NextStep", "Nomination", "OwnList", "Power", "Standing", "Status",
    "Vacancy", "WithinCoalitionQuerySet", "coalitions_naming",
]  # fmt: skip
