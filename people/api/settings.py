"""What may be written of a system, and what it must look like."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from people.labels import LONGEST
from people.models import System

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Text(serializers.CharField):
    """A text; a number is not taken for one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A whole number; a text or a fraction is not taken for one."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


class Day(serializers.DateField):
    """A date as year-month-day and no other way."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


class Labels(serializers.DictField):
    """The system's own words by the word they replace. They replace all it had."""

    child = Text(max_length=LONGEST)


class SettingsSerializer(serializers.Serializer[System]):
    """Settings to change; what is left out stays as it is."""

    name = Text(max_length=120)
    tagline = Text(max_length=120, allow_blank=True)
    kind = serializers.ChoiceField(choices=System.Kind.choices)
    time_zone = Text(max_length=60, help_text="A name such as Europe/London.")
    year_starts = Whole(min_value=1, max_value=12)
    reporting_date = Day(allow_null=True)
    note = Text(max_length=200, allow_blank=True)
    labels = Labels()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (
            unknown := [name for name in data if name not in self.fields]
        ):
            known = ", ".join(self.fields)
            raise serializers.ValidationError({
                name[:60]: f"“{name[:60]}” cannot be written here. What can: {known}."
                for name in sorted(unknown)
            })  # fmt: skip
        return super().to_internal_value(data)
