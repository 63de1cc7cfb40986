"""What administrators may do to an account, and the words for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import User
from people.services import accounts


@dataclass(frozen=True)
class Act:
    """One act: when it makes sense, what does it, and what the page says before and after."""

    fits: Callable[[Any], bool]
    do: Callable[..., Any]
    button: Any
    title: Any
    lead: Any
    done: Any


ACTS: dict[str, Act] = {
    "disable": Act(
        lambda person: person.is_active,
        accounts.disable,
        _("Close the account"),
        _("Close the account of %s?"),
        _("They are signed out at their next click, and programs with their tokens are refused. "
          "What they did stays in the trail, and their roles stay until someone takes them away."),
        _("The account of %s is closed."),
    ),
    "enable": Act(
        lambda person: not person.is_active,
        accounts.enable,
        _("Open the account again"),
        _("Open the account of %s again?"),
        _("Their roles are as they were, and their tokens work again unless their time is over. "
          "Revoke the tokens first if a program should stay shut out."),
        _("The account of %s is open again."),
    ),
    "make-administrator": Act(
        lambda person: person.is_active and not person.is_staff,
        accounts.make_administrator,
        _("Make an administrator"),
        _("Make %s an administrator?"),
        _("They look after accounts and systems, as you do. It opens no dashboard, figure, "
          "coalition or note to them."),
        _("%s is an administrator."),
    ),
    "end-administrator": Act(
        lambda person: person.is_staff,
        accounts.end_administrator,
        _("End as administrator"),
        _("Shall %s no longer be an administrator?"),
        _("From their next click on these pages are closed to them. Their roles in systems stay."),
        _("%s is no longer an administrator."),
    ),
    "end-second-factor": Act(
        lambda person: person.has_second_factor,
        accounts.end_second_factor,
        _("Take away the second factor"),
        _("Take away the second factor of %s?"),
        _("For a lost phone or key. Be sure whom you speak to: call back by a number you know. "
          "They are signed out everywhere, told by mail, and set up a new one; until then pages "
          "that ask for a second factor stay closed to them."),
        _("%s has no second factor now, and was told by mail."),
    ),
    "revoke-tokens": Act(
        lambda person: person.auth_token_set.exists(),
        accounts.revoke_tokens,
        _("Revoke all tokens"),
        _("Revoke every token of %s?"),
        _("Every program they let in is refused from its next request on. This cannot be taken "
          "back: somebody would have to make new tokens."),
        _("No token of %s is left."),
    ),
}  # fmt: skip


def acts_for(person: User) -> list[tuple[str, Act]]:
    """The acts that make sense for this account as it is now, with their addresses."""
    return [(name, act) for name, act in ACTS.items() if act.fits(person)]
