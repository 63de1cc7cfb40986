"""How well the rules would have foretold what then happened, on a system's own figures."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from aspirations.analysis.backtest.draws import LIMIT, SEED, Settings
from aspirations.analysis.backtest.report import NothingToTest
from aspirations.sentences.backtest import backtest_lines
from aspirations.sentences.lessons import lesson_lines
from aspirations.services.backtesting import backtest, lesson
from people.models import System


class Command(BaseCommand):
    help = "Try the rules on past figures: agreed paths that have ended, and trials."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--system", metavar="SLUG", required=True)
        parser.add_argument(
            "--horizon", type=int, action="append", metavar="N",
            help="periods from baseline to target of a trial; may be given again",
        )  # fmt: skip
        parser.add_argument(
            "--trials", type=int, default=LIMIT, metavar="N", help="at most so many"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="of the draw of trials")
        parser.add_argument("--json", action="store_true", help="all figures, as JSON")
        parser.add_argument(
            "--learn", action="store_true",
            help="what the ended paths say of kappa and delta; stores nothing",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        system = System.objects.filter(slug=options["system"]).first()
        if system is None:
            raise CommandError(f"There is no system “{options['system']}”.")
        if options["learn"]:
            self.learn(system, as_json=options["json"])
            return
        try:
            found = backtest(system, settings_of(options))
        except NothingToTest as problem:
            raise CommandError(str(problem)) from problem
        self.write([json.dumps(found, indent=1)] if options["json"] else backtest_lines(found))

    def learn(self, system: System, *, as_json: bool) -> None:
        found = lesson(system)
        self.write([json.dumps(plain(asdict(found)), indent=1)] if as_json else lesson_lines(found))

    def write(self, lines: Any) -> None:
        for line in lines:
            self.stdout.write(line)


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings a person asked for; CommandError for what cannot be drawn."""
    horizons, limit, seed = tuple(options["horizon"] or ()), options["trials"], options["seed"]
    for horizon in horizons:
        if horizon < 2:
            raise CommandError(f"--horizon is {horizon}: give 2 periods or more.")
    if limit < 1:
        raise CommandError(f"--trials is {limit}: give 1 or more.")
    if seed < 0:
        raise CommandError(f"--seed is {seed}: give 0 or more.")
    return Settings(horizons=horizons, limit=limit, seed=seed)


def plain(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures that JSON can write: no NaN."""
    return {name: None if value != value else value for name, value in figures.items()}
