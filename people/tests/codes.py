"""What an authenticator app would show."""

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from people.models import User


def code_from(secret: str) -> str:
    """What an authenticator with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def with_app(user: User) -> str:
    """Set up an app for this person, elsewhere than in a test's session; its secret."""
    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in_with_code(client: Client, user: User, secret: str, password: str) -> None:
    client.post(reverse("account_login"), {"login": user.email, "password": password})
    client.post(reverse("mfa_authenticate"), {"code": code_from(secret)})
