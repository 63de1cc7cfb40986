"""What is entered about the setting of an aspiration, and taken back."""

from typing import Any

import pytest
from django.test import Client

from aspirations.models import AlignmentProbe, Aspiration, Consultation, Influence
from aspirations.services import setting
from aspirations.tests.promises.makers import (
    REFUSED_PLAN,
    TODAY,
    address,
    answers,
    aspiration,
    system,
    told,
)
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
KINDS: dict[str, Any] = {"influence": Influence, "consultation": Consultation,
                         "probe": AlignmentProbe}  # fmt: skip
FILLED: dict[str, dict[str, str]] = {
    "influence": {"kind": "law", "force": "strong", "note": "A yearly test."},
    "consultation": {"held_on": "2025-01-06", "who": "Forty heads", "how": "Workshop"},
    "probe": {"level": "front_line", "probed_on": "2025-02-01", "asked": "40", "named": "11"},
}
WRONG: list[tuple[str, dict[str, str], str]] = [
    ("influence", {"note": ""}, "Say what it asks for."),
    ("influence", {"force": "huge"}, "Choose how strongly."),
    ("consultation", {"who": ""}, "Say who was consulted."),
    ("consultation", {"held_on": "2025-03-15"}, "has not come yet"),
    ("consultation", {"held_on": "yesterday"}, "That is no day."),
    ("probe", {"named": "41"}, "Give as many as were asked, or fewer."),
    ("probe", {"asked": "0", "named": "0"}, "greater than or equal to 1"),
    ("probe", {"asked": "some"}, "Give a whole number."),
    ("probe", {"probed_on": "2026-01-01"}, "has not come yet"),
]
REASON = {"reason": "Entered for the wrong year."}


@pytest.fixture
def row() -> Aspiration:
    return aspiration(system())


@pytest.mark.parametrize("name", KINDS)
def test_it_is_kept_with_author_and_trail(client: Client, row: Aspiration, name: str) -> None:
    author = enter(client, row.system, "unit_staff")
    assert client.get(address(f"add_{name}", row)).status_code == 200
    response = client.post(address(f"add_{name}", row), FILLED[name])
    assert response["Location"] == address("aspiration", row)
    found = KINDS[name].objects.get()
    assert (found.aspiration, found.author, found.withdrawn_at) == (row, author, None)
    line = AuditEntry.objects.latest("pk")
    assert (line.action, line.object_key, line.door) == ("create", "reading", "page")


@pytest.mark.parametrize(("name", "wrong", "words"), WRONG)
def test_bad_input_names_the_remedy(
    client: Client, row: Aspiration, name: str, wrong: dict[str, str], words: str
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address(f"add_{name}", row), {**FILLED[name], **wrong})
    assert response.status_code == 400
    assert words in told(response)
    assert not KINDS[name].objects.exists()


def entered(row: Aspiration, name: str) -> Any:
    told = {
        "influence": {"kind": "law", "force": "weak", "note": "A yearly test."},
        "consultation": {"held_on": TODAY, "who": "Heads", "how": "Letters"},
        "probe": {"level": "leader", "probed_on": TODAY, "asked": 1, "named": 1},
    }[name]
    return getattr(setting, f"add_{name}")(aspiration=row, values=told)


@pytest.mark.parametrize("name", KINDS)
def test_it_is_taken_back_once_with_a_reason(client: Client, row: Aspiration, name: str) -> None:
    found = entered(row, name)
    to = address(f"withdraw_{name}", row, found.pk)
    author = enter(client, row.system, "unit_staff")
    assert client.get(to).status_code == 200
    assert client.post(to, {"reason": "Slip"}).status_code == 400
    assert client.post(to, REASON)["Location"] == address("aspiration", row)
    found.refresh_from_db()
    assert (found.withdrawn_by, found.withdrawal_reason) == (author, REASON["reason"])
    assert "Entered for the wrong year." in told(client.get(address("aspiration", row)))
    response = client.post(to, REASON)
    assert response.status_code == 400
    assert "taken back already" in told(response)


@pytest.mark.parametrize("name", KINDS)
def test_that_of_another_aspiration_is_not_found(
    client: Client, row: Aspiration, name: str
) -> None:
    other = aspiration(row.system, slug="other")
    found = entered(other, name)
    enter(client, row.system, "unit_staff")
    assert client.post(address(f"withdraw_{name}", row, found.pk), REASON).status_code == 404


@pytest.mark.parametrize("name", KINDS)
def test_others_are_refused(client: Client, row: Aspiration, name: str) -> None:
    found = entered(row, name)
    for to, data in (
        (address(f"add_{name}", row), FILLED[name]),
        (address(f"withdraw_{name}", row, found.pk), REASON),
    ):
        assert answers(client, row.system, "get", to) == REFUSED_PLAN
        assert answers(client, row.system, "post", to, data) == REFUSED_PLAN
        enter(client, row.system, "unit_staff")
        assert client.delete(to).status_code == 405
    assert KINDS[name].objects.in_force().count() == 1


def test_each_probe_of_a_level_can_be_read_and_taken_back(client: Client, row: Aspiration) -> None:
    for day, named, exceptions in (
        ("2024-02-01", 5, "Two named the old one."), ("2024-08-01", 9, ""), ("2025-02-01", 11, ""),
    ):  # fmt: skip
        AlignmentProbe.objects.create(
            aspiration=row, level="front_line", probed_on=day, asked=40, named=named,
            exceptions=exceptions, author=enter(client, row.system, "unit_staff"),
        )  # fmt: skip
    page = " ".join(client.get(address("aspiration", row)).content.decode().split())
    assert "2 earlier probes" in page
    earlier = page.split("2 earlier probes")[1].split("</details>")[0]
    assert earlier.index("1 Aug 2024") < earlier.index("1 Feb 2024")
    assert "Two named the old one." in earlier
    for probe in AlignmentProbe.objects.all():
        assert address("withdraw_probe", row, probe.pk) in page
