"""How often one caller may ask. A courtesy among callers, no defence."""

from typing import Any

from rest_framework.throttling import UserRateThrottle

from people.models import Token


class CallerThrottle(UserRateThrottle):
    """Counts each token by itself, so that one busy program does not silence its maker."""

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if isinstance(request.auth, Token):
            return self.cache_format % {"scope": self.scope, "ident": request.auth.token_key}
        key: str | None = super().get_cache_key(request, view)
        return key
