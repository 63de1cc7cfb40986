"""Reading the ID token of an OpenID provider: signed by it, for us, now, and for this very sign-in.

OpenID Connect Core 1.0, 3.1.3.7. The signature is checked although the token comes straight from
the provider: a proxy between the two is nobody we ought to trust.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import Any

import jwt
from allauth.socialaccount.providers.oauth2.client import OAuth2Error

# Signatures by a key pair. A secret that both sides know would let us forge what we check.
ALGORITHMS = frozenset(
    "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA".split()
)  # fmt: skip
CLOCKS_APART = 60


def nonce_of(verifier: str) -> str:
    """The nonce that belongs to a code verifier, which only this browser's session knows."""
    digest = hashlib.sha256(f"nonce {verifier}".encode()).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def read(token: str, *, keys: dict[str, Any], issuer: str, client: str, nonce: str) -> Any:
    """The claims of the token. OAuth2Error where anything about it is not as it must be."""
    try:
        claims = jwt.decode(
            token, key_of(token, keys), algorithms=sorted(ALGORITHMS), audience=client,
            issuer=issuer, leeway=CLOCKS_APART,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except (jwt.PyJWTError, AttributeError, KeyError, TypeError, ValueError) as fault:
        raise OAuth2Error("The ID token cannot be trusted.") from fault
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise OAuth2Error("The ID token belongs to another sign-in.")
    if claims.get("azp", client) != client:
        raise OAuth2Error("The ID token was made for another party.")
    return claims


def key_of(token: str, keys: dict[str, Any]) -> jwt.PyJWK:
    """The provider's key that the token names; the only one where it names none."""
    header = jwt.get_unverified_header(token)
    rows = [row for row in keys["keys"] if row.get("kty") != "oct" and row.get("use") != "enc"]
    named = [row for row in rows if row.get("kid") == header.get("kid")]
    if "kid" not in header:
        named = rows
    if len(named) != 1 or header["alg"] not in ALGORITHMS:
        raise KeyError(header.get("kid"))
    return jwt.PyJWK.from_dict(named[0], algorithm=named[0].get("alg") or header["alg"])
