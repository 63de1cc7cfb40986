"""Notices about guiding coalitions. They tell that a confidential page has something due.

Not which page, nor what, nor since when: a notice is read over shoulders, and in mails.
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from coalitions.services.reminders import systems_due
from delivery.notices.kinds import CONFIDENTIAL, Notice
from delivery.notices.reader import Reader


def due(reader: Reader) -> Iterator[Notice]:
    """One notice for each system, however many of its coalitions are meant."""
    days = {key: reader.today(key) for key in reader.systems}
    for key in sorted(systems_due(reader.user, days)):
        system = reader.systems[key]
        yield Notice(
            CONFIDENTIAL, system, _("A confidential page has something due."),
            _("You are one of the few who can open it."), days[key],
            reverse("coalitions", args=[system.slug]), _("Open it"),
        )  # fmt: skip
