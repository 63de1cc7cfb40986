"""The scene of these tests."""

import pytest

from aspirations.tests.assessments.scene import Scene, scene
from people.models import User


@pytest.fixture
def stage(db: None) -> Scene:
    return scene()


@pytest.fixture
def leader(stage: Scene) -> User:
    return stage.member("delivery_leader", "Leader")


@pytest.fixture
def ana(stage: Scene) -> User:
    return stage.member("unit_staff", "Ana")


@pytest.fixture
def ben(stage: Scene) -> User:
    return stage.member("unit_staff", "Ben")


@pytest.fixture
def viewer(stage: Scene) -> User:
    return stage.member("viewer", "Viewer")


@pytest.fixture
def stranger() -> User:
    return scene("elsewhere").member("delivery_leader", "Stranger")
