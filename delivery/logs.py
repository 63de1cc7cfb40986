"""What logs never keep."""

import logging
import re

# The secret in the link of an invitation, to a review or to a new password, as an address holds it
# or as another address names it.
SLASH = r"(?:/|%2F)"
SECRET = re.compile(
    rf"((?:invitations(?:{SLASH}review{SLASH}link)?|reset{SLASH}key){SLASH})[\w-]{{20,}}",
    re.IGNORECASE,
)


class WithoutSecrets(logging.Filter):
    """Blots out the secrets of links in lines that name the address of a request."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(blotted(arg) for arg in record.args)
        record.msg = blotted(record.msg)
        return True


def blotted(part: object) -> object:
    return SECRET.sub(r"\1…", part) if isinstance(part, str) else part
