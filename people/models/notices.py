"""What each person wants to be told of, and how often by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.users import User


class NoticeChoice(models.Model):
    """One person's choice. Without a row nothing is mailed and every kind is shown."""

    class Digest(models.TextChoices):
        NEVER = "never", _("Never")
        DAILY = "daily", _("Every working day")
        WEEKLY = "weekly", _("Every Monday")

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_choice")
    digest = models.CharField(_("by mail"), max_length=8, choices=Digest, default=Digest.NEVER)
    muted = models.JSONField(
        default=list, blank=True, help_text=_("Kinds of notice that this person does not want.")
    )
    sent_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["user_id"]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_digest_display()}"
