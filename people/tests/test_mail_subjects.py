"""Mails reach people whatever the names in their subjects hold."""

import pytest
from django.core import mail

from people.models import System
from people.tests.crew import crew, invited

pytestmark = pytest.mark.django_db


def test_an_old_name_of_two_lines_loses_no_invitation() -> None:
    north = crew()
    System.objects.filter(pk=north.system.pk).update(name="North\nBcc: all@example.org")
    north.system.refresh_from_db()
    invited(north.system, north.leader)
    [message] = mail.outbox
    assert message.subject == "Headway: you are invited to North Bcc: all@example.org"
    assert message.recipients() == ["new@example.org"]
