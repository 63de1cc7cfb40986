"""How judgments are made: open to all who sign in, with the thresholds that are in force."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations import sentences
from aspirations.analysis.policy import Policy
from aspirations.models.judgments import Light
from aspirations.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def shown(client: Client) -> str:
    response = client.get(reverse("rules"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_every_light_is_explained(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = shown(client)
    for light in Light:
        assert str(light.label) in page


def test_thresholds_are_those_of_the_default_policy(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = shown(client)
    policy = Policy()
    for chance in policy.thresholds("likelihood"):
        assert sentences.threshold(chance) in page
    for share in policy.thresholds("distance"):
        assert sentences.share_text(-share) in page


@pytest.mark.parametrize("role", ["unit_staff", "reviewer", "data_provider"])
def test_every_role_reads_it(client: Client, role: str) -> None:
    client.force_login(MembershipFactory.create(role=role).user)
    shown(client)


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    response = client.get(reverse("rules"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_it_is_only_read(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.post(reverse("rules")).status_code == 405
