"""What is asked, read as far as it can be before the series is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import SHAPE_NAMES
from aspirations.bench.figures import Bounds
from aspirations.bench.refusal import Refusal
from aspirations.bench.rules import once, policy_of
from aspirations.bench.words import SIGNS, Pair

OF_A_PATH = ("shape", "points", "parameter", "path_season", "effect", "low", "high")


@dataclass(frozen=True)
class Question:
    """The options, read as far as they can be without the series."""

    policy: Policy
    direction: str = "none"
    band: Bounds = (None, None)
    bounds: Bounds = (None, None)
    baseline: Pair | None = None
    target: Pair | None = None
    shape: str = "linear"
    points: tuple[Pair, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    """Further fields of the path: parameters, season, low, high."""
    effects: tuple[Mapping[str, Any], ...] = ()
    rebases: tuple[str, ...] = ()
    cumulative: bool = False
    lag: int = 0
    as_of: date | None = None

    @property
    def sign(self) -> int:
        return SIGNS.get(self.direction, 0)


def question_of(options: Mapping[str, Any]) -> Question:
    """The question, refused where its parts cannot stand together."""
    check_parts(options)
    direction, band = options["direction"] or ("none", (None, None))
    points = [pair for given in options["points"] or () for pair in given]
    return Question(
        policy=policy_of(dict(options)),
        direction=direction, band=band,
        bounds=options["bounds"] or (None, None),
        baseline=options["baseline"], target=options["target"],
        shape=shape_of(options), points=tuple(points), form=form_of(options),
        effects=tuple(options["effect"] or ()),
        rebases=tuple(options["rebase"] or ()),
        cumulative=bool(options["cumulative"]), lag=options["lag"] or 0, as_of=options["as_of"],
    )  # fmt: skip


def check_parts(options: Mapping[str, Any]) -> None:
    given = [name for name in OF_A_PATH if options[name] not in (None, [])]
    if options["baseline"] and not options["target"]:
        raise Refusal("--baseline leads to no target. Give --target PERIOD=VALUE too.")
    if given and not (options["baseline"] and options["target"]):
        option = given[0].replace("_", "-")
        raise Refusal(f"--{option} needs a path. Give --baseline and --target too.")
    if options["target"] and not options["direction"]:
        raise Refusal(
            "--target does not say which way is better. Give --direction increase, decrease, "
            "band:LO..HI or none."
        )


def shape_of(options: Mapping[str, Any]) -> str:
    """The shape by name; without one, what points or effects are given to."""
    if options["shape"] is None:
        return "points" if options["points"] else "interventions" if options["effect"] else "linear"
    word: str = options["shape"].replace("-", "_")
    if word not in SHAPE_NAMES:
        known = ", ".join(SHAPE_NAMES)
        raise Refusal(f"--shape {options['shape']} is not known. Use one of {known}.")
    return word


def form_of(options: Mapping[str, Any]) -> dict[str, Any]:
    form: dict[str, Any] = {
        name: options[name] for name in ("low", "high") if options[name] is not None
    }
    if options["path_season"]:
        form["season"] = options["path_season"]
    if options["parameter"]:
        form["parameters"] = once(options["parameter"], "parameter")
    return form
