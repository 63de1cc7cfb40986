"""What ended paths teach, in sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from aspirations.analysis.backtest.learning import ENOUGH, ENOUGH_EACH, Lesson
from aspirations.sentences.backtest import decimal


def lesson_lines(lesson: Lesson) -> Iterator[str]:
    """What was learned, with what it gains where it was not learned."""
    yield _(
        "%(paths)s agreed paths have ended with a likelihood on the way; %(n)s were delivered."
    ) % {"paths": lesson.paths, "n": lesson.delivered}
    if lesson.problem:
        yield problem_text(lesson.problem)
        return
    yield split_text(lesson)
    yield _(
        "On the other half the Brier score goes from %(before)s to %(after)s: a gain of %(gain)s, "
        "standard error %(error)s."
    ) % {
        "before": decimal(lesson.before), "after": decimal(lesson.after),
        "gain": decimal(lesson.gain), "error": decimal(lesson.error),
    }  # fmt: skip
    yield (
        _("The record supports kappa = %(kappa)g, delta = %(delta)g. A person sets the policy.")
        % {"kappa": lesson.kappa, "delta": lesson.delta}
        if lesson.supported
        else _("That is no sure gain: the record supports no change of kappa and delta.")
    )


def problem_text(problem: str) -> str:
    return {
        "too_few": _("The record is too small to learn from: %(needed)s ended paths are needed.")
        % {"needed": ENOUGH},
        "one_sided": _(
            "The record is too one-sided to learn from: each half needs %(each)s delivered and "
            "%(each)s missed."
        )
        % {"each": ENOUGH_EACH},
    }[problem]


def split_text(lesson: Lesson) -> str:
    figures = {
        "fitted": lesson.fitted, "tested": lesson.tested,
        "kappa": f"{lesson.kappa:g}", "delta": f"{lesson.delta:g}",
    }  # fmt: skip
    words = (
        _(
            "The %(fitted)s paths that ended first choose kappa = %(kappa)s, delta = %(delta)s; "
            "the %(tested)s later ones try them."
        )
        if lesson.split == "time"
        else _(
            "Half of the series, %(fitted)s paths, choose kappa = %(kappa)s, delta = %(delta)s; "
            "the other %(tested)s try them. They ended together, so they share what happened then."
        )
    )
    return words % figures
