"""Figures entered on a page: seen first, saved whole or not at all, corrected with a reason."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Import, Metric, Observation, ObservationRevision, Segment, Series
from aspirations.services.figures import Moved, enter_figures, preview_figures
from aspirations.services.judging import judge_now
from aspirations.tests.definers import at, enter, metric_of, system_of
from aspirations.tests.factories import (
    SegmentFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from people.models import AuditEntry, System
from people.tests.pages import fields_of

pytestmark = pytest.mark.django_db
WRITERS = ["unit_staff", "delivery_leader", "data_provider", "accountable_head", "plan_owner"]
SAVE = {"save": "1"}
WHY = {"reason": "Late pupils were added."}


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2025, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system, lower_bound=0.0, upper_bound=100.0)


@pytest.fixture
def address() -> str:
    return at("enter_figures", "reading")


def look(client: Client, address: str, text: str) -> dict[str, str]:
    """What the preview of these figures would send."""
    response = client.post(address, {"figures": text})
    assert response.status_code == 200, response.content.decode()
    return fields_of(response)


def test_nothing_is_saved_by_looking(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    page = client.get(address).content.decode()
    assert "There is no figure yet." in page
    assert "2025-02" in page
    seen = client.post(address, {"figures": "2025-01 58.1\n2025-02 58.9\n"})
    assert "What saving would do" in seen.content.decode()
    assert "58.9%" in seen.content.decode()
    assert not Observation.objects.exists()
    assert not Import.objects.exists()


def test_what_was_seen_is_saved(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    user = enter(client, system)
    seen = look(client, address, "Jan 2025 58.1\r\n2025-02 n/a\r\n")
    response = client.post(address, seen | SAVE)
    assert response["Location"] == at("metric", "reading")
    rows = Observation.objects.values_list("period", "value", "missing_reason", "author")
    assert list(rows) == [
        (date(2025, 1, 1), 58.1, "", user.pk), (date(2025, 2, 1), None, "missing", user.pk),
    ]  # fmt: skip
    line = AuditEntry.objects.get(action="import")
    assert (line.actor, line.door, line.object_key) == (user, "page", "reading, typed in")
    assert Series.objects.get().stale_since is not None
    assert "2 added, 0 changed." in client.get(at("metrics")).content.decode()


def test_a_file_is_read_into_the_field_and_keeps_its_name(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    file = SimpleUploadedFile("march.csv", b"period;value\n2025-01;58.1\n2025-02;\n")
    response = client.post(address, {"figures": "", "file": file})
    assert "1 row without a value is left out." in response.content.decode()
    assert client.post(address, fields_of(response) | SAVE).status_code == 302
    assert Import.objects.get().file_name == "march.csv"
    assert Observation.objects.get().value == 58.1


FAULTY = [
    ("", "are blank"),
    ("2025-01 many", "is not a number"),
    ("2025-01 58,9", "could be a decimal comma or thousands"),
    ("2025-01 101", "lies outside 0 to 100"),
    ("2025-13 5", "2025-13"),
    ("2025-01 5\n2025-01 6", "differs from row 1"),
    ("2025-01 NaN", "is not a number"),
    ("metric,period,value\nother,2025-01,5", "This page takes figures of reading only."),
    ("2025-01", "Write the value after the period"),
]


@pytest.mark.parametrize(("text", "said"), FAULTY)
def test_each_fault_is_named_with_its_line_and_nothing_is_saved(
    client: Client, system: System, metric: Metric, address: str, text: str, said: str
) -> None:
    enter(client, system)
    response = client.post(address, {"figures": f"{text}", **SAVE})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "There is a problem" in page
    assert not Observation.objects.exists()


def test_all_faults_stand_together_in_the_order_of_their_lines(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    page = client.post(address, {"figures": "2025-01 x\n2025-02\n2025-03 y"}).content.decode()
    assert "3 faults stand in the way" in page
    places = [page.index(said) for said in ("“x”", "has no value", "“y”") if said in page]
    assert places == sorted(places)


BAD_FILES = [
    (b"", "is empty"),
    (b"\x00\x01\x02", "is not text"),
    (b"period,value\n" + b"2025-01,5\n" * 100_001, "The file is larger than 1 MB."),
    (b"period,worth\n2025-01,5\n", "is not a known column"),
]


@pytest.mark.parametrize(("content", "said"), BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused(
    client: Client, system: System, metric: Metric, address: str, content: bytes, said: str
) -> None:
    enter(client, system)
    response = client.post(address, {"file": SimpleUploadedFile("f.csv", content)})
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_stored_figure_changes_only_with_a_reason(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    observe(Series.objects.get(), date(2025, 1, 1), [58.1])
    enter(client, system)
    seen = look(client, address, "2025-01 57.5")
    assert "reason" in seen
    response = client.post(address, seen | SAVE | {"reason": "typo"})
    assert response.status_code == 400
    assert "1 stored figure would change. Say why" in response.content.decode()
    assert Observation.objects.get().value == 58.1
    assert client.post(address, fields_of(response) | SAVE | WHY).status_code == 302
    assert Observation.objects.get().value == 57.5
    old = ObservationRevision.objects.get()
    assert (old.value, old.reason) == (58.1, WHY["reason"])


def test_figures_changed_after_the_look_are_shown_again(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    seen = look(client, address, "2025-01 57.5")
    response = client.post(address, seen | SAVE | {"figures": "2025-01 99"})
    assert response.status_code == 200
    assert "99.0%" in response.content.decode()
    assert not Observation.objects.exists()


def test_figures_saved_by_another_after_the_look_are_shown_too(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    seen = look(client, address, "2025-01 57.5")
    observe(Series.objects.get(), date(2025, 1, 1), [58.1])
    response = client.post(address, seen | SAVE | WHY)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone saved figures here after you looked." in page
    assert "58.1%" in page
    assert Observation.objects.get().value == 58.1
    assert client.post(address, fields_of(response) | SAVE | WHY).status_code == 302


def test_the_service_holds_to_the_stamp_itself(system: System, metric: Metric) -> None:
    whole = Segment.objects.get()
    seen = preview_figures(metric=metric, segment=whole, text="2025-01 57.5")
    observe(Series.objects.get(), date(2025, 1, 1), [58.1])
    with pytest.raises(Moved):
        enter_figures(metric=metric, segment=whole, text="2025-01 57.5", stamp=seen.stamp)


def test_what_is_stored_already_offers_nothing_to_save(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    observe(Series.objects.get(), date(2025, 1, 1), [58.1])
    enter(client, system)
    page = client.post(address, {"figures": "2025-01 58.1"}).content.decode()
    assert "All of this is stored already" in page
    assert 'name="save"' not in page


def test_the_light_that_would_follow_is_the_one_that_follows(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    series = Series.objects.get()
    observe(series, date(2024, 1, 1), [50.0 + step / 2 for step in range(12)])
    agreed_path(series, (date(2024, 3, 1), 51.0), (date(2025, 12, 1), 90.0))
    judge_now([series.pk])
    enter(client, system)
    text = "2025-01 70\n2025-02 75\n"
    preview = preview_figures(metric=metric, segment=series.segment, text=text)
    assert preview.lights is not None
    series.refresh_from_db()
    now, then = preview.lights
    assert series.current_judgment is not None
    assert now.light == series.current_judgment.light
    page = client.post(address, {"figures": text}).content.decode()
    assert "light" in page.partition("What saving would do")[2].partition("<table")[0]
    enter(client, system, "data_provider")
    page = client.post(address, {"figures": text}).content.decode().split("<main")[1]
    assert "What saving would do" in page
    assert "#L-" not in page
    assert "Chance" not in page
    seen = look(client, address, text)
    client.post(address, seen | SAVE)
    judge_now([series.pk])
    series.refresh_from_db()
    assert (then.light, then.likelihood) == (
        series.current_judgment.light, series.current_judgment.likelihood,
    )  # fmt: skip


def test_a_segment_has_figures_of_its_own(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    SegmentFactory.create(system=system, code="area/north", name="North")
    enter(client, system)
    there = address + "?segment=area/north"
    assert "Reading, North" in client.get(there).content.decode()
    response = client.post(there, look(client, there, "2025-01 5") | SAVE)
    assert response["Location"].endswith("?segment=area%2Fnorth")
    assert Observation.objects.get().series.segment.code == "area/north"
    assert client.get(address + "?segment=nowhere").status_code == 404


def test_a_figure_of_tomorrow_is_refused_in_a_living_system(client: Client) -> None:
    system = system_of()
    metric_of(system)
    enter(client, system)
    response = client.post(at("enter_figures", "reading"), {"figures": "2199-01 5"})
    assert response.status_code == 400
    assert "has not begun" in response.content.decode()


@pytest.mark.parametrize("role", WRITERS)
def test_whoever_writes_figures_may(
    client: Client, system: System, metric: Metric, address: str, role: str
) -> None:
    enter(client, system, role)
    response = client.post(address, look(client, address, "2025-01 58") | SAVE)
    reads = at("metric", "reading")
    assert response["Location"] == (address if role == "data_provider" else reads)
    assert client.get(response["Location"]).status_code == 200


def test_who_may_not_is_refused(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    filled = {"figures": "2025-01 58"}
    for role in ("viewer", "steward", "leader_office", "system_leader"):
        enter(client, system, role)
        assert client.get(address).status_code == 403
        assert client.post(address, filled).status_code == 403
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    for home, role in ((parent, "delivery_leader"), (SystemFactory.create(), "unit_staff"),
                       (system, "reviewer")):  # fmt: skip
        enter(client, home, role)
        assert client.post(address, filled).status_code == 404
    enter(client, system)
    assert client.put(address).status_code == 405
    guarded = Client(enforce_csrf_checks=True)
    enter(guarded, system)
    assert guarded.post(address, filled).status_code == 403


def test_many_figures_cost_no_more_queries_than_few(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    counts = []
    for years in (2, 30):
        text = "\n".join(f"{1990 + n // 12}-{n % 12 + 1:02d} 5" for n in range(years * 12))
        with CaptureQueriesContext(connection) as found:
            assert client.post(address, {"figures": text}).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1] <= 30, counts
