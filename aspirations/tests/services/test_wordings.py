"""What an aspiration said is kept, whichever way it was written."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aspirations.models import Aspiration
from aspirations.services import systems
from aspirations.services.aspirations import (
    change_aspiration,
    place_metrics,
    write_aspiration,
)
from aspirations.services.wordings import keep_wording
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SystemFactory,
)

pytestmark = pytest.mark.django_db
FILE: dict[str, Any] = {
    "system": {"slug": "riverside", "name": "Riverside"},
    "aspirations": [
        {
            "slug": "homes", "title": "Decent homes", "boldness": 3, "setting_model": "lead",
            "intended_quadrant": "transformation", "roles_reason": "None is plausible.",
        }
    ],
}  # fmt: skip


def test_a_file_keeps_the_first_words_and_each_change() -> None:
    systems.load(FILE)
    row = Aspiration.objects.get()
    assert (row.boldness, row.setting_model, row.intended_quadrant) == (3, "lead", "transformation")
    assert [wording.version for wording in row.wordings.all()] == [1]
    systems.load(FILE)
    assert row.wordings.count() == 1
    changed = {**FILE["aspirations"][0], "title": "A decent home for all"}
    systems.load({**FILE, "aspirations": [changed]}, reason="All were meant.")
    last = row.wordings.last()
    assert last is not None
    assert (last.version, last.title, last.reason) == (2, changed["title"], "All were meant.")


def test_a_file_may_not_leave_the_scale() -> None:
    wrong = {**FILE["aspirations"][0], "boldness": 7}
    with pytest.raises(systems.FileFault, match="homes"):
        systems.load({**FILE, "aspirations": [wrong]})


def test_the_same_words_are_kept_once() -> None:
    row = AspirationFactory.create()
    assert keep_wording(aspiration=row) is not None
    assert keep_wording(aspiration=row) is None


def test_a_wording_of_the_past_bears_its_moment() -> None:
    moment = datetime(2025, 3, 1, tzinfo=UTC)
    row = write_aspiration(system=SystemFactory.create(), values={"title": "Read"}, at=moment)
    wording = row.wordings.get()
    assert wording.at == moment


def test_a_person_without_the_right_is_refused_by_the_service() -> None:
    row = AspirationFactory.create()
    reader = MembershipFactory.create(system=row.system, role="viewer").user
    with pytest.raises(PermissionDenied):
        change_aspiration(aspiration=row, values={"boldness": 2}, version=1, actor=reader)


@pytest.mark.parametrize("values", [{"slug": "other"}, {"version": 9}, {"status": "retired"}])
def test_what_has_its_own_way_is_not_changed_by_the_way(values: dict[str, Any]) -> None:
    row = AspirationFactory.create()
    with pytest.raises(ValidationError):
        change_aspiration(aspiration=row, values=values, version=1)


def test_metrics_of_another_system_are_not_placed() -> None:
    row, stranger = AspirationFactory.create(), MetricFactory.create()
    with pytest.raises(ValidationError, match="own system"):
        place_metrics(aspiration=row, metrics=[stranger], version=1)
