"""The pages of what was promised, how it goes, and the rules that say so."""

from aspirations.views.metrics import metric, metric_csv, rebase, withdraw_rebase
from aspirations.views.policies import policy

__all__ = ["metric", "metric_csv", "policy", "rebase", "withdraw_rebase"]
