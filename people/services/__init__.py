"""Writes to the floor, each with a trail; every room uses those named here."""

from people.services.beats import first_this_hour
from people.services.reasons import LEAST, check_reason, is_reason
from people.services.roles import grant
from people.services.trail import Conflict, as_field, cut, plain, record, save_with_trail

__all__ = [
    "LEAST", "Conflict", "as_field", "check_reason", "cut", "first_this_hour", "grant",
    "is_reason", "plain", "record", "save_with_trail",
]  # fmt: skip
