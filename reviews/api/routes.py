"""Addresses of the room, beneath `systems/<system>/`."""

from aspirations.api.routes import both
from reviews.api.results import AgreedJudgments, Reviews

routes = [
    *both("reviews", "review", Reviews),
    *both("agreed-judgments", "agreed-judgment", AgreedJudgments),
]
