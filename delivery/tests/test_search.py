"""Finding things by their names: what fits, in which order, for whom, at which price."""

import re
import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aspirations.models import Metric, Segment, Series
from aspirations.tests.factories import AspirationFactory, MetricFactory, SeriesFactory
from coalitions.tests.factories import CoalitionFactory
from delivery.search.asking import LONGEST, MOST_WORDS, Asked
from delivery.search.finding import MOST, groups_of
from delivery.search.folding import Folded, fold
from people.models import Role, System, User
from people.tests.factories import ActorFactory, MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of
from reviews.tests.factories import (
    AgreedScoreFactory,
    ConclusionFactory,
    FindingFactory,
    GuestFactory,
    ParticipantFactory,
    ReviewActionFactory,
    RoundFactory,
    RubricFactory,
)

pytestmark = pytest.mark.django_db
ADDRESS = reverse("search")


@pytest.fixture
def meridian() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian", tagline="State Education")
    return row


@pytest.fixture
def reader(meridian: System) -> User:
    return member(meridian, Role.VIEWER)


def member(system: System, role: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    return user


def found(user: User, q: str, kind: str = "", **more: str) -> list[str]:
    """Titles of what fits, of one kind or of all."""
    groups = groups_of(user, Asked.from_query({"q": q, **more}))
    return [one.title for group in groups if kind in ("", group.key) for one in group.found]


def page(user: User, q: str, **more: str) -> str:
    answer = client_of(user).get(ADDRESS, {"q": q, **more})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def main(text: str) -> str:
    return text[text.index("<main") : text.index("</main>")]


# --- what is typed -----------------------------------------------------------------------------
FOLDS = [
    ("Reading", "reading"),
    ("ÉCOLE Früh Ñandú", "ecole fruh nandu"),
    ("Director’s", "director's"),
    ("ﬁne", "fine"),
    ("Größe", "große"),
    ("", ""),
]


@pytest.mark.embedded
@pytest.mark.parametrize(("text", "folded"), FOLDS)
def test_a_database_folds_as_python_does(meridian: System, text: str, folded: str) -> None:
    assert fold(text) == folded
    System.objects.update(tagline=text)
    assert System.objects.values_list(Folded("tagline"), flat=True).get() == folded


def test_every_new_connection_to_sqlite_learns_it_whoever_asks_first() -> None:
    with closing(sqlite3.connect(":memory:")) as raw:
        new = SimpleNamespace(vendor="sqlite", connection=raw)
        connection_created.send(sender=type(new), connection=new)
        assert raw.execute("SELECT headway_fold('École')").fetchone() == ("ecole",)


TYPED: list[tuple[dict[str, str], Asked]] = [
    ({}, Asked()),
    ({"q": "  two   words "}, Asked("two words")),
    ({"q": "nul\x00here\x07\ud800"}, Asked("nul here")),
    ({"q": "x" * 300}, Asked("x" * LONGEST, was_cut=True)),
    ({"q": "w " * 20}, Asked(" ".join("w" * MOST_WORDS), was_cut=True)),
    ({"q": "a", "in": "me\x00ridian", "near": "north"}, Asked("a", "me ridian", "north")),
]


@pytest.mark.parametrize(("query", "asked"), TYPED)
def test_what_is_typed_is_made_harmless(query: dict[str, str], asked: Asked) -> None:
    assert Asked.from_query(query) == asked


@pytest.mark.parametrize("q", ["\x00", "x" * 300, "%", "_", "\\", "'\"<b>", "😀", "w " * 99])
def test_nothing_that_is_typed_breaks_the_page(reader: User, q: str) -> None:
    assert "<b>" not in main(page(reader, q))


def test_signs_that_databases_use_are_only_signs(reader: User, meridian: System) -> None:
    MetricFactory.create(system=meridian, name="Share of 50% and more")
    MetricFactory.create(system=meridian, name="Plain")
    assert found(reader, "50%") == ["Share of 50% and more"]
    assert found(reader, "_") == []


# --- what fits, and in which order -------------------------------------------------------------
@pytest.mark.embedded
def test_a_name_comes_before_its_beginning_a_word_and_a_piece(
    reader: User, meridian: System
) -> None:
    for name in ("Spreading", "Early reading", "Reading gap", "Réading"):
        MetricFactory.create(system=meridian, name=name)
    assert found(reader, "READING") == ["Réading", "Reading gap", "Early reading", "Spreading"]


def test_every_word_must_fit_somewhere(reader: User, meridian: System) -> None:
    MetricFactory.create(system=meridian, name="Reading, Grade 3", owner="Data Office")
    assert found(reader, "grade reading") == found(reader, "office reading") == ["Reading, Grade 3"]
    assert found(reader, "reading writing") == []


def test_each_kind_leads_to_its_page(reader: User, meridian: System) -> None:
    AspirationFactory.create(system=meridian, slug="lake", title="Lake schools thrive")
    metric = MetricFactory.create(system=meridian, slug="lake-score", name="Lake score")
    whole = Segment.objects.create(system=meridian, code="all", name="Lake everyone")
    place = Segment.objects.create(system=meridian, code="d=lake", name="Lake district")
    for segment in (whole, place):
        Series.objects.create(metric=metric, segment=segment)
    meridian.tagline = "By the lake"
    meridian.save()
    text = main(page(reader, "lake"))
    links = re.findall(r'<a href="([^"]+)">(?:Meridian|Lake [\w ]+)</a>', text)
    assert links == [
        "/meridian/", "/meridian/aspirations/lake/", "/meridian/metrics/lake-score/",
        "/meridian/metrics/lake-score/?segment=d%3Dlake",
    ]  # fmt: skip
    assert "Lake everyone" not in text
    assert "Its one metric: Lake score" in text


def test_a_system_calls_its_kinds_by_its_own_words(reader: User, meridian: System) -> None:
    System.objects.update(labels={"metrics": "indicators"})
    MetricFactory.create(system=meridian, name="Reading")
    assert "Indicators <small>1</small>" in page(reader, "reading")


def test_what_is_retired_is_found_and_said_to_be(reader: User, meridian: System) -> None:
    MetricFactory.create(
        system=meridian, name="Old test", retired_at=timezone.now(), retired_reason="No longer set."
    )
    assert "Retired" in page(reader, "old test")


def test_actors_are_found_by_office_role_and_sphere(reader: User, meridian: System) -> None:
    row = ActorFactory.create(
        system=meridian, name="Budget director", role="Releases money", sphere="Treasury"
    )
    ActorFactory.create(system=meridian, name="Budget panel", retired_at=timezone.now())
    for q in ("budget director", "money releases", "treasury"):
        assert found(reader, q, "actors") == ["Budget director"]
    text = page(reader, "budget")
    assert f'href="{reverse("actors", args=["meridian"])}#actor-{row.pk}"' in text
    assert "Retired" in text


def test_actors_are_found_by_who_may_read_their_map(reader: User, meridian: System) -> None:
    ActorFactory.create(system=meridian, name="Budget director")
    ActorFactory.create(name="Budget director elsewhere")
    assert found(reader, "budget", "actors") == ["Budget director"]
    for role in (Role.REVIEWER, Role.DATA_PROVIDER):
        assert found(member(meridian, role), "budget", "actors") == []


def test_of_many_twenty_are_shown_and_the_rest_is_counted(reader: User, meridian: System) -> None:
    for number in range(MOST + 7):
        MetricFactory.create(system=meridian, name=f"Reading {number:02}")
    text = page(reader, "reading")
    assert f"{MOST + 7} things fit “reading”" in text
    assert "7 more fit." in text
    assert len(found(reader, "reading")) == MOST


def test_of_equals_those_of_the_system_one_comes_from_are_first(
    reader: User, meridian: System
) -> None:
    north = MembershipFactory.create(user=reader, system__slug="north", system__name="A north")
    for system in (north.system, meridian):
        MetricFactory.create(system=system, name=f"Reading of {system.slug}")
    assert found(reader, "reading of") == ["Reading of meridian", "Reading of north"]
    assert found(reader, "reading of", near="north")[0] == "Reading of north"
    assert found(reader, "reading", **{"in": "north"}) == ["Reading of north"]


def test_the_page_says_what_to_do_where_nothing_fits(reader: User) -> None:
    assert "A shorter word finds more" in page(reader, "zzz")
    empty = page(reader, "")
    assert "Find a system, an aspiration, a metric, a segment or a page" in empty
    assert "Only the first words were looked for" in page(reader, "x" * 300)


# --- pages and acts ----------------------------------------------------------------------------
def titles(text: str) -> list[str]:
    pages = main(text).partition("hits-pages")[2]
    return re.findall(r"<a href=\"[^\"]+\">([^<]+)</a>", pages)


@pytest.mark.parametrize(
    ("role", "q", "wanted"),
    [
        (Role.DELIVERY_LEADER, "set up a capacity", ["Set up a capacity review"]),
        (Role.SYSTEM_LEADER, "rubric", ["Rubrics", "Capacity"]),
        (Role.VIEWER, "rubric", []),
        (Role.VIEWER, "tasks", ["Actions"]),
        (Role.DATA_PROVIDER, "tasks", []),
        (Role.DELIVERY_LEADER, "invite", ["Invite someone"]),
        (Role.DELIVERY_LEADER, "history", ["Trail"]),
        (Role.UNIT_STAFF, "invite", []),
        (Role.VIEWER, "trail", []),
        (Role.VIEWER, "shortcut", ["Keyboard shortcuts"]),
        (Role.VIEWER, "installation", []),
        (Role.DATA_PROVIDER, "dashboard", []),
    ],
)
def test_pages_are_found_where_they_open(
    meridian: System, role: str, q: str, wanted: list[str]
) -> None:
    assert titles(page(member(meridian, role), q)) == wanted


def test_every_page_found_opens(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    client = client_of(user)
    for q in "abcdefghijklmnoprstuvw":
        for address in re.findall(r'<a href="([^"]+)">', main(page(user, q))):
            assert client.get(address).status_code in {200, 302}, address


def test_an_administrator_finds_the_installation() -> None:
    office = UserFactory.create(is_staff=True)
    assert "Installation" in titles(page(office, "installation"))


# --- reviews -----------------------------------------------------------------------------------
def test_reviews_and_rubrics_are_found_by_their_titles(meridian: System) -> None:
    old = RubricFactory.create(system=meridian, key="reading", title="Reading rubric")
    new = RubricFactory.create(
        system=meridian, key="reading", number=2, title="Reading rubric anew", adopted_at=None
    )
    row = RoundFactory.create(system=meridian, title="Spring look at reading", rubric=old)
    text = main(page(member(meridian, Role.SYSTEM_LEADER), "reading"))
    assert re.findall(r'<a href="(/meridian/capacity/[^"]+)">', text) == [
        f"/meridian/capacity/{row.pk}/", f"/meridian/capacity/rubrics/{new.pk}/",
    ]  # fmt: skip
    assert "Draft" in text
    assert found(member(meridian, Role.UNIT_STAFF), "rubric", "reviews") == [row.title]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ACCOUNTABLE_HEAD, Role.REVIEWER])
def test_a_review_is_found_by_who_is_named_on_it_and_no_other(meridian: System, role: str) -> None:
    row = RoundFactory.create(system=meridian, title="Reading review", rubric__title="Reading rub")
    RoundFactory.create(system=meridian, title="Reading review of others")
    named = ParticipantFactory.create(round=row, user=member(meridian, role))
    assert found(member(meridian, role), "reading") == []
    assert named.user
    assert found(named.user, "reading") == ["Reading review"]
    named.user.lacks_second_factor = True
    System.objects.update(second_factor="leaders")
    assert found(named.user, "reading") == []


def test_what_a_review_found_or_heard_is_never_found(meridian: System) -> None:
    now = timezone.now()
    row = RoundFactory.create(
        system=meridian, title="Plain", purpose="Purpose vambrace", state="closed", closed_at=now,
        leader_at=now, team_at=now,
    )  # fmt: skip
    finding = FindingFactory.create(round=row, text="Finding vambrace")
    ReviewActionFactory.create(
        implication__finding=finding, implication__text="Vambrace", action__what="Do vambrace"
    )
    ConclusionFactory.create(round=row, text="Vambrace stops")
    AgreedScoreFactory.create(round=row, reason="Vambrace is why", element__title="Vambrace")
    GuestFactory.create(round=row, name="Vambrace Office")
    for role in Role.values:
        assert found(member(meridian, role), "vambrace") == []


# --- for whom ----------------------------------------------------------------------------------
def test_nothing_of_other_systems_is_found(reader: User, meridian: System) -> None:
    other = SystemFactory.create(name="Reading Borough")
    MetricFactory.create(system=other, name="Reading there")
    AspirationFactory.create(system=other, title="Reading for all")
    series = SeriesFactory.create(metric__system=other, segment__code="reading")
    assert series.segment.system_id
    assert found(reader, "reading") == []
    assert found(reader, "reading", **{"in": other.slug, "near": other.slug}) == []
    assert other.name not in page(reader, "reading", **{"in": other.slug, "near": other.slug})


@pytest.mark.parametrize("role", [Role.DATA_PROVIDER, Role.REVIEWER])
def test_who_reads_no_dashboard_finds_no_row(meridian: System, role: str) -> None:
    MetricFactory.create(system=meridian, name="Reading")
    assert found(member(meridian, role), "reading") == []
    assert found(member(meridian, role), "meridian") == []


def test_from_above_one_finds_what_lies_beneath(meridian: System) -> None:
    child = SystemFactory.create(name="Reading county", parent=meridian)
    MetricFactory.create(system=child, name="Reading well")
    assert found(member(meridian, Role.VIEWER), "reading") == ["Reading county", "Reading well"]


def test_a_draft_is_found_by_those_who_write(reader: User, meridian: System) -> None:
    AspirationFactory.create(system=meridian, title="Reading in secret", status="draft")
    assert found(reader, "reading") == []
    assert found(member(meridian, Role.UNIT_STAFF), "reading") == ["Reading in secret"]


def test_coalitions_and_people_are_never_found(meridian: System) -> None:
    leader = member(meridian, Role.DELIVERY_LEADER)
    CoalitionFactory.create(aspiration=AspirationFactory.create(system=meridian, title="Plain"))
    User.objects.filter(pk=leader.pk).update(name="Quillon Vambrace")
    assert found(leader, "quillon") == found(leader, "informal network") == []


def test_where_a_second_factor_is_missing_nothing_is_found(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    System.objects.update(second_factor="leaders")
    user.lacks_second_factor = True  # type: ignore[attr-defined]
    assert found(user, "meridian") == []


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(ADDRESS, {"q": "reading"}).status_code == 302
    assert main(page(UserFactory.create(), "meridian")).count("<li>") == 0


def test_other_methods_are_refused(reader: User) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client_of(reader), method)(ADDRESS).status_code == 405


# --- at which price ----------------------------------------------------------------------------
def queries(user: User, q: str) -> int:
    client: Any = client_of(user)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(ADDRESS, {"q": q}).status_code == 200
    return len(captured)


@pytest.mark.embedded
def test_it_asks_as_often_for_thirty_rows_of_each_kind_as_for_three(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    grow(user, meridian, 3)
    few = queries(user, "reading")
    grow(user, meridian, 30)
    assert queries(user, "reading") == few <= 12
    assert Metric.objects.count() == 33


def grow(user: User, system: System, count: int) -> None:
    start = Metric.objects.count()
    for number in range(start, start + count):
        row = MembershipFactory.create(user=user, role="viewer", system__name=f"Reading {number}")
        metric = MetricFactory.create(system=row.system, name=f"Reading {number}")
        AspirationFactory.create(system=system, title=f"Reading {number}")
        ActorFactory.create(system=system, name=f"Reading office {number}")
        RoundFactory.create(
            system=system, title=f"Reading {number}", rubric__title=f"Reading {number}"
        )
        segment = Segment.objects.create(
            system=row.system, code=f"s{number}", name=f"Reading {number}"
        )
        Series.objects.create(metric=metric, segment=segment)
