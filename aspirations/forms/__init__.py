"""What people fill in on the pages of the room; one module for each noun."""

from aspirations.forms.policies import Asked, PolicyForm
from aspirations.forms.rebases import ReasonForm, RebaseForm

__all__ = ["Asked", "PolicyForm", "ReasonForm", "RebaseForm"]
