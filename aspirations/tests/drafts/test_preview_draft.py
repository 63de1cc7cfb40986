"""What is typed is drawn at once, and nothing of it is stored."""

import pytest
from django.test import Client

from aspirations.models import Baseline, Effect, Intervention, Target, Trajectory
from aspirations.services import trajectories
from aspirations.tests.drafts.makers import at, body, enter, one_more_work
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
LIVE = {"HX-Request": "true"}


def counted() -> list[int]:
    kinds = (Trajectory, Target, Baseline, Effect, Intervention, AuditEntry)
    return [kind._default_manager.count() for kind in kinds]


def test_the_fragment_follows_what_is_typed(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    before, said = counted(), trajectories.terms(draft)
    typed = one_more_work(draft, name="Summer school", mid="5") | {"target_value": "75"}
    response = client.post(at("preview_draft", draft), typed, headers=LIVE)
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert "The plan explains 9.1 of the 20.8 points needed." in page
    assert "+5.0 Summer school" in page
    assert "<html" not in page
    assert "Save the draft" not in page, "what people type in stays as it is"
    draft.refresh_from_db()
    assert (counted(), trajectories.terms(draft)) == (before, said)


def test_without_scripts_the_whole_page_comes_back_with_what_was_typed(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    before = counted()
    response = client.post(at("preview_draft", draft), body(draft, target_value="73.5"))
    page = " ".join(response.content.decode().split())
    assert response.status_code == 200
    assert "of the 19.3 points needed" in page
    assert 'name="target_value" value="73.5"' in page
    assert counted() == before


def test_one_more_row_is_blank_and_not_wrong(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    for which in ("effect", "point", "overlap"):
        typed = body(draft, shape="linear", more=which)
        page = client.post(at("preview_draft", draft), typed).content.decode()
        number = 1 if which == "effect" else 0
        assert f'id="id_{which}-{number}"' in page
        assert "There is a problem" not in page


def test_a_row_that_is_half_filled_in_leaves_the_rest_drawn(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    typed = one_more_work(draft, name="Summer school", mid="")
    response = client.post(at("preview_draft", draft), typed, headers=LIVE)
    page = " ".join(response.content.decode().split())
    assert "Say how much it adds once it works in full." in page
    assert "The plan explains 4.1 of the 17.8 points needed." in page


def test_a_path_that_cannot_be_drawn_says_why(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    for typed, said in (
        ({"target_period": "soon"}, "Write a month like 2024-04."),
        ({"shape": "points"}, "give at least one between its ends"),
        ({"more": "effect", "effect-TOTAL_FORMS": "many"}, "ManagementForm"),
    ):
        filled = {**body(draft), **typed}
        response = client.post(at("preview_draft", draft), filled, headers=LIVE)
        page = response.content.decode()
        assert response.status_code == 200
        assert said in page


def test_what_is_typed_is_shown_as_text(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    typed = one_more_work(draft, name="<script>alert(1)</script>")
    page = client.post(at("preview_draft", draft), typed, headers=LIVE).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    # The only script is data, which no browser runs.
    data = '<script id="wedges-data" type="application/json">'
    assert page.count("<script") == page.count(data) == 1


def test_who_may(client: Client, system: System, draft: Trajectory) -> None:
    typed = body(draft)
    for role in ("viewer", "plan_owner"):
        enter(client, system, role)
        assert client.post(at("preview_draft", draft), typed).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(at("preview_draft", draft), typed).status_code == 404
    assert client.get(at("preview_draft", draft)).status_code == 405
