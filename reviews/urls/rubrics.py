"""Rubrics and their elements."""

from django.urls import path

from reviews.views import drafts, elements, rubrics

urlpatterns = [
    path("rubrics/", rubrics.rubrics, name="rubrics"),
    path("rubrics/supplied/<slug:key>/", rubrics.supplied_rubric, name="supplied_rubric"),
    path(
        "rubrics/supplied/<slug:key>/copy/",
        drafts.copy_supplied_rubric,
        name="copy_supplied_rubric",
    ),
    path("rubrics/<int:rubric>/", rubrics.rubric, name="rubric"),
    path("rubrics/<int:rubric>/copy/", drafts.copy_rubric, name="copy_rubric"),
    path("rubrics/<int:rubric>/version/", drafts.new_rubric_version, name="new_rubric_version"),
    path("rubrics/<int:rubric>/edit/", drafts.edit_rubric, name="edit_rubric"),
    path("rubrics/<int:rubric>/use/", drafts.use_rubric, name="use_rubric"),
    path("rubrics/<int:rubric>/discard/", drafts.discard_rubric, name="discard_rubric"),
    path("rubrics/<int:rubric>/elements/new/", elements.new_element, name="new_element"),
    path(
        "rubrics/<int:rubric>/elements/<int:element>/edit/",
        elements.edit_element,
        name="edit_element",
    ),
    path(
        "rubrics/<int:rubric>/elements/<int:element>/move/",
        elements.move_element,
        name="move_element",
    ),
    path(
        "rubrics/<int:rubric>/elements/<int:element>/remove/",
        elements.remove_element,
        name="remove_element",
    ),
]
