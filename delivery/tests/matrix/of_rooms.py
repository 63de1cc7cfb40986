"""Rows of guiding coalitions, which may name persons, and of the actors they choose from."""

from delivery.tests.matrix.rows import NOBODY, Row, Values, body_of, button, form, page

REASON = {"reason": "Agreed with everyone concerned"}
NOTE = {"body": "The deputy would help if asked."}
COALITION, WRITE, LEAD = "coalition.read", "coalition.write", "delegate.write"
ACTORS, MAP = "actor.read", "actor.write"
HERE = {"aspiration": "aspiration"}


def over(name: str, act: str, body: Values, at: Values, ok: int = 302) -> list[Row]:
    """A form over the coalition, or over what `at` names in it."""
    keys = {"system": "slug", **HERE, **at}
    return [
        Row(name, "GET", (COALITION,), act, keys, named=True),
        Row(name, "POST", (COALITION,), act, keys, body_of(body), ok, named=True),
    ]


def to_write(name: str, body: Values, **at: str) -> list[Row]:
    """For whoever it opens to."""
    return over(name, WRITE, body, at)


def to_lead(name: str, body: Values, **at: str) -> list[Row]:
    """For leaders only."""
    return over(name, LEAD, body, at)


def to_read(name: str, **keys: str) -> Row:
    return page(name, COALITION, named=True, aspiration="aspiration", **keys)


def of_work(noun: str, body: Values) -> list[Row]:
    """Adding a row of the work, and changing one."""
    sent = {**body, "version": "1"}
    return [*to_write(f"add_{noun}", sent), *to_write(f"edit_{noun}", sent, pk=noun)]


CHARTER = {"version": "1", "purpose": "Clear the way."}
SETTINGS = {
    "version": "1", "form": "team", "sphere_limit": "40", "fading_after": "30",
    "lapsed_after": "60",
}  # fmt: skip
JUDGED = {
    "version": "1", "alignment": "3", "potential": "4", "power": "3", "powers": "position",
    "main": "position",
}  # fmt: skip
PLACED = {"version": "1", "status": "left", **REASON}
PAIR = {
    "version": "1", "first": "things.actor", "second": "things.free_actor", "note": "A budget."
}  # fmt: skip
CONTACT = {
    "kind": "meeting", "held_on": "2025-03-01", "candidates": "things.candidate_key",
    "by": "Superintendent", "purpose": "Listen.",
}  # fmt: skip
COMMITMENT = {
    "candidate": "things.candidate_key", "what": "Speak.", "due": "2025-04-01", "state": "open",
}  # fmt: skip
STEP = {"what": "Ask.", "owner": "Superintendent", "due": "2025-04-01", "kind": "step"}
VACANCY = {
    "actor": "things.actor", "falls_vacant_on": "2025-06-30", "influencers": "The board.",
}  # fmt: skip
CIRCLE = {"order": "2", "name": "Principals", "state": "1"}
GROUND = {
    "version": "1", "aspiration": "4", "values_shared": "3", "strategy": "2", "approach": "1",
}  # fmt: skip
ERASED = {"why": "asked", "letter": "A"}
ACTOR = {"version": "1", "name": "Clerk", "kind": "person", "sphere": "Department"}
RELATION = {"source": "things.actor", "kind": "funding", "target": "things.free_actor"}

COALITIONS = [
    page("coalitions", COALITION, named=True),
    *to_write("coalition", NOTE),
    *form("start_coalition", LEAD, LEAD, {"form": "team"}, aspiration="alone"),
    *to_lead("name_delegate", {"user": "things.unnamed"}),
    *to_lead("end_delegate", REASON, pk="delegate"),
    *to_write("edit_charter", CHARTER),
    *to_write("edit_coalition", SETTINGS),
    *to_write("new_candidate", {"office": "things.free_actor"}),
    to_read("candidate", number="candidate"),
    *to_write("appraise_candidate", JUDGED, number="candidate"),
    *to_write("place_candidate", PLACED, number="candidate"),
    *to_write("add_difficulty", PAIR),
    *to_write("edit_difficulty", PAIR, pk="difficulty"),
    *to_write("choose_group", {"act": "keep", "on": "1", "seen": "1:1"}),
    Row("check_group", "POST", (COALITION,), keys={"system": "slug", **HERE},
        body=body_of({"on": "1"}), named=True),
    *to_write("own_list", {"office": "Clerk of the house"}),
    Row("remove_nomination", "POST", NOBODY,
        keys={"system": "slug", **HERE, "pk": "nomination"}, ok=302),
    button("send_own_list", COALITION, WRITE, named=True, aspiration="aspiration"),
    *over("pool_lists", LEAD, {"lists": ""}, {}, ok=400),
    to_read("building"),
    *of_work("contact", CONTACT),
    *of_work("commitment", COMMITMENT),
    *of_work("barrier", {"what": "A rule.", "raised_on": "2025-03-01"}),
    *of_work("next_step", STEP),
    *of_work("vacancy", VACANCY),
    *of_work("circle", CIRCLE),
    *to_write("record_common_ground", GROUND, number="candidate"),
    to_read("boundaries"),
    *to_write("edit_entry_point", {"version": "1", "what": "One list."}),
    to_read("candidate_record", number="candidate"),
    *to_lead("erase_candidate", ERASED, number="candidate"),
    page("actors", ACTORS),
    *form("new_actor", ACTORS, MAP, ACTOR),
    *form("edit_actor", ACTORS, MAP, ACTOR, pk="free_actor"),
    *form("retire_actor", ACTORS, MAP, REASON, pk="free_actor"),
    button("reinstate_actor", ACTORS, MAP, pk="retired_actor"),
    *form("add_relation", ACTORS, MAP, RELATION),
    *form("remove_relation", ACTORS, MAP, {}, pk="relation"),
]  # fmt: skip
