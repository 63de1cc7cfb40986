"""The turns of timed jobs."""

from django.db import models


class Heartbeat(models.Model):
    """One turn of a timed job. A second scheduler finds its slot taken and does nothing."""

    job = models.CharField(max_length=60)
    slot = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "slot"], name="people_heartbeat_once_a_slot")
        ]

    def __str__(self) -> str:
        return f"{self.job} at {self.slot:%Y-%m-%d %H:%M}"
