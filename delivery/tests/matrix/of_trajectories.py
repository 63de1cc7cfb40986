"""Rows of trajectories, from draft to agreement."""

from typing import Any

from aspirations.models import Intervention, Trajectory
from aspirations.services import interventions, versions
from aspirations.tests.drafts.makers import body
from delivery.tests.matrix.furniture import Things
from delivery.tests.matrix.rows import Row, body_of, page

SEE = "plan.read"
# Of another person's draft; its author needs no more than to write paths.
REVISE, WRITE, LEAD = "plan.write", "trajectory.write", "trajectory.agree"
DRAFT = {"system": "slug", "metric": "metric", "version": "draft_version"}
METRIC = {"system": "slug", "metric": "metric"}
WORK = {"system": "slug", "slug": "intervention"}
REASON = {"reason": "Agreed with everyone concerned"}
DOUBT = {"text": "Nobody has been hired for this work yet."}
ANSWER = {"outcome": "kept", "text": "They are hired from next month on."}


def found(things: Things) -> Trajectory | None:
    rows = Trajectory.objects.select_related("series__metric__system", "series__segment")
    return rows.select_related("baseline", "target").filter(pk=things["draft"]).first()


def as_it_stands(things: Things) -> dict[str, Any]:
    """What the builder sends where nothing was typed."""
    row = found(things)
    return {**body(row), **REASON} if row else REASON


def agreed(things: Things) -> dict[str, Any]:
    row = found(things)
    return {**REASON, "version": str(versions.stamp(row))} if row else REASON


def owned(things: Things) -> dict[str, Any]:
    row = Intervention.objects.filter(slug=things["intervention"]).first()
    seen = interventions.stamp(row) if row else 1
    return {
        "name": "Another name", "owner": "Early Learning", "status": "running",
        "funding": "funded", "cost": "", "version": str(seen),
    }  # fmt: skip


ROWS: list[Row] = [
    page("trajectories", SEE),
    Row("new_draft", "GET", (SEE,), WRITE, METRIC),
    Row("new_draft", "POST", (SEE,), WRITE, METRIC, ok=302),
    Row("draft", "GET", (SEE,), "", DRAFT),
    Row("preview_draft", "POST", (SEE,), REVISE, DRAFT, as_it_stands),
    Row("save_draft", "POST", (SEE,), REVISE, DRAFT, as_it_stands, 302),
    Row("send_draft", "POST", (SEE,), REVISE, DRAFT, as_it_stands, 302),
    Row("challenge_draft", "GET", (SEE,), WRITE, DRAFT),
    Row("challenge_draft", "POST", (SEE,), WRITE, DRAFT, body_of(DOUBT), 302),
    Row("answer_draft_challenge", "GET", (SEE,), REVISE, {**DRAFT, "pk": "challenge"}),
    Row("answer_draft_challenge", "POST", (SEE,), REVISE, {**DRAFT, "pk": "challenge"},
        body_of(ANSWER), 302),
    Row("agree_draft", "GET", (SEE,), LEAD, DRAFT),
    Row("agree_draft", "POST", (SEE,), LEAD, DRAFT, agreed, 302),
    Row("withdraw_draft", "GET", (SEE,), REVISE, DRAFT),
    Row("withdraw_draft", "POST", (SEE,), REVISE, DRAFT, body_of(REASON), 302),
    Row("edit_intervention", "GET", (SEE,), REVISE, WORK),
    Row("edit_intervention", "POST", (SEE,), REVISE, WORK, owned, 302),
]  # fmt: skip
