"""Reading what is sent: JSON that can be taken in only one way, and not too much of it."""

import json
import math
from collections.abc import Iterator
from typing import Any

from rest_framework import status
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import JSONParser

MOST_BYTES = 1024 * 1024
DEEPEST = 20
# Beyond it a number no longer reads back as it was written.
LARGEST = 2**53


class TooLarge(APIException):
    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = f"The request is larger than {MOST_BYTES} bytes. Send less at once."
    default_code = "too_large"


class Pairs(list[tuple[str, Any]]):
    """An object as it was written, names that stand twice included."""


class StrictJson(JSONParser):
    """JSON without doubled names, NaN, NUL, halves of characters, or depth without end."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise TooLarge
        return as_sent(body)


def as_sent(body: bytes) -> Any:
    """The value that was sent; refusals name the path to what is wrong with it."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=Pairs)
    except UnicodeDecodeError as problem:
        raise ParseError("The request is not UTF-8. Send it in UTF-8.") from problem
    except RecursionError as problem:
        raise ParseError(f"The request is nested deeper than {DEEPEST}.") from problem
    except ValueError as problem:
        raise ParseError(f"The request is not JSON: {problem}") from problem
    faults = dict(faults_in(value, "", 0))
    if faults:
        raise ValidationError(faults)
    return bare(value)


def faults_in(value: Any, path: str, depth: int) -> Iterator[tuple[str, str]]:
    """Path and words for whatever cannot be taken in; the request itself is “request”."""
    here = path or "request"
    if depth > DEEPEST:
        yield here, f"This is nested deeper than {DEEPEST}. Send it flatter."
    elif isinstance(value, Pairs):
        yield from faults_of_names(value, here)
        for name, inner in value:
            yield from faults_in(inner, f"{path}.{shown(name)}" if path else shown(name), depth + 1)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from faults_in(inner, f"{path}[{place}]", depth + 1)
    elif fault := fault_of(value):
        yield here, fault


def faults_of_names(pairs: Pairs, path: str) -> Iterator[tuple[str, str]]:
    seen = set()
    for name, _value in pairs:
        if fault := fault_of(name):
            yield path, f"A name in it cannot be used. {fault}"
        if name in seen:
            yield path, f"“{shown(name)}” stands twice in it. Give it once."
        seen.add(name)


def fault_of(value: Any) -> str:
    """What is wrong with a single value; empty where nothing is."""
    if isinstance(value, str):
        if "\0" in value:
            return "A text holds a NUL character. Take it out."
        if any("\ud800" <= sign <= "\udfff" for sign in value):
            return "A text holds half of a character. Send it whole."
    elif isinstance(value, float) and not math.isfinite(value):
        return "This is no number. Leave it out or send null."
    elif isinstance(value, int) and abs(value) > LARGEST:
        return f"This number is beyond {LARGEST}. Send it as a text."
    return ""


def shown(name: str) -> str:
    """A name as a refusal can bear it."""
    return name.encode("ascii", "backslashreplace").decode().replace("\0", "␀")[:60]


def bare(value: Any) -> Any:
    """Pairs as objects again."""
    if isinstance(value, Pairs):
        return {name: bare(inner) for name, inner in value}
    return [bare(inner) for inner in value] if isinstance(value, list) else value
