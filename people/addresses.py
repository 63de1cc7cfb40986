"""Addresses as mails name them: from the settings, never from what a request says of itself."""

from django.conf import settings


def absolute(path: str) -> str:
    """The whole address of a path of this site, such as `/invitations/…`."""
    return f"{settings.BASE_URL.rstrip('/')}/{path.lstrip('/')}"
