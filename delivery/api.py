"""The root of the interface for programs: every room's routes, the schema, and one refusal."""

from typing import Any, NoReturn

from django.urls import path, re_path, reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from aspirations.api.routes import routes as aspirations
from people.api.rows import Private, check_words
from people.api.systems import routes as systems
from people.gate import SignedIn
from reviews.api.routes import routes as reviews
from routines.api import routes as routines

app_name = "api"


class RootSerializer(serializers.Serializer[Any]):
    """Where to go on from here."""

    systems = serializers.URLField()
    schema = serializers.URLField()


class Root(Private):
    permission_classes = [SignedIn]
    http_method_names = ["get", "head"]

    @extend_schema(summary="Where to start", responses=RootSerializer, operation_id="root")
    def get(self, request: Request) -> Response:
        check_words(request, set(), set())
        names = ("systems", "schema")
        return Response(
            {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in names}
        )


class Schema(Private, SpectacularJSONAPIView):
    """The description of this interface in OpenAPI; it names no system and no figure."""

    permission_classes = [SignedIn]
    http_method_names = ["get", "head"]


@extend_schema(exclude=True)
class Nowhere(Private):
    """Any other address answers as one that is not visible."""

    permission_classes = [SignedIn]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        super().initial(request, *args, **kwargs)
        raise NotFound


urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", Schema.as_view(), name="schema"),
    *systems,
    *aspirations,
    *reviews,
    *routines,
    # Only addresses that end in a slash: the others are first sent on to their slash.
    re_path(r"^.+/$", Nowhere.as_view(), name="nowhere"),
]
