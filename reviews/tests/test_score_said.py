"""One's own answer once the review is closed: all of it, to oneself alone."""

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Round
from reviews.services.scores import save_score
from reviews.tests.ladder import take_part
from reviews.tests.scoring import REASON, address, asked_round, element, said

pytestmark = pytest.mark.django_db


def test_all_that_was_said_is_read_again(client: Client) -> None:
    row = asked_round()
    part = take_part(client, row, kind="self")
    values = said(
        2, sources=[{"kind": "observation", "text": "A morning in the north"}],
        confidence="unsure", raise_by_one="One plan each.",
    )  # fmt: skip
    save_score(participant=part, element=element(row), values=values)
    Round.objects.update(state="closed", closed_at=timezone.now())
    page = " ".join(client.get(address("score_element", row, "1A")).content.decode().split())
    for words in (
        REASON, "Not sure", '<span class="pill">Observation</span> A morning in the north',
        "<b>Would raise it by one:</b> One plan each.",
    ):  # fmt: skip
        assert words in page, words
