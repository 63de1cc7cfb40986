"""Reviews whose results one may read, and what their panels agreed on.

Single scores, published medians, notes, findings and who took part are not told here.
"""

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from people.api.rows import Rows
from reviews.api.filters import AgreedFilters
from reviews.models import AgreedScore, Round, Rubric


class ScalePointSerializer(serializers.Serializer[Any]):
    """One point of a scale."""

    name = serializers.CharField()
    meaning = serializers.CharField()


class UsedRubricSerializer(serializers.ModelSerializer[Rubric]):
    """The version of the rubric that a review was scored with, the weakest point first."""

    number = serializers.IntegerField(read_only=True, help_text="Its version.")
    scale = ScalePointSerializer(many=True, read_only=True)

    class Meta:
        model = Rubric
        fields = ["key", "number", "title", "scale"]
        read_only_fields = fields


class ReviewSerializer(serializers.ModelSerializer[Round]):
    """A closed capacity review."""

    aspiration = serializers.CharField(
        source="aspiration.slug", default=None, allow_null=True, read_only=True,
        help_text="Slug of the aspiration it is anchored on.",
    )  # fmt: skip
    rubric = UsedRubricSerializer(
        read_only=True, allow_null=True, help_text="Null for reviews of an earlier time."
    )
    follows = serializers.IntegerField(
        source="earlier", read_only=True, allow_null=True,
        help_text="Number of the review it is compared with, where its results are open too.",
    )  # fmt: skip

    class Meta:
        model = Round
        fields = [
            "id", "title", "purpose", "aspiration", "rubric", "follows", "is_light", "starts",
            "due", "next_due", "closed_at", "leader_at", "team_at",
        ]  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "closed_at": {"help_text": "When its figures froze."},
            "leader_at": {"help_text": "When leaders were given the results; null before."},
            "team_at": {"help_text": "When the unit was given them; null before."},
        }


class AgreedSerializer(serializers.ModelSerializer[AgreedScore]):
    """The panel's latest decision on one element: never a mean, and never averaged with others."""

    review = serializers.IntegerField(source="round_id", read_only=True)
    element = serializers.CharField(source="element.code", read_only=True, help_text="Its code.")
    title = serializers.CharField(source="element.title", read_only=True)
    section = serializers.CharField(source="element.section", read_only=True)
    word = serializers.SerializerMethodField(help_text="The value in the words of the rubric.")

    class Meta:
        model = AgreedScore
        fields = [
            "id", "review", "element", "title", "section", "value", "word", "reason", "dissent",
            "revision", "at",
        ]  # fmt: skip
        read_only_fields = fields
        extra_kwargs = {
            "value": {"help_text": "1 is the weakest; null where the panel cannot judge."},
        }

    def get_word(self, row: AgreedScore) -> str | None:
        return row.element.rubric.name_of(row.value) or None


class ResultRows(Rows):
    """The system opens to its unit; within it, only reviews whose results are open to the asker."""

    opens = ("result.read",)

    def reviews(self) -> QuerySet[Round]:
        user = self.request.user
        visible = Round.objects.visible_to(user, self.opened_by).filter(system=self.system)
        return visible.with_results_for(user)


@extend_schema_view(
    list=extend_schema(summary="Closed reviews whose results you may read, by start"),
    retrieve=extend_schema(summary="One closed review"),
)
class Reviews(ResultRows):
    queryset = Round.objects.none()
    serializer_class = ReviewSerializer
    keyset = ("starts", "id")

    def rows(self) -> QuerySet[Round]:
        earlier = self.reviews().filter(pk=OuterRef("follows")).values("pk")
        found = self.reviews().annotate(earlier=Subquery(earlier))
        return found.select_related("aspiration", "rubric")


@extend_schema_view(
    list=extend_schema(summary="What panels agreed on, the latest of each element"),
    retrieve=extend_schema(summary="One agreed judgment"),
)
class AgreedJudgments(ResultRows):
    queryset = AgreedScore.objects.none()
    serializer_class = AgreedSerializer
    filterset_class = AgreedFilters
    keyset = ("round_id", "place", "id")

    def rows(self) -> QuerySet[AgreedScore]:
        visible = AgreedScore.objects.visible_to(self.request.user, self.opened_by)
        held = visible.filter(round__in=self.reviews()).in_force()
        placed: QuerySet[AgreedScore] = held.annotate(place=F("element__order"))
        return placed.select_related("element__rubric")
