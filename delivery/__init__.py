"""The front desk: settings, addresses, the Celery app and the pages that see every room."""

from delivery.celery import app as celery_app

__all__ = ["celery_app"]
