"""What logs never keep."""

import pytest

from delivery.logs import blotted


@pytest.mark.parametrize("slash", ["/", "%2F", "%2f"])
@pytest.mark.parametrize(
    "page", ["invitations", "invitations{}review{}link", "accounts{}password{}reset{}key"]
)
def test_the_secret_of_a_link_is_blotted_out(page: str, slash: str) -> None:
    before = page.replace("{}", slash) + slash
    line = blotted(f"GET /{before}1-c9q2k3-0123456789abcdef0123456789abcdef{slash} HTTP/1.1")
    assert line == f"GET /{before}…{slash} HTTP/1.1"


def test_addresses_without_a_secret_stay() -> None:
    for path in ("/accounts/password/reset/key/done/", "/accounts/password/reset/done/"):
        assert blotted(path) == path
