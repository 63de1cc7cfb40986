"""How a program says who it is: `Authorization: Bearer <token>`."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from people.models import Token, User

INVALID = "Invalid token."


class BearerToken(TokenAuthentication):
    """Tokens kept as hashes. An expired, revoked or orphaned one answers 401 at once."""

    def authenticate_credentials(self, token: bytes) -> Any:
        # Knox decodes the header as it comes and would fail with a server error.
        if not token.isascii() or b"\0" in token:
            raise AuthenticationFailed(INVALID)
        return super().authenticate_credentials(token)

    def validate_user(self, auth_token: Token) -> tuple[User, Token]:
        """The maker of the token, reaching no further than the token does.

        Whatever is wrong with a token, the answer is that of one that never was.
        """
        if not auth_token.is_answered_for():
            raise AuthenticationFailed(INVALID)
        auth_token.note_use()
        user: User = auth_token.user
        user.program = auth_token  # type: ignore[attr-defined]
        return user, auth_token

    def _cleanup_token(self, auth_token: Token) -> bool:
        """Whether the token has ended. Knox would delete it here, and whoever asks why is lost."""
        return auth_token.has_expired()


class BearerTokenScheme(OpenApiAuthenticationExtension):
    """What the schema says of it."""

    target_class = BearerToken
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Made on the page of a system’s tokens; shown once, kept hashed.",
        }
