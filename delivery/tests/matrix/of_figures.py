"""Rows of the front desk, of metrics and of the interface for programs."""

from delivery.tests.matrix.rows import ANYONE, NOBODY, Row, api, body_of, form, page

READING, FIGURES = "dashboard.read", "observation.read"
NEW_STRETCH = {"period": "2024-11", "reason": "Counted in another way since then"}
REASON = {"reason": "It was no new stretch after all"}
POLICY = {"version": "1", "reason": "Fewer words from here on"}

FRONT = [
    # Plain home leads on to the one page that opens; this is the list of all that do.
    Row("home", "GET", ANYONE, at="/?all=1"),
    Row("rules", "GET", ANYONE),
    Row("theme", "POST", ANYONE, body=body_of({"theme": "dark"}), ok=302),
    page("dashboard", READING),
]
METRICS = [
    page("metric", READING, metric="metric"),
    page("metric_csv", READING, metric="metric"),
    *form("rebase", READING, "plan.write", NEW_STRETCH, metric="metric"),
    *form("withdraw_rebase", READING, "plan.write", REASON, metric="metric", pk="rebase"),
    *form("policy", "plan.read", "plan.write", POLICY, read=True),
]
INTERFACE = [
    Row("api:root", "GET", ANYONE),
    Row("api:schema", "GET", ANYONE),
    Row("api:nowhere", "GET", NOBODY, at="/api/v1/no/such/thing/"),
    Row("api:systems", "GET", ANYONE),
    Row("api:system", "GET", (READING, FIGURES), keys={"system": "slug"}),
    Row(
        "api:system", "PATCH", (READING, FIGURES), "system.write", {"system": "slug"},
        body_of({"tagline": "Further each year"}), headers={"If-Match": '"1"'},
    ),
    *api("aspirations", "aspiration", READING, slug="aspiration"),
    # Who only loads figures reads what they are figures of.
    *api("metrics", "metric", READING, FIGURES, slug="metric"),
    *api("segments", "segment", READING, FIGURES, pk="segment"),
    *api("series", "one-series", READING, FIGURES, pk="series"),
    Row("api:track", "GET", (READING,), keys={"system": "slug", "pk": "series"}),
    *api("observations", "observation", FIGURES, pk="observation"),
    *api("judgments", "judgment", READING, pk="judgment"),
    *api("targets", "target", "plan.read", pk="target"),
    *api("trajectories", "trajectory", "plan.read", pk="trajectory"),
    *api("interventions", "intervention", "plan.read", slug="intervention"),
]  # fmt: skip
