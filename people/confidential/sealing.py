"""Confidential texts are encrypted before they reach the database.

The keys stand in the environment or in a file beside the installation, never in the database or
its backups. The first key encrypts, all of them open: so a key is changed by putting a new one
in front. No message, log line or representation here holds a key or a text.
"""

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

# Between what a text belongs to and the text itself; neither label nor field name can hold it.
DIVIDER = "\x1f"
# After the text; then as many zeros as make the whole a multiple of the block, so that how long a
# sealed text is tells next to nothing: a level or a line is as long as none at all.
END, FILL, BLOCK = "\x03", b"\0", 512
# How every sealed text begins: Fernet's version and the leading zeros of its time.
MARK = "gAAAA"


class SealedError(Exception):
    """A confidential text cannot be opened or closed; says why, and holds nothing of it."""


def seal(text: str, kind: str) -> str:
    """The text encrypted for one kind of field, e.g. `reviews.InterviewNote.body`."""
    plain = f"{kind}{DIVIDER}{text}{END}".encode()
    return box().encrypt(plain + FILL * (-len(plain) % BLOCK)).decode()


def unseal(sealed: str, kind: str) -> str:
    """The text that was sealed for this kind of field.

    SealedError where the key is missing or another, the content was changed, or it was sealed for
    another field and moved here.
    """
    try:
        found = box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealedError(
            _("The key it was closed with is not among those this server has.")
        ) from None
    held, _divider, text = found.rstrip(FILL.decode()).partition(DIVIDER)
    if held != kind:
        raise SealedError(_("It was written in another place and has been moved here."))
    return text.removesuffix(END)


def box() -> MultiFernet:
    """What encrypts and opens, of the keys in force now; SealedError where there is none."""
    keys = settings.CONFIDENTIAL_KEYS
    if not keys:
        raise SealedError(_("The key is missing on this server."))
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise SealedError(_("A key on this server is damaged.")) from None
