"""A system's own words stand where its pages name things."""

import pytest
from django.test import Client

from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    place,
)

LABELS = {"metric": "yardstick", "metrics": "yardsticks", "aspirations": "<i>pledges</i>",
          "aspiration": "pledge", "segment": "county", "segments": "counties"}  # fmt: skip


@pytest.mark.django_db
def test_headings_and_filters_speak_the_systems_words(client: Client) -> None:
    system = SystemFactory.create(slug="meridian", labels=LABELS)
    metric = MetricFactory.create(system=system, slug="reading")
    place(metric, AspirationFactory.create(system=system))
    SeriesFactory.create(metric=metric)
    SeriesFactory.create(metric=metric, segment=SegmentFactory.create(system=system, code="north"))
    client.force_login(MembershipFactory.create(system=system, role="viewer").user)
    board = client.get("/meridian/").content.decode()
    for told in ("1 yardstick today", "Yardstick and owner", "All yardsticks, by pledge",
                 "By pledge", "Filter yardsticks"):  # fmt: skip
        assert told in board
    assert "<i>pledges" not in board
    page = client.get("/meridian/metrics/reading/").content.decode()
    assert "1 county, judged by the same rules" in page
    assert '<th scope="col">County</th>' in page
