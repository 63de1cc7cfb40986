"""A stored figure is corrected only with a reason."""

import pandas as pd

from aspirations.intake.faults import SHOWN, Fault, Refused
from people.services import LEAST, is_reason

REMEDY = f"Say why, in {LEAST} characters or more (--reason), or take the row out."


def refuse_unexplained(both: pd.DataFrame, file_name: str, reason: str) -> None:
    """Refuse the whole file, naming the first rows that would correct a figure without a reason.

    Every stored figure is final: what fills a gap needs no reason, what replaces a value does.
    `both` is as `compare` leaves it.
    """
    if is_reason(reason) or not both["corrects"].any():
        return
    corrected = both[both["corrects"]]
    first = corrected.nsmallest(SHOWN, "row")
    faults = [unexplained(row) for row in first.to_dict("records")]
    raise Refused(file_name, faults, count=len(corrected))


def unexplained(row: dict[str, object]) -> Fault:
    value = "" if pd.isna(row["value"]) else f"{row['value']:.12g}"
    problem = (
        "has other parts than the figure that is stored, without a reason"
        if row["value"] == row["old_value"]
        else f"would replace {row['old_value']:.12g}, which is stored, without a reason"
    )
    return Fault(int(str(row["row"])), "value", value, problem, REMEDY)
