"""The words of a system where pages ask for them, and what no door lets in."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from people.labels import check_labels, defaults, label, role_choices, role_name
from people.models import Role, System
from people.tests.factories import SystemFactory


def test_every_noun_and_every_role_may_have_another_word() -> None:
    assert set(defaults()) == {
        "aspiration", "aspirations", "metric", "metrics", "segment", "segments", *Role.values,
    }  # fmt: skip


def test_a_word_of_ones_own_goes_before_the_usual_one() -> None:
    system = System(labels={"metrics": "yardsticks", "viewer": "Guest"})
    assert label(system, "metrics") == "yardsticks"
    assert label(system, "Metrics") == "Yardsticks"
    assert label(system, "Segments") == "Segments"
    assert label(None, "segment") == "segment"
    assert role_name(system, "viewer") == "Guest"
    assert role_name(system, "steward") == "Steward"
    assert role_choices(system, [Role.VIEWER]) == [("viewer", "Guest")]


@pytest.mark.parametrize("labels", [None, [], "metrics", {"metrics": 5}, {"metrics": None}])
def test_what_is_no_word_falls_back(labels: Any) -> None:
    assert label(System(labels=labels), "metrics") == "metrics"


def test_templates_ask_without_a_query_and_escape(django_assert_num_queries: Any, db: None) -> None:
    system = SystemFactory.create(labels={})
    system.labels = {"metrics": "<b>"}
    page = Template('{% load labels %}{% label "Metrics" system %} {% role_name "viewer" system %}')
    with django_assert_num_queries(0):
        assert page.render(Context({"system": system})) == "&lt;b&gt; Viewer"


BAD: list[tuple[Any, str]] = [
    ([], "no list"),
    ({"metrik": "x"}, "“metrik” is no word that can be replaced"),
    ({"metric": 5}, "“5” is not a text"),
    ({"metric": ""}, "is empty"),
    ({"metric": " x"}, "begins or ends with a blank"),
    ({"metric": "x" * 41}, "41 characters"),
    ({"metric": "a\nb"}, "cannot be seen"),
    ({"metric": "<b>"}, "without markup"),
    ({"viewer": "Reviewer"}, "already the name of another role"),
]


@pytest.mark.parametrize(("labels", "said"), BAD)
@pytest.mark.django_db
def test_the_model_refuses_what_cannot_be_a_word(labels: Any, said: str) -> None:
    system = SystemFactory.create()
    system.labels = labels
    with pytest.raises(ValidationError) as refusal:
        system.full_clean()
    assert said in str(refusal.value)
    assert "labels" in refusal.value.message_dict


def test_words_of_other_scripts_are_welcome() -> None:
    check_labels({"metric": "指標", "metrics": "شاخص‌ها", "segment": "Größe & Ort"})
