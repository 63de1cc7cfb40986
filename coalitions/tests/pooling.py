"""Lists that were sent, and what the form over their names shows and sends."""

from typing import Any

from django.test import Client
from django.utils import timezone

from coalitions.models import Candidate, Coalition, OwnList
from coalitions.services.pooling import gathered
from coalitions.tests.factories import CoalitionFactory, NominationFactory, OwnListFactory
from coalitions.tests.ladder import address
from people.tests.factories import MembershipFactory


def with_two_sent() -> Coalition:
    """With two lists, sent and closed: the mayor on both, the two others on one each."""
    row: Coalition = CoalitionFactory.create()
    sent(row, "Zoe", ["Mayor", "Union leader"])
    sent(row, "Yan", ["the MAYOR", "Budget director"])
    return close(row)


def close(row: Coalition) -> Coalition:
    """Whatever is sent by now is being put together."""
    row.lists_closed_at = timezone.now()
    row.save(update_fields=["lists_closed_at"])
    return row


def sent(row: Coalition, author: str, offices: list[str], **fields: Any) -> OwnList:
    user = MembershipFactory.create(system=row.system, role="viewer", user__name=author).user
    values = {"sent_at": timezone.now(), **fields}
    own: OwnList = OwnListFactory.create(coalition=row, author=user, **values)
    for office in offices:
        NominationFactory.create(own_list=own, office=office, why=f"Why {office}")
    return own


def to(row: Coalition) -> str:
    return address("pool_lists", row)


def page(client: Client, row: Coalition) -> str:
    response = client.get(to(row))
    assert response.status_code == 200
    return main(response)


def main(response: Any) -> str:
    text = response.content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def key(row: Coalition, office: str) -> int:
    [found] = [one for one in gathered(row).names if one.office == office]
    return found.key


def said(row: Coalition, **who: str) -> dict[str, str]:
    """What the form sends: everyone left out but those given by the first word of their name."""
    found = gathered(row)
    data = {"lists": ",".join(map(str, found.lists))}
    for one in found.names:
        word = one.office.removeprefix("the ").split()[0].lower()
        data |= {
            f"who_{one.key}": who.get(word, "out"), f"name_{one.key}": one.office,
            f"kind_{one.key}": "person", f"sphere_{one.key}": "City hall",
        }  # fmt: skip
    return data


def on_list(row: Coalition) -> list[tuple[int, str]]:
    rows = Candidate.objects.filter(coalition=row).select_related("actor")
    return [(one.number, one.actor.name) for one in rows]
