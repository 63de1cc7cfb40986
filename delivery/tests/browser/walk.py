"""Every page of the demonstration that a person can come to by following links."""

import re
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from people.models import User
from people.tests.entering import prove

LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"', re.S)
# Leaving is no page to look at, and files are not pages.
NOT_WALKED = {"account_logout", "mfa_download_recovery_codes"}
OF_A_ROUTE = 1


class Walk:
    """From one address along the links, a few addresses of each route; `pages` by address."""

    def __init__(self, email: str, *starts: str, of_a_route: int = OF_A_ROUTE) -> None:
        self.client, self.of_a_route = Client(), of_a_route
        prove(self.client, User.objects.get(email=email))
        self.pages: dict[str, str] = {}
        self.refused: dict[str, int] = {}
        self._seen: dict[str, set[str]] = {}
        for address in starts:
            self._from(address)

    @property
    def key(self) -> str:
        return str(self.client.cookies["sessionid"].value)

    def _from(self, start: str) -> None:
        due = [start]
        while due:
            address = due.pop(0)
            if self._is_new(address):
                due += self._links(address)

    def _is_new(self, address: str) -> bool:
        route = route_of(address)
        seen = self._seen.setdefault(route, set())
        if not route or address in seen or len(seen) >= self.of_a_route:
            return False
        seen.add(address)
        return True

    def _links(self, address: str) -> list[str]:
        answer = self.client.get(address, follow=True)
        if answer.status_code != 200:
            self.refused[address] = answer.status_code
            return []
        if not answer.headers["Content-Type"].startswith("text/html"):
            return []
        self.pages[address] = answer.content.decode()
        return list(links(address, self.pages[address]))


def links(address: str, text: str) -> Iterator[str]:
    """Addresses of this site that a page leads to."""
    for found in LINK.findall(text):
        target = urldefrag(urljoin(address, found.replace("&amp;", "&"))).url
        if not urlsplit(target).netloc and target.startswith("/"):
            yield target


def route_of(address: str) -> str:
    """The name of the route that answers an address; empty for what is not walked."""
    try:
        name = resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return "no such route"
    return "" if name in NOT_WALKED else name
