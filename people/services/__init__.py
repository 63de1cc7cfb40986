"""Writes to the floor, each with a trail; every room uses those named here."""

from people.services.beats import first_this_hour
from people.services.roles import grant
from people.services.trail import Conflict, as_field, cut, plain, record, save_with_trail

__all__ = [
    "Conflict", "as_field", "cut", "first_this_hour", "grant", "plain", "record",
    "save_with_trail",
]  # fmt: skip
