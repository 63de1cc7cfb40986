"""The rows of the room, split by noun."""

from aspirations.models.aspirations import Aspiration, Placement, Wording
from aspirations.models.assessment_rounds import AssessmentRound, Assessor
from aspirations.models.assessments import Assessment
from aspirations.models.benchmarks import Benchmark
from aspirations.models.challenges import Challenge
from aspirations.models.commitments import Commitment
from aspirations.models.events import Event
from aspirations.models.headlines import Headline
from aspirations.models.interventions import Effect, Intervention, Overlap
from aspirations.models.judgments import Judgment, Light, Policy
from aspirations.models.metrics import Definition, Metric, Segment
from aspirations.models.observations import Import, Observation, ObservationRevision
from aspirations.models.quality import DataQuality
from aspirations.models.quality_reviews import QualityRating, QualityReview
from aspirations.models.series import Series
from aspirations.models.setting import AlignmentProbe, Consultation, Influence
from aspirations.models.trajectories import Baseline, Rebase, Target, Trajectory

__all__ = [
    "AlignmentProbe",
    "Aspiration",
    "Assessment",
    "AssessmentRound",
    "Assessor",
    "Baseline",
    "Benchmark",
    "Challenge",
    "Commitment",
    "Consultation",
    "DataQuality",
    "Definition",
    "Effect",
    "Event",
    "Headline",
    "Import",
    "Influence",
    "Intervention",
    "Judgment",
    "Light",
    "Metric",
    "Observation",
    "ObservationRevision",
    "Overlap",
    "Placement",
    "Policy",
    "QualityRating",
    "QualityReview",
    "Rebase",
    "Segment",
    "Series",
    "Target",
    "Trajectory",
    "Wording",
]
