"""The one thing that a reader of a round would do next, by how it stands and what they may."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Next:
    """What to do next: why, on which page (`name` of its address), and whether a press does it.

    Without `name` there is nothing to do but wait.
    """

    why: Words
    name: str = ""
    label: Words = ""
    posts: bool = False


@dataclass(frozen=True)
class Standing:
    """All that the next step depends on."""

    state: str
    may_write: bool = False
    draws: bool = False
    releases: bool = False
    reads_results: bool = False
    will_read: bool = False
    sheet_waits: bool = False
    is_light: bool = False
    is_asked: bool = True
    has_rubric: bool = True
    has_people: bool = True
    is_late: bool = False
    all_finished: bool = False
    all_agreed: bool = False
    has_findings: bool = False
    to_leader: bool = False
    to_team: bool = False


TO_FINDINGS = "findings", _("Write the findings")


def next_step(now: Standing) -> Next:
    return {"draft": of_draft, "open": of_open, "closed": of_closed}[now.state](now)


def of_draft(now: Standing) -> Next:
    if not now.may_write:
        return Next(_("The review is not open yet. Nothing is asked of you now."))
    if not now.has_rubric:
        return Next(_("It has no rubric yet, so nothing could be asked."), "edit_round",
                    _("Choose the rubric"))  # fmt: skip
    if not now.has_people:
        return Next(_("Nobody is named yet. Name who scores, and who signs for a body."),
                    "name_participant", _("Name who takes part"))  # fmt: skip
    return Next(_("Once it is open, everyone named can score, and guests get their link."),
                "open_round", _("Open the review"), posts=True)  # fmt: skip


def of_open(now: Standing) -> Next:
    if now.is_late and now.may_write:
        return Next(_("Its last day is over. What is saved counts, finished or not."),
                    "close_round", _("Close the review"))  # fmt: skip
    if now.sheet_waits:
        return Next(_("Your sheet waits for you."), "score_sheet", _("Give your scores"))
    if not now.may_write and now.draws:
        return Next(_("Hold the talks, and write down what they show."), *TO_FINDINGS)
    if not now.may_write:
        return Next(_("Nothing is asked of you now. Scores stay hidden until the review closes."))
    if not now.has_people:
        return Next(_("Nobody is named yet, so nobody can score."), "name_participant",
                    _("Name who takes part"))  # fmt: skip
    if now.all_finished:
        return Next(_("Everyone has finished."), "close_round", _("Close the review"))
    if now.is_light or not now.is_asked:
        why = _("Hold the talks, write down what they show, then close the review.")
        return Next(why, *(TO_FINDINGS if now.draws else ()))
    return Next(_("Scores are coming in. Remind those who have not finished, and close the review "
                  "once its days are over."))  # fmt: skip


def of_closed(now: Standing) -> Next:
    if not now.reads_results and not now.will_read:
        return Next(_("The review is closed. Its results go to the leaders, the unit and the "
                      "reviewers."))  # fmt: skip
    if not now.reads_results:
        return Next(_("The joint team draws the conclusions. Results are here once released."))
    if not now.draws or now.to_team:
        why = _("The results are released to the team.") if now.to_team else _(
            "The results are released to you.")  # fmt: skip
        return Next(why, "results", _("Read the results"))
    if not now.all_agreed and not now.has_findings:
        return Next(_("Figures are frozen. Go through them in the joint team and agree on each."),
                    "meeting", _("Agree on the scores"))  # fmt: skip
    if not now.has_findings:
        return Next(_("Say what the review found, what it means, and who will do what by when."),
                    *TO_FINDINGS)  # fmt: skip
    if now.releases:
        why = _("The team has not seen the results yet.") if now.to_leader else _(
            "The leader hears first, alone; then the team.")  # fmt: skip
        return Next(why, "release_results", _("Release the results"))
    return Next(_("The leader hears first, alone; then the team. A leader releases the results."),
                "findings", _("Look over the findings"))  # fmt: skip
