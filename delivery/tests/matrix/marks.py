"""Words that stand in one kind of thing of one system, and in whose answers they may stand."""

from delivery.tests.matrix.cast import Person
from delivery.tests.matrix.world import SLUGS
from people.tests.agreed import SCOPES, agreed

READ, FIGURES, PLAN = "dashboard.read", "observation.read", "plan.read"
UNIT = ("members.read", "trail.read", "token.read", "review.read")
# The first word of a text, and the actions any one of which shows it.
MARKS: dict[str, tuple[str, ...]] = {
    "governing": ("system.read", "members.read"),
    "aspiring": (READ, "review.read", "coalition.read"),
    "measuring": (READ, FIGURES),
    "rebasing": (READ,),
    "comparing": (READ,),
    "assessing": ("assessment.read",),
    "settling": ("assessment.read",),
    "disputing": ("assessment.read",),
    # Another's sheet of a round that is open stands nowhere at all.
    "concealing": (),
    "correcting": (FIGURES,),
    "targeting": (PLAN,),
    "ruling": (PLAN,),
    "intervening": (PLAN,),
    "wording": (READ,),
    "influencing": (PLAN,),
    "consulted": (PLAN,),
    "excepting": (PLAN,),
    "reviewers": (PLAN,),
    "rating": (PLAN,),
    "reviewing": ("review.read",),
    "questioning": ("review.read", "rubric.read"),
    "visiting": ("review.read",),
    "guest@": ("review.read",),
    # Nobody reads another's score, nor its reason.
    "scoring": (),
    "concluding": ("conclusion.read",),
    # Told to the team; the action among it is the whole system's.
    "releasing": ("conclusion.read", "result.first", "result.read", "routine.read"),
    "acting": ("routine.read",),
    "fetching": ("token.read", "trail.read"),
    "tracing": ("trail.read",),
    "listening": ("note.read",),
    "confiding": ("coalition.read",),
    "convening": ("coalition.read",),
    # A name on somebody's own list stands nowhere else until the lists are put together.
    "listing": (),
    "acted": ("actor.read",),
    "leader@": (*UNIT, "coalition.read", "note.read"),
    "colleague@": (*UNIT, "coalition.read", "note.read"),
    "other@": (*UNIT, "coalition.read", "note.read"),
    "invited@": ("members.read", "trail.read"),
}


def written(mark: str, scope: str) -> str:
    """The mark as it stands in a text of the system of this scope."""
    return f"{mark}{'' if mark.endswith('@') else ' '}{SLUGS[scope]}"


def strays(person: Person, body: str) -> list[str]:
    """Marks in an answer that this person may not read anywhere."""
    return [
        text
        for mark in MARKS
        for scope in SCOPES
        if (text := written(mark, scope)) in body and not is_for(person, mark, scope)
    ]


def is_for(person: Person, mark: str, scope: str) -> bool:
    named = person.named and scope == "own"
    return bool(person.column) and any(
        agreed(action, person.column, scope, named=named) for action in MARKS[mark]
    )
