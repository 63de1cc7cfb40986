"""What people fill in about capacity reviews."""

from reviews.forms.participants import ParticipantForm
from reviews.forms.rounds import RoundForm

__all__ = ["ParticipantForm", "RoundForm"]
