"""A stored figure is replaced only with a reason; the file says which rows want one."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from aspirations.intake import Refused
from aspirations.intake.commit import Outcome, import_content
from aspirations.models import Import, Observation, ObservationRevision, Series
from aspirations.tests.factories import MetricFactory, SegmentFactory, SystemFactory, UserFactory
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HEADER = "metric,segment,period,value,numerator,denominator\n"
WHY = "Recount of January."


@pytest.fixture
def system() -> System:
    system: System = SystemFactory(slug="north", reporting_date=date(2024, 12, 31))
    MetricFactory(system=system, slug="waits")
    MetricFactory(system=system, slug="seen", kind="rate")
    SegmentFactory(system=system, code="all", name="Everyone")
    return system


def take(system: System, *rows: str, **options: object) -> Outcome:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    return import_content(text.encode(), "f.csv", system=system, **options)  # type: ignore[arg-type]


def test_a_correction_with_its_reason_is_kept_with_it_and_in_the_trail(system: System) -> None:
    clerk = UserFactory()
    take(system, "waits,all,2024-01,50,,")
    take(system, "waits,all,2024-01,49,,", author=clerk, reason=WHY, door="page")
    assert ObservationRevision.objects.get().reason == WHY
    line = AuditEntry.objects.filter(action="import").first()
    assert line is not None
    assert (line.actor, line.reason, line.door, line.system) == (clerk, WHY, "page", system)
    assert line.after == {"rows": 1, "added": 0, "changed": 1, "unchanged": 0}


# What is stored, and the row that would take its place.
CORRECTIONS = [
    ("waits,all,2024-01,50,,", "waits,all,2024-01,49,,", "“49”: would replace 50, which is stored"),
    ("waits,all,2024-01,50,,", "waits,all,2024-01,,,", "“”: would replace 50"),
    ("waits,all,2024-01,0,,", "waits,all,2024-01,1,,", "“1”: would replace 0,"),
    ("seen,all,2024-01,,1,4", "seen,all,2024-01,,2,8", "“25”: has other parts than the figure"),
    ("seen,all,2024-01,,1,4", "seen,all,2024-01,26,,", "“26”: would replace 25"),
]


@pytest.mark.parametrize("reason", ["", "   ", " Recount. "])
@pytest.mark.parametrize(("stored", "sent", "said"), CORRECTIONS)
def test_without_a_reason_that_says_something_nothing_is_written(
    system: System, stored: str, sent: str, said: str, reason: str
) -> None:
    take(system, stored)
    Series.objects.update(stale_no=0)
    with pytest.raises(Refused) as caught:
        take(system, "waits,all,2024-05,7,,", sent, reason=reason)
    told = str(caught.value)
    assert f"Row 3, value, {said}" in told
    assert "Say why, in 10 characters or more (--reason), or take the row out." in told
    assert Observation.objects.count() == Import.objects.count() == 1
    assert not ObservationRevision.objects.exists()
    assert Series.objects.get().stale_no == 0


# What is stored, and a row that replaces no figure.
NO_CORRECTION = [
    ("waits,all,2024-01,50,,", "waits,all,2024-01,50.0,,"),
    ("waits,all,2024-01,50,,", "waits,all,2024-02,51,,"),
    ("waits,all,2024-01,,,", "waits,all,2024-01,50,,"),
    ("seen,all,2024-01,25,,", "seen,all,2024-01,25,1,4"),
]


@pytest.mark.parametrize(("stored", "sent"), NO_CORRECTION)
def test_what_is_new_or_fills_a_gap_needs_no_reason(system: System, stored: str, sent: str) -> None:
    take(system, stored)
    assert take(system, sent).rows == 1


def test_of_many_the_first_are_named_and_all_are_counted(system: System) -> None:
    rows = [f"waits,all,{2001 + n // 12}-{n % 12 + 1:02},{n}" for n in range(240)]
    take(system, *(f"{row},," for row in rows))
    with pytest.raises(Refused) as caught:
        take(system, *(f"{row}.5,," for row in reversed(rows)))
    told = str(caught.value)
    assert "f.csv: 240 faults." in told
    assert "Row 2, value, “239.5”" in told
    assert "Row 101, value" in told
    assert "Row 102, value" not in told
    assert "… and 140 more." in told


def test_the_command_takes_the_reason(system: System, tmp_path: Path) -> None:
    take(system, "waits,all,2024-01,50,,")
    (tmp_path / "fixed.csv").write_text(HEADER + "waits,all,2024-01,49,,\n")
    words = ("import_observations", str(tmp_path / "fixed.csv"), "--system", "north")
    with pytest.raises(CommandError, match="would replace 50, which is stored"):
        call_command(*words, stdout=StringIO())
    call_command(*words, "--reason", WHY, stdout=StringIO())
    assert Observation.objects.get().value == 49.0
    assert AuditEntry.objects.filter(reason=WHY).count() == 1
