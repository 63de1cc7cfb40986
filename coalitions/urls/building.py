"""Addresses of the work with a coalition, beneath /<system>/coalitions/<aspiration>/."""

from django.urls import path

from coalitions.views import building

urlpatterns = [
    path("building/", building.building, name="building"),
    path("contacts/new/", building.add_contact, name="add_contact"),
    path("contacts/<int:pk>/", building.edit_contact, name="edit_contact"),
    path("commitments/new/", building.add_commitment, name="add_commitment"),
    path("commitments/<int:pk>/", building.edit_commitment, name="edit_commitment"),
    path("barriers/new/", building.add_barrier, name="add_barrier"),
    path("barriers/<int:pk>/", building.edit_barrier, name="edit_barrier"),
    path("steps/new/", building.add_next_step, name="add_next_step"),
    path("steps/<int:pk>/", building.edit_next_step, name="edit_next_step"),
    path("vacancies/new/", building.add_vacancy, name="add_vacancy"),
    path("vacancies/<int:pk>/", building.edit_vacancy, name="edit_vacancy"),
    path("circles/new/", building.add_circle, name="add_circle"),
    path("circles/<int:pk>/", building.edit_circle, name="edit_circle"),
    path(
        "candidates/<int:number>/common-ground/",
        building.record_common_ground,
        name="record_common_ground",
    ),
]
