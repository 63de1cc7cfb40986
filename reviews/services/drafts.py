"""Rubrics of one's own: copied, drafted in versions, put in use; from then on they stay."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import System, User
from people.services import record, save_with_trail
from reviews.models import Rubric
from reviews.services import fitness
from reviews.services.rubrics import adopt, drawn, hold, told_of
from reviews.services.supplied import supplied

# Room for a number behind the key, where another rubric has it already.
LONGEST_KEY = 54
LONGEST_TITLE = 120


@transaction.atomic
def copy(*, rubric: Rubric, title: str, actor: User | None = None, door: str = "command") -> Rubric:
    """A draft of one's own, with all elements of a version in use, to be adapted.

    ValidationError of a draft, and where another rubric has the title.
    """
    require(actor, "review.write", rubric.system)
    if rubric.is_draft:
        raise ValidationError(
            _("“%s” is a draft still. Put it in use before it is copied.") % rubric
        )
    hold(rubric.system)
    title = free_title(rubric.system, title)
    key = free_key(rubric.system, title)
    return drawn_from(rubric, title=title, key=key, number=1, actor=actor, door=door)


@transaction.atomic
def copy_supplied(
    *, system: System, key: str, title: str, actor: User | None = None, door: str = "command"
) -> Rubric:
    """The same of a supplied rubric, which is taken up first, so that the two can be compared."""
    base = adopt(system=system, key=key, actor=actor, door=door)
    return copy(rubric=base, title=title, actor=actor, door=door)


@transaction.atomic
def start_version(*, rubric: Rubric, actor: User | None = None, door: str = "command") -> Rubric:
    """A draft of the next version, holding what this one says.

    ValidationError of a supplied rubric, and where a draft of it exists already.
    """
    require(actor, "review.write", rubric.system)
    hold(rubric.system)
    if rubric.supplied:
        raise ValidationError(
            _("“%s” comes with Headway, and so do its versions. Copy it under a title of your own.")
            % rubric
        )
    versions = list(Rubric.objects.filter(system=rubric.system, key=rubric.key))
    for draft in (row for row in versions if row.is_draft):
        raise ValidationError(
            _("“%s” is being drafted already. Change that draft, put it in use or discard it.")
            % draft
        )
    number = max(row.number for row in versions) + 1
    return drawn_from(
        rubric, title=rubric.title, key=rubric.key, number=number, actor=actor, door=door
    )


def drawn_from(base: Rubric, *, actor: User | None, door: str, **named: Any) -> Rubric:
    values = {
        "system": base.system, "source": base.source, "lens": base.lens, "scale": base.scale,
        "relies": base.relies, "based_on": base, **named,
    }  # fmt: skip
    parts = list(base.elements.values(*fitness.SAID))
    return drawn(values, parts, action="draft", actor=actor, door=door)


@transaction.atomic
def change(
    *, rubric: Rubric, values: dict[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed in a draft; Conflict where someone saved it since `version`.

    `values` may hold `title`, `source`, `lens`, `scale` and `relies`.
    """
    row = drafted(rubric, actor)
    if "title" in values:
        values = {**values, "title": free_title(row.system, values["title"], but=row.key)}
    fitness.check_scale(values.get("scale", row.scale), values.get("lens", row.lens))
    return save_with_trail(
        row, values, system=row.system, key=told_of(row), actor=actor, door=door, version=version
    )


@transaction.atomic
def put_in_use(
    *, rubric: Rubric, seen: int | None = None, actor: User | None = None, door: str = "command"
) -> Rubric:
    """From now on rounds can be scored with it, and nothing in it changes any more.

    `seen` is the `fitness.stamp` of what the actor read. ValidationError lists what is missing.
    """
    row = drafted(rubric, actor)
    elements = list(row.elements.all())
    if seen is not None and seen != fitness.stamp(row, elements):
        raise ValidationError(
            _("“%s” was changed after you opened this page. Read it again, then put it in use.")
            % row
        )
    if wanting := fitness.wanting(row, elements):
        raise ValidationError(wanting)
    save_with_trail(
        row, {"adopted_at": timezone.now()}, system=row.system, key=told_of(row),
        action="put in use", actor=actor, door=door, version=row.version,
    )  # fmt: skip
    return row


@transaction.atomic
def discard(*, rubric: Rubric, actor: User | None = None, door: str = "command") -> None:
    """Throw a draft away with its elements; no round was ever scored with it."""
    row = drafted(rubric, actor)
    before = {"title": row.title, "elements": [str(one) for one in row.elements.all()]}
    record(
        system=row.system, action="discard", on=row, key=told_of(row), actor=actor, door=door,
        before=before,
    )  # fmt: skip
    row.elements.all().delete()
    Rubric.objects.filter(pk=row.pk).delete()


def drafted(rubric: Rubric, actor: User | None) -> Rubric:
    """The draft as it is now, held until the transaction ends.

    ValidationError once it is in use, or was discarded.
    """
    require(actor, "review.write", rubric.system)
    rows = Rubric.objects.select_for_update(of=("self",)).select_related("system")
    row = rows.filter(pk=rubric.pk).first()
    if row is None:
        raise ValidationError(_("“%s” was discarded meanwhile, so nothing was saved.") % rubric)
    if not row.is_draft:
        raise ValidationError(kept(row))
    return row


def kept(row: Rubric) -> str:
    """Why a version in use is left alone, and what to do instead."""
    if row.supplied:
        return _("“%s” comes with Headway and stays as it is. Copy it, and change the copy.") % row
    return _("“%s” is in use, so nothing in it changes. Draft its next version instead.") % row


def free_title(system: System, title: str, but: str = "") -> str:
    """The title with single blanks; ValidationError where it is none, or another rubric’s."""
    title = " ".join(title.split())
    if not fitness.is_line(title, LONGEST_TITLE) or not title:
        raise ValidationError(
            {"title": _("A title has 1 to %s characters that can be seen.") % LONGEST_TITLE}
        )
    held = Rubric.objects.filter(system=system, title__iexact=title).exclude(key=but)
    shipped = {one.title.casefold() for one in supplied().values() if one.key != but}
    if held.exists() or title.casefold() in shipped:
        raise ValidationError(
            {"title": _("Another rubric is called “%s”. Give this one a title of its own.") % title}
        )
    return title


def free_key(system: System, title: str) -> str:
    """A key from the title, with a number behind it where another rubric has it."""
    held = set(Rubric.objects.filter(system=system).values_list("key", flat=True)) | set(supplied())
    stem, tries = slugify(title)[:LONGEST_KEY].strip("-") or "rubric", 1
    while (key := stem if tries == 1 else f"{stem}-{tries}") in held:
        tries += 1
    return key
