"""What a browser would send from the builder, and who sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from aspirations.forms.building import BuilderForm
from aspirations.models import Intervention, Trajectory
from aspirations.services.interventions import effects_of
from aspirations.tests.factories import MembershipFactory
from people.models import System, User

REASON = "The budget was passed in March."


def enter(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def at(name: str, row: Trajectory, *more: int) -> str:
    """Address of a page of a draft of the whole system."""
    return reverse(name, args=["meridian", "reading", row.version, *more])


def body(row: Trajectory, **changes: str) -> dict[str, str]:
    """All fields of the builder as they stand, with what is typed over them."""
    works = list(Intervention.objects.filter(system=row.series.metric.system))
    form = BuilderForm(row, None, effects=effects_of(row), works=works, may_name=True)
    data: dict[str, str] = {}
    for rows in form.sets:
        data |= sent(rows.management_form)
        for part in rows.forms:
            data |= sent(part)
    return {**data, **sent(form.path), **changes}


def sent(form: Any) -> dict[str, str]:
    """Fields of one form, each with the value that its reader saw where the form keeps it."""
    found = {}
    for bound in form:
        text = shown(bound.field.widget, bound.value())
        if bound.name != "DELETE":
            found[bound.html_name] = text
        if bound.field.show_hidden_initial:
            found[bound.html_initial_name] = shown(bound.field.hidden_widget(), bound.value())
    return found


def shown(widget: Any, value: Any) -> str:
    text = widget.format_value(value)
    if isinstance(text, list):
        text = text[0] if text else ""
    return "" if text is None else str(text)


def one_more_work(row: Trajectory, **fields: str) -> dict[str, str]:
    """The builder as it stands, with a further row of an intervention."""
    number = row.effects.count()
    filled = {
        "intervention": "", "name": "", "owner": "", "funding": "unknown", "cost": "",
        "start": "Jun 2025", "lag": "0", "ramp": "6", "low": "", "mid": "2", "high": "",
        "evidence": "none", "sources": "", "attribution": "100", **fields,
    }  # fmt: skip
    typed = {f"effect-{number}-{name}": value for name, value in filled.items()}
    return body(row, **{"effect-TOTAL_FORMS": str(number + 1)}, **typed)
