"""The landscape of a system: who has a say in it, and how they are related. Public facts only.

What somebody thinks of an actor is no fact of this kind; it stands in a guiding coalition.
"""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.systems import System


class ActorQuerySet(GatedQuerySet["Actor"]):
    def active(self) -> Self:
        return self.filter(retired_at=None)


class Actor(models.Model):
    """An office or a body with a say in a system: by its office, not by who holds it."""

    class Kind(models.TextChoices):
        PERSON = "person", _("Office of one person")
        BODY = "body", _("Body")

    system = models.ForeignKey(System, models.PROTECT, related_name="actors")
    name = models.CharField(_("office or body"), max_length=120)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PERSON)
    role = models.CharField(_("what it does in the system"), max_length=300, blank=True)
    sphere = models.CharField(_("sphere of influence"), max_length=80)
    term_ends = models.DateField(_("term ends on"), null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering = ["sphere", "name"]
        constraints = [
            models.UniqueConstraint("system", Lower("name"), name="people_actor_named_once"),
            models.CheckConstraint(
                name="people_actor_named", condition=~models.Q(name="") & ~models.Q(sphere="")
            ),
            models.CheckConstraint(
                name="people_actor_known_kind", condition=models.Q(kind__in=["person", "body"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Relation(models.Model):
    """How one actor stands to another: the first directs, funds, oversees or informs the second."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("Authority")
        FUNDING = "funding", _("Funding")
        OVERSIGHT = "oversight", _("Oversight")
        INFORMATION = "information", _("Information")
        INFORMAL = "informal", _("Informal")

    system = models.ForeignKey(System, models.PROTECT, related_name="relations")
    source = models.ForeignKey(
        Actor, models.PROTECT, related_name="relations_out", verbose_name=_("from")
    )
    target = models.ForeignKey(
        Actor, models.PROTECT, related_name="relations_in", verbose_name=_("to")
    )
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    note = models.CharField(_("in short"), max_length=200, blank=True)

    objects = GatedQuerySet["Relation"].as_manager()

    class Meta:
        ordering = ["source__name", "kind", "target__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="people_relation_once"
            ),
            models.CheckConstraint(
                name="people_relation_between_two",
                condition=~models.Q(source=models.F("target")),
            ),
            models.CheckConstraint(
                name="people_relation_known_kind",
                condition=models.Q(
                    kind__in=["authority", "funding", "oversight", "information", "informal"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def clean(self) -> None:
        if {self.source.system_id, self.target.system_id} != {self.system_id}:
            raise ValidationError(_("Both actors belong to the system whose map this is."))
        if self.source_id == self.target_id:
            raise ValidationError({"target": _("Choose another actor: this is the same one.")})
