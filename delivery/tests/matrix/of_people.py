"""Rows of settings, tokens, the trail and the installation."""

from dataclasses import replace

from delivery.tests.matrix.rows import ANYONE, Row, body_of, button, form, office, page

REASON = {"reason": "Agreed with everyone concerned"}
GENERAL = {
    "version": "1", "name": "Another name", "kind": "other", "time_zone": "UTC",
    "year_starts": "1", "reporting_date": "2025-03-14", "second_factor": "nobody",
}  # fmt: skip
TOKEN = {"name": "Warehouse, nightly", "role": "viewer", "days": "90"}
SYSTEM = {
    "name": "A new land", "slug": "new-land", "kind": "other", "parent": "", "time_zone": "UTC",
    "year_starts": "1",
}  # fmt: skip

SEEN = {"seen": "viewer", **REASON}
MEMBERS, CHANGE = "members.read", "members.write"

ACCOUNT = [
    Row("account", "GET", ANYONE),
    Row("account", "POST", ANYONE, body=body_of({"name": "My office"}), ok=302),
    Row("sign_out_elsewhere", "POST", ANYONE, ok=302),
    # A role is its holder's alone to give back.
    Row("leave_system", "GET", ANYONE, keys={"pk": "role"}, only="VW"),
    Row("leave_system", "POST", ANYONE, keys={"pk": "role"}, only="VW", ok=302),
]
PEOPLE = [
    page("members", MEMBERS),
    *form("invite_member", MEMBERS, CHANGE, {"email": "new@example.org", "role": "viewer"}),
    *form("change_member", MEMBERS, CHANGE, {"role": "steward", **SEEN}, pk="member"),
    *form("remove_member", MEMBERS, CHANGE, SEEN, pk="member"),
    button("renew_invitation", MEMBERS, CHANGE, pk="invitation"),
    button("withdraw_invitation", MEMBERS, CHANGE, pk="invitation"),
    replace(
        button("decide_appointment", MEMBERS, "appointment.decide", pk="appointment"),
        body=body_of({"answer": "accept"}),
    ),
]
SETTINGS = [
    *form("settings", "settings.read", "system.write", GENERAL, read=True),
    *form("settings_words", "settings.read", "system.write", {"version": "1"}, read=True),
]
TOKENS = [
    page("tokens", "token.read"),
    *form("make_token", "token.read", "token.write", TOKEN, ok=200),
    *form("revoke_token", "token.read", "token.revoke", {}, key="token"),
]
TRAIL = [
    page("trail", "trail.read"),
    button("trail_export", "trail.read", "trail.export"),
    Row("trail_exports", "GET", ("trail.read",), "trail.export", {"system": "slug"}),
    # A file is its asker's alone.
    replace(page("trail_export_file", "trail.export", pk="export"), only="DL"),
]
INSTALLATION = [
    *office("installation"),
    *office("installation_trail"),
    *office("new_system", SYSTEM),
    *office("place_system", {"version": "1", "parent": "", **REASON}, system="slug"),
    *office("installation_people"),
    *office("installation_person", pk="person"),
    *office("change_account", REASON, pk="person", act="act"),
]
