"""The people of the demonstration, and what each of them is."""

from typing import NamedTuple

from people.models import Role


class Player(NamedTuple):
    """Someone who can sign in: by office, never by name."""

    email: str
    name: str
    roles: dict[str, Role]  # by slug of the system
    office: str = ""  # as metrics and aspirations name it
    administrator: bool = False


SCHOOLS, COLLEGES, STATE = "meridian", "meridian-colleges", "meridian-state"
CAST = (
    Player("superintendent@meridian.example", "Superintendent", {SCHOOLS: Role.SYSTEM_LEADER}),
    Player("delivery@meridian.example", "Delivery Leader", {SCHOOLS: Role.DELIVERY_LEADER}),
    Player(
        "analyst@meridian.example", "Delivery Unit analyst",
        {SCHOOLS: Role.UNIT_STAFF, COLLEGES: Role.VIEWER},
    ),
    Player(
        "learning@meridian.example", "Deputy Superintendent, Learning",
        {SCHOOLS: Role.ACCOUNTABLE_HEAD}, office="Deputy Superintendent, Learning",
    ),
    Player("data@meridian.example", "Data Office", {SCHOOLS: Role.DATA_PROVIDER}),
    Player("reviewer@meridian.example", "Independent reviewer", {SCHOOLS: Role.REVIEWER}),
    Player("board@meridian.example", "State Board", {SCHOOLS: Role.VIEWER}),
    Player("chancellor@meridian.example", "Chancellor’s Office", {COLLEGES: Role.DELIVERY_LEADER}),
    Player("president@meridian.example", "President of the colleges",
           {COLLEGES: Role.SYSTEM_LEADER}),
    Player("governor@meridian.example", "Governor’s Office", {STATE: Role.SYSTEM_LEADER}),
    Player("admin@meridian.example", "Installation administrator", {}, administrator=True),
)  # fmt: skip
