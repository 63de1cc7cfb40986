"""Settings of a trial: any host, plain HTTP, and files by their own names."""

from django.conf import settings


def ready() -> None:
    """Set them for the rest of this process."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["*"], False
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
