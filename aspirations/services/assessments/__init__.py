"""What people judge: rounds, sheets, moderation, and short views of one metric.

    round = open_round(system=…, title="March 2026", due=…, assessors=[…], actor=leader)
    write_sheet(round=round, aspiration=…, author=…, values={"light": "AG", …}, send=True)
    close_round(round=round, reason="…", actor=leader)
    moderate(round=round, aspiration=…, values={"light": "AG", "rank": 1, …}, actor=leader)
    lock_round(round=round, actor=leader)
    record_view(metric=…, author=…, values={"light": "R", "reason": "…"})

`at` gives what is entered of the past its moment; no page passes it.
"""

from aspirations.services.assessments.computed import Computed, aspiration_light, metric_light
from aspirations.services.assessments.moderation import lock_round, moderate, moderate_all
from aspirations.services.assessments.owed import Owed, may_be_asked, progress, to_write
from aspirations.services.assessments.rounds import close_round, open_round
from aspirations.services.assessments.sheets import record_view, write_sheet
from aspirations.services.challenges import answer, challenge

__all__ = [
    "Computed", "Owed", "answer", "aspiration_light", "challenge", "close_round", "lock_round",
    "may_be_asked", "metric_light", "moderate", "moderate_all", "open_round", "progress",
    "record_view", "to_write", "write_sheet",
]  # fmt: skip
