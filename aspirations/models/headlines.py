"""The finding at the top of a dashboard, as people worded it beside the rules' draft."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System, User


class HeadlineQuerySet(GatedQuerySet["Headline"]):
    pass


class Headline(models.Model):
    """One wording, kept with the draft it was written over; the latest counts.

    It speaks while the rules' draft still says what it said then. Only an approved one is printed.
    """

    system = models.ForeignKey(System, models.PROTECT, related_name="headlines")
    version = models.PositiveIntegerField()
    text = models.CharField(_("headline"), max_length=300)
    draft = models.CharField(_("the rules’ draft"), max_length=600)
    as_of = models.DateField(help_text=_("The day that the draft spoke of."))
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = HeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "version"], name="aspirations_headline_version"
            ),
            models.CheckConstraint(
                name="aspirations_headline_worded", condition=~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
