"""The office that a role is held for: written beside the role, and it opens nothing."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from people.models import AuditEntry, Invitation, Membership
from people.services import Conflict
from people.services.invitations import accept
from people.services.offices import change_office, office_name
from people.services.roles import grant
from people.tests.crew import REASON, Crew, crew, invited
from people.tests.factories import UserFactory
from people.tests.installation import client_of
from people.trail.words import sentence

pytestmark = pytest.mark.django_db
SENT = {
    "role": "unit_staff", "seen": "unit_staff", "office": "Data Office", "seen_office": "",
    "reason": REASON,
}  # fmt: skip


@pytest.fixture
def north() -> Crew:
    return crew()


@pytest.fixture
def address(north: Crew) -> str:
    return north.address("change_member", north.role_of(north.staff).pk)


def test_it_is_changed_alone_and_stands_in_the_trail(north: Crew, address: str) -> None:
    since = north.role_of(north.staff).since
    answer = client_of(north.leader).post(address, SENT, follow=True)
    assert answer.redirect_chain == [("/north/members/", 302)]
    page = answer.content.decode()
    assert "North unit_staff is Unit staff now, for Data Office." in page
    assert "Unit staff, Data Office" in page
    row = north.role_of(north.staff)
    assert (row.office, row.role, row.since) == ("Data Office", "unit_staff", since)
    [line] = AuditEntry.objects.filter(action="change office")
    assert (line.before, line.after) == ({"office": ""}, {"office": "Data Office"})
    assert (line.reason, line.actor) == (REASON, north.leader)
    assert sentence(line) == (
        "North delivery_leader made unit_staff@north.example speak for Data Office, "
        "before that for –"
    )


def test_role_and_office_change_together_or_not_at_all(north: Crew, address: str) -> None:
    client = client_of(north.leader)
    client.post(address, SENT | {"role": "steward"})
    row = north.role_of(north.staff)
    assert (row.role, row.office) == ("steward", "Data Office")
    sent = {"role": "steward", "seen": "steward", "seen_office": "Data Office", "reason": "short"}
    assert client.post(address, SENT | sent | {"office": "Registry"}).status_code == 400
    row.refresh_from_db()
    assert row.office == "Data Office"


def test_where_neither_changes_it_says_so(north: Crew, address: str) -> None:
    answer = client_of(north.leader).post(address, SENT | {"office": ""})
    assert answer.status_code == 400
    assert "is Unit staff already" in answer.content.decode()


def test_it_can_be_taken_away(north: Crew, address: str) -> None:
    client = client_of(north.leader)
    client.post(address, SENT)
    client.post(address, SENT | {"office": "", "seen_office": "Data Office"})
    assert north.role_of(north.staff).office == ""


def test_who_comes_second_sees_what_it_is_now(north: Crew, address: str) -> None:
    client = client_of(north.leader)
    client.post(address, SENT)
    answer = client.post(address, SENT | {"office": "Registry"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The office of North unit_staff was set to “Data Office” while you wrote" in page
    assert north.role_of(north.staff).office == "Data Office"


def test_one_may_write_one_s_own(north: Crew) -> None:
    address = north.address("change_member", north.role_of(north.leader).pk)
    sent = SENT | {"role": "delivery_leader", "seen": "delivery_leader"}
    assert client_of(north.leader).post(address, sent).status_code == 302
    assert north.role_of(north.leader).office == "Data Office"


@pytest.mark.parametrize(
    ("office", "words"),
    [("x" * 121, "120"), ("Data\u200bOffice", "a sign that cannot be seen")],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    north: Crew, address: str, office: str, words: str
) -> None:
    for to, sent in (
        (address, SENT | {"office": office}),
        (north.address("invite_member"), {"email": "n@example.org", "role": "viewer",
                                          "office": office}),
    ):  # fmt: skip
        answer = client_of(north.leader).post(to, sent)
        assert answer.status_code == 400
        assert words in answer.content.decode()
    assert not Membership.objects.exclude(office="").exists()
    assert not Invitation.objects.exists()


def test_an_invitation_carries_it_to_the_role(north: Crew) -> None:
    sent = {"email": "new@example.org", "role": "viewer", "office": "  Data   Office "}
    page = client_of(north.leader).post(north.address("invite_member"), sent, follow=True)
    assert "For Data Office, as Viewer" in " ".join(page.content.decode().split())
    row = Invitation.objects.get()
    assert row.office == "Data Office"
    row.delete()
    row, address = invited(north.system, north.leader)
    Invitation.objects.update(office="Data Office")
    user = UserFactory.create(email="new@example.org")
    made = accept(secret=address.split("/")[2], user=user)
    assert isinstance(made, Membership)
    assert made.office == "Data Office"
    line = AuditEntry.objects.get(action="grant role")
    assert line.after == {"role": "viewer", "office": "Data Office"}
    assert "(Data Office)" in client_of(user).get("/account/").content.decode()


def test_giving_a_role_again_leaves_its_office(north: Crew) -> None:
    first = grant(user=north.viewer, system=north.system, role="steward", office="Data Office")
    again = grant(user=north.viewer, system=north.system, role="steward", office="Registry")
    assert (again.pk, again.office) == (first.pk, "Data Office")


def test_the_service_asks_who_may_and_what_was_seen(north: Crew) -> None:
    row = north.role_of(north.staff)
    change: dict[str, Any] = {"membership": row, "office": "Registry", "reason": REASON}
    with pytest.raises(ValidationError, match="no longer change who works"):
        change_office(**change, seen="", actor=north.staff)
    with pytest.raises(Conflict):
        change_office(**change, seen="Data Office", actor=north.leader)
    assert change_office(**change, seen="", actor=north.leader).office == "Registry"
    change_office(**change, seen="Registry", actor=north.leader)
    assert AuditEntry.objects.filter(action="change office").count() == 1
    assert office_name(" Data  Office ") == "Data Office"
