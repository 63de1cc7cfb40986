"""What a refusal looks like, and that every operation of the schema says so."""

from typing import Any, Literal

from django.db import models
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class RefusalType(models.TextChoices):
    VALIDATION = "validation_error"
    CLIENT = "client_error"
    SERVER = "server_error"


class FaultSerializer(serializers.Serializer[Any]):
    """One thing that is wrong."""

    code = serializers.CharField()
    detail = serializers.CharField()
    attr = serializers.CharField(allow_null=True, help_text="The parameter or field, if any.")


class RefusalSerializer(serializers.Serializer[Any]):
    """Why a request was refused."""

    type = serializers.ChoiceField(choices=RefusalType.choices)
    errors = FaultSerializer(many=True)  # type: ignore[assignment]


REFUSALS = {
    "400": "A parameter is unknown, repeated or has a bad value; `attr` names it.",
    "401": "Not signed in: send a token that has not expired.",
    "404": "Not there, or not visible to you: the two are not told apart.",
    "405": "This address does not take that method.",
    "406": "Only JSON is spoken here.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}
# What only a change can be refused for.
REFUSED_CHANGES = {
    "403": "You may read this and not change it, or the request did not come from our own pages.",
    "412": "Someone else saved it since; GET it again.",
    "413": "More than may be sent at once.",
    "415": "Something other than JSON was sent.",
    "428": "Say in If-Match which version you read.",
}


class Described(AutoSchema):
    """The schema of an operation: one line of summary, the room it is about, refusals included."""

    def get_description(self) -> str:  # type: ignore[override]
        return ""  # a docstring speaks to who works on the code, not to who calls it

    def get_tags(self) -> list[str]:
        words: list[str] = self._tokenize_path()
        return [(words[1:2] or words[:1] or ["root"])[0]]

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction=direction)
        refusals = REFUSALS if self.method == "GET" else {**REFUSALS, **REFUSED_CHANGES}
        for status, words in refusals.items():
            body = self._get_response_for_code(RefusalSerializer, status)
            bodies.setdefault(status, {**body, "description": words})
        return bodies
