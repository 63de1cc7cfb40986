"""What somebody typed, to be handed back where no form can be shown any more."""

from django.http import QueryDict

# Nothing with one of these in its name is ever shown again, be it to who typed it.
SECRET = ("password", "token", "secret", "code", "credential", "otp", "key", "login")
# What a page sends along by itself.
UNTYPED = {"version", "seen", "rows", "next"}
BESIDE = "initial-"


def texts(data: QueryDict) -> list[str]:
    """The texts among what was sent, each once; neither secrets nor figures that a page adds."""
    found = [
        value.strip()
        for name, values in data.lists()
        if not is_kept_back(name.lower())
        for value in values
    ]
    return list(dict.fromkeys(text for text in found if is_text(text)))


def is_kept_back(name: str) -> bool:
    return name in UNTYPED or name.startswith(BESIDE) or any(part in name for part in SECRET)


def is_text(value: str) -> bool:
    """Whether it is more than a tick or the number of a choice."""
    return value not in {"", "on"} and not value.isdigit()
