"""Properties are tried without a clock: a busy machine makes none of them untrue."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
