"""The rows of the room, split by noun."""

from aspirations.models.aspirations import Aspiration, Placement
from aspirations.models.commitments import Commitment
from aspirations.models.interventions import Effect, Intervention, Overlap
from aspirations.models.judgments import Judgment, Light, Policy
from aspirations.models.metrics import Definition, Metric, Segment
from aspirations.models.observations import Import, Observation, ObservationRevision
from aspirations.models.quality import DataQuality
from aspirations.models.series import Series
from aspirations.models.trajectories import Baseline, Rebase, Target, Trajectory

__all__ = [
    "Aspiration",
    "Baseline",
    "Commitment",
    "DataQuality",
    "Definition",
    "Effect",
    "Import",
    "Intervention",
    "Judgment",
    "Light",
    "Metric",
    "Observation",
    "ObservationRevision",
    "Overlap",
    "Placement",
    "Policy",
    "Rebase",
    "Segment",
    "Series",
    "Target",
    "Trajectory",
]
