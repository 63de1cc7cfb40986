"""The words a system may call things by: a short list, each with the word used otherwise.

Pages ask `{% label "aspirations" system %}` and `role_name(system, role)`. The words are part of
the system's row, so asking costs no query.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# As they stand within a sentence.
NOUNS = {
    "aspiration": gettext_lazy("aspiration"),
    "aspirations": gettext_lazy("aspirations"),
    "metric": gettext_lazy("metric"),
    "metrics": gettext_lazy("metrics"),
    "segment": gettext_lazy("segment"),
    "segments": gettext_lazy("segments"),
}
LONGEST = 40
# Line and paragraph separators, control characters, halves of characters.
NOT_IN_A_LINE = {"Cc", "Cs", "Zl", "Zp"}
# They turn the reading direction of whatever follows.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Letters and pictures that show nothing.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def roles() -> dict[str, Any]:
    """The roles by code, with the word used where a system has none of its own."""
    # TRAP: importing the model here would turn in a circle, since its system checks its labels.
    field: Any = apps.get_model("people", "Membership")._meta.get_field("role")
    return dict(field.flatchoices)


def defaults() -> dict[str, Any]:
    """Every word that may be replaced, with the one used otherwise."""
    return {**NOUNS, **roles()}


def label(system: Any, word: str) -> str:
    """What the system calls `word`; with a capital where `word` is given with one."""
    if not word[:1].isupper():
        return own(system, word) or str(NOUNS[word])
    return capfirst(label(system, word[0].lower() + word[1:]))


def role_name(system: Any, role: str) -> str:
    """What the system calls a role."""
    return own(system, role) or str(roles().get(role, role))


def role_choices(system: Any, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Roles with the system's names for them, as a form offers them."""
    return [(str(code), role_name(system, code)) for code in codes]


def own(system: Any, word: str) -> str:
    """The system's own word; empty without a system, or where it has none."""
    labels = getattr(system, "labels", None)
    found = labels.get(word) if isinstance(labels, Mapping) else None
    return found if isinstance(found, str) else ""


def check_labels(labels: Any) -> None:
    """ValidationError naming the word and the remedy, unless all of them can be used."""
    if not isinstance(labels, Mapping):
        shown = str(labels)[:LONGEST]
        raise ValidationError({"labels": _("“%s” is no list. Send words by name.") % shown})
    faults = [fault for word, text in labels.items() for fault in faults_of(word, text)]
    if not faults:
        faults = doubled_roles(labels)
    if faults:
        raise ValidationError({"labels": faults})


def faults_of(word: str, text: Any) -> list[str]:
    if word not in defaults():
        known = ", ".join(sorted(defaults()))
        return [_("“%(word)s” is no word that can be replaced. Known: %(known)s.")
                % {"word": str(word)[:LONGEST], "known": known}]  # fmt: skip
    try:
        check_label(text)
    except ValidationError as problem:
        return [f"{word}: {fault}" for fault in problem.messages]
    return []


def check_label(text: Any) -> None:
    """One line of plain text, neither empty nor longer than a heading bears."""
    if not isinstance(text, str):
        raise ValidationError(_("“%s” is not a text. Write it in quotes.") % str(text)[:LONGEST])
    if len(text) > LONGEST:
        raise ValidationError(
            _("“%(text)s…” has %(count)s characters. Use at most %(most)s.")
            % {"text": text[:20], "count": len(text), "most": LONGEST}
        )
    if not text.strip() or text != text.strip():
        raise ValidationError(_("“%s” is empty or begins or ends with a blank.") % text)
    if "<" in text or ">" in text:
        raise ValidationError(_("“%s” holds < or >. Write the word without markup.") % text)
    check_line(text)


def check_line(text: str) -> None:
    """One line: no line ends, no control signs, nothing that turns the reading direction."""
    if TURNING & set(text) or any(unicodedata.category(sign) in NOT_IN_A_LINE for sign in text):
        raise ValidationError(_("This holds a sign that cannot be seen. Type it anew."))


def personal_name(text: str) -> str:
    """A name of a person, with single blanks between its words.

    Stricter than a line: nothing unseen tells two names apart, nor hides one.
    """
    check_line(text)
    if BLANK & set(text) or any(unicodedata.category(sign) == "Cf" for sign in text):
        raise ValidationError(_("This holds a sign that cannot be seen. Type it anew."))
    return " ".join(text.split())


def doubled_roles(labels: Mapping[str, str]) -> list[str]:
    """Two roles of one name could not be told apart where they are given."""
    names: dict[str, str] = {}
    faults = []
    for role, usual in roles().items():
        name = str(labels.get(role, usual))
        if name.casefold() in names:
            faults.append(
                _("%(role)s: “%(name)s” is already the name of another role. Choose another.")
                % {"role": role, "name": name}
            )
        names[name.casefold()] = role
    return faults
