"""Pages as a browser without script would send them back."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class Fields(HTMLParser):
    """Collects what the form of a page would send: names and values of its fields."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        name, value = found.get("name") or "", found.get("value")
        if tag == "input" and name:
            if found.get("type") not in {"radio", "checkbox"} or "checked" in found:
                self.sent[name] = value or ("on" if found.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in found:
            self.sent[self.select] = value or ""
        elif tag == "textarea":
            self.area = name
            self.sent[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            if self.select:
                self.sent.setdefault(self.select, "")
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data.removeprefix("\n")


def fields_of(response: Any) -> dict[str, str]:
    """What the forms in the main part of the page would send as they stand."""
    page = response.content.decode()
    fields = Fields()
    fields.feed(page[page.index("<main") : page.index("</main>")])
    return fields.sent


def opened(client: Client, address: str) -> dict[str, str]:
    """What the page at `address` would send, were it saved at once."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return fields_of(response)
