"""Leaders proposed by who is none: who decides, and who never does."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Appointment, AuditEntry, Membership, System, User
from people.services.appointments import decide
from people.services.roles import give
from people.tests.crew import Crew, administrator, assert_methods, crew
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db
ACCEPT, REFUSE = {"answer": "accept"}, {"answer": "refuse"}


@pytest.fixture
def north() -> Crew:
    return crew()


@pytest.fixture
def office() -> User:
    return administrator()


def proposed(
    place: Crew, by: User, role: str = "system_leader", user: User | None = None
) -> Appointment:
    person = user or UserFactory.create(name="Ada", email="ada@example.org")
    row = give(user=person, system=place.system, role=role, actor=by)
    assert isinstance(row, Appointment)
    return row


def send(place: Crew, user: User, row: Appointment, answer: dict[str, str] = ACCEPT) -> Any:
    return client_of(user).post(place.address("decide_appointment", row.pk), answer, follow=True)


def leaderless(place: Crew) -> None:
    Membership.objects.filter(user__in=[place.leader, place.head]).delete()


# --------------------------------------------------------------------------- who proposes
def test_an_administrator_proposes_and_a_leader_in_post_gives_at_once(
    north: Crew, office: User
) -> None:
    row = proposed(north, office)
    assert north.roles(row.user) == set()
    assert AuditEntry.objects.get(action="propose leader").actor == office
    other = UserFactory()
    made = give(user=other, system=north.system, role="system_leader", actor=north.leader)
    assert isinstance(made, Membership)
    assert north.roles(other) == {"system_leader"}


def test_other_roles_need_no_leader(north: Crew, office: User) -> None:
    made = give(user=UserFactory(), system=north.system, role="unit_staff", actor=office)
    assert isinstance(made, Membership)


def test_the_same_is_proposed_once(north: Crew, office: User) -> None:
    row = proposed(north, office)
    assert proposed(north, office, user=row.user) == row
    assert AuditEntry.objects.filter(action="propose leader").count() == 1


# --------------------------------------------------------------------------- who decides
@pytest.mark.parametrize("who", ["leader", "head"])
def test_a_leader_in_post_accepts(north: Crew, office: User, who: str) -> None:
    row, decider = proposed(north, office), getattr(north, who)
    answer = send(north, decider, row)
    assert answer.redirect_chain == [(north.address("members"), 302)]
    assert "Ada is System leader now." in answer.content.decode()
    assert north.roles(row.user) == {"system_leader"}
    row.refresh_from_db()
    assert (row.accepted, row.decided_by) == (True, decider)
    assert AuditEntry.objects.get(action="accept leader").actor == decider
    assert client_of(row.user).get(north.address("members")).status_code == 200


def test_a_leader_in_post_refuses(north: Crew, office: User) -> None:
    row = proposed(north, office)
    answer = send(north, north.leader, row, REFUSE)
    assert "Ada does not become System leader." in answer.content.decode()
    assert north.roles(row.user) == set()
    assert AuditEntry.objects.get(action="refuse leader").actor == north.leader


def test_while_a_leader_is_in_post_no_administrator_decides(north: Crew, office: User) -> None:
    row = proposed(north, office)
    answer = send(north, administrator(), row)
    assert "A leader in post decides on this." in answer.content.decode()
    assert north.roles(row.user) == set()


def test_where_no_leader_is_left_a_second_administrator_decides(north: Crew, office: User) -> None:
    leaderless(north)
    row = proposed(north, office)
    assert "You proposed this. Someone else decides." in send(north, office, row).content.decode()
    assert north.roles(row.user) == set()
    send(north, administrator(), row)
    assert north.roles(row.user) == {"system_leader"}


def test_a_leader_whose_account_is_closed_holds_nobody_up(north: Crew, office: User) -> None:
    User.objects.filter(pk__in=[north.leader.pk, north.head.pk]).update(is_active=False)
    row = proposed(north, office)
    send(north, administrator(), row)
    assert north.roles(row.user) == {"system_leader"}


def test_nobody_decides_on_themselves(north: Crew, office: User) -> None:
    second = administrator()
    row = proposed(north, office, user=second)
    for without_leaders in (False, True):
        if without_leaders:
            leaderless(north)
        words = send(north, second, row).content.decode()
        assert "Nobody decides on themselves." in words
    assert north.roles(second) == set()


def test_nobody_is_their_own_leader_in_post(north: Crew, office: User) -> None:
    """The only leader is proposed as another kind of leader: that takes a second administrator."""
    north.role_of(north.head).delete()
    row = proposed(north, office, user=north.leader)
    assert "Nobody decides on themselves." in send(north, north.leader, row).content.decode()
    send(north, administrator(), row)
    assert north.roles(north.leader) == {"delivery_leader", "system_leader"}


def test_who_proposed_does_not_decide_as_a_leader_later(north: Crew, office: User) -> None:
    row = proposed(north, office)
    MembershipFactory(system=north.system, user=office, role="delivery_leader")
    assert "You proposed this." in send(north, office, row).content.decode()
    assert north.roles(row.user) == set()
    send(north, north.leader, row)
    assert north.roles(row.user) == {"system_leader"}


def test_a_proposal_never_waits_for_its_proposer_alone(north: Crew, office: User) -> None:
    """Who proposed has become the only leader, and may not decide: a second administrator may."""
    row = proposed(north, office)
    leaderless(north)
    MembershipFactory(system=north.system, user=office, role="delivery_leader")
    send(north, administrator(), row)
    assert north.roles(row.user) == {"system_leader"}


def test_a_closed_account_becomes_no_leader(north: Crew, office: User) -> None:
    row = proposed(north, office)
    User.objects.filter(pk=row.user.pk).update(is_active=False)
    assert "The account of Ada is closed." in send(north, north.leader, row).content.decode()
    assert north.roles(row.user) == set()
    send(north, north.leader, row, REFUSE)
    row.refresh_from_db()
    assert row.accepted is False


def test_once_it_is_decided_it_stays_so(north: Crew, office: User) -> None:
    row = proposed(north, office)
    send(north, north.leader, row, REFUSE)
    again = send(north, north.head, row)
    assert f"{north.leader} has decided on this already." in again.content.decode()
    assert north.roles(row.user) == set()


def test_the_database_itself_lets_nobody_decide_on_their_own(north: Crew, office: User) -> None:
    row = proposed(north, office)
    for decider in (row.user, office):
        with pytest.raises(IntegrityError), transaction.atomic():
            Appointment.objects.filter(pk=row.pk).update(
                accepted=True, decided_by=decider, decided_at=timezone.now()
            )


# --------------------------------------------------------------------------- the door
def test_strangers_and_leaders_elsewhere_find_nothing(north: Crew, office: User) -> None:
    row = proposed(north, office)
    address = north.address("decide_appointment", row.pk)
    assert Client().post(address, ACCEPT)["Location"].startswith(reverse("account_login"))
    above = MembershipFactory(role="delivery_leader")
    System.objects.filter(pk=north.system.pk).update(parent=above.system)
    foreign = MembershipFactory(role="delivery_leader").user
    for user in (UserFactory(), north.viewer, above.user, foreign):
        assert client_of(user).post(address, ACCEPT).status_code == 404
    assert client_of(north.staff).post(address, ACCEPT).status_code == 403
    row.refresh_from_db()
    assert row.decided_at is None


def test_the_address_of_another_system_does_not_reach_it(north: Crew, office: User) -> None:
    row, south = proposed(north, office), crew("south")
    for user in (south.leader, office):
        answer = client_of(user).post(south.address("decide_appointment", row.pk), ACCEPT)
        assert answer.status_code == 404
    row.refresh_from_db()
    assert row.decided_at is None


@pytest.mark.parametrize("answer", [{}, {"answer": ""}, {"answer": "True"}, {"answer": "accepted"}])
def test_an_answer_that_is_none_decides_nothing(
    north: Crew, office: User, answer: dict[str, str]
) -> None:
    row = proposed(north, office)
    words = send(north, north.leader, row, answer).content.decode()
    assert "Say whether you accept or refuse." in words
    row.refresh_from_db()
    assert row.decided_at is None


def test_it_is_only_posted(north: Crew, office: User) -> None:
    row = proposed(north, office)
    assert_methods(north, north.address("decide_appointment", row.pk), {"post"})


# --------------------------------------------------------------------------- at once
@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_does(north: Crew, office: User) -> None:
    row, ready, refused = proposed(north, office), Barrier(2), []

    def go(actor: User, accepted: bool) -> None:
        ready.wait(10)
        try:
            decide(appointment=row, accepted=accepted, actor=actor)
        except ValidationError as problem:
            refused.append(problem)
        finally:
            connection.close()

    pairs = ((north.leader, True), (north.head, False))
    threads = [Thread(target=go, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    row.refresh_from_db()
    assert len(refused) == 1
    assert north.roles(row.user) == ({"system_leader"} if row.accepted else set())
    assert (
        AuditEntry.objects.filter(action__endswith=" leader", object_key="ada@example.org")
        .exclude(action="propose leader")
        .count()
        == 1
    )
