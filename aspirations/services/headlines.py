"""The wording at the top of a dashboard: written over the rules' draft, approved, printed."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aspirations.models import Headline
from aspirations.services.authority import require
from people.models import System, User
from people.services import Conflict, cut, record, save_with_trail

LONGEST_DRAFT: int = Headline._meta.get_field("draft").max_length or 0


@dataclass(frozen=True)
class Said:
    """What a wording says on the page: as little of a Headline as one query brings along."""

    pk: int
    version: int
    text: str
    draft: str
    as_of: date
    is_approved: bool


@dataclass(frozen=True)
class Speaking:
    """What stands at the top, given the rules' draft as it is now.

    A wording speaks while the rules' draft still says, word for word, what it said when the
    wording was written over it. Once the figures say something else, the draft speaks again.

    shown     the wording that speaks on screen, None where the draft does
    printed   the wording that speaks on paper, always an approved one, None where the draft does
    outdated  the latest wording, where the draft has changed since
    """

    shown: Said | None
    printed: Said | None
    outdated: Said | None


def speaking(draft: str, latest: Said | None, approved: Said | None) -> Speaking:
    """Which of the latest wording and the latest approved one (often the same) still speaks."""
    printed = approved if stands(approved, draft) else None
    if stands(latest, draft):
        return Speaking(latest, printed, None)
    return Speaking(printed, printed, latest)


def stands(wording: Said | None, draft: str) -> bool:
    return wording is not None and wording.draft == kept(draft)


def kept(draft: str) -> str:
    """The draft as a row can hold it."""
    return cut(draft, LONGEST_DRAFT)


def said(row: Headline | None) -> Said | None:
    if row is None:
        return None
    approved = row.approved_at is not None
    return Said(row.pk, row.version, row.text, row.draft, row.as_of, approved)


def latest_of(system: System) -> Headline:
    """The latest wording; an unsaved version 0 where nobody has written one."""
    row = Headline.objects.filter(system=system).order_by("-version").first()
    return row or Headline(system=system, version=0)


def printed_headline(system: System, *, draft: str, day: date) -> str:
    """The sentence that paper carries: the last approved wording written by `day`, while the
    rules' draft of that day still says what it was written over; else that draft."""
    rows = Headline.objects.filter(system=system, as_of__lte=day, approved_at__isnull=False)
    last = said(rows.order_by("-version").first())
    return last.text if last is not None and stands(last, draft) else draft


@transaction.atomic
def write(
    *, system: System, text: str, draft: str, as_of: date, actor: User | None = None,
    door: str = "command", version: int | None = None,
) -> Headline:  # fmt: skip
    """The next wording, not approved yet, kept with the rules' draft of `as_of` beneath it.

    `text` is one line of at most 300 characters (blanks are joined). The same words over the same
    draft make no new version: the one that stands is returned. With `version`, the one that the
    writer saw (0 for none), Conflict is raised where another stands by now.
    """
    require(actor, "headline.write", system)
    # One wording of a system at a time: two would take the same number.
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    latest = latest_of(system)
    if version is not None and latest.version != version:
        raise Conflict(latest)
    values = {"text": " ".join(text.split()), "draft": kept(draft), "as_of": as_of}
    if (latest.text, latest.draft) == (values["text"], values["draft"]):
        return latest
    row = Headline(system=system, version=latest.version + 1, author=actor)
    save_with_trail(
        row, values, system=system, key=f"version {row.version}", actor=actor, door=door
    )
    return row


@transaction.atomic
def approve(*, headline: Headline, actor: User | None = None, door: str = "command") -> Headline:
    """Let this wording be printed. A second approval changes nothing."""
    rows = Headline.objects.select_for_update(no_key=True, of=("self",)).select_related("system")
    row = rows.get(pk=headline.pk)
    require(actor, "headline.approve", row.system)
    if row.approved_at is not None:
        return row
    row.approved_by, row.approved_at = actor, timezone.now()
    row.full_clean()
    row.save()
    record(
        system=row.system, action="approve", on=row, key=f"version {row.version}",
        actor=actor, door=door, after={"text": row.text},
    )  # fmt: skip
    return row
