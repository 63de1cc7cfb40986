"""Reasons for what nobody should change without one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LEAST = 10
"""Characters of the shortest reason that can say anything."""


def is_reason(text: str) -> bool:
    return len(text.strip()) >= LEAST


def check_reason(text: str, what: str) -> str:
    """The reason without blanks around it; ValidationError, beginning with `what`, if too short."""
    if not text.strip():
        raise ValidationError(
            _("%(what)s needs a reason of at least %(least)s characters. Say why.")
            % {"what": what, "least": LEAST},
            code="reason",
        )  # fmt: skip
    if not is_reason(text):
        raise ValidationError(
            _("%(what)s needs a reason of at least %(least)s characters; this one is “%(text)s”. "
              "Say why.")
            % {"what": what, "least": LEAST, "text": text.strip()},
            code="reason",
        )  # fmt: skip
    return text.strip()
