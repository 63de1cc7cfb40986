"""An analyst's bench: judge a series of a CSV file, without a database."""

from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aspirations.bench import Refusal, words
from aspirations.bench.answer import Row, answer
from aspirations.bench.asking import Asked, ask
from aspirations.bench.choice import Key, choose, name_of
from aspirations.bench.figures import figures_of
from aspirations.bench.files import read
from aspirations.bench.grids import grid_of
from aspirations.bench.question import Question, question_of
from aspirations.bench.table import table
from aspirations.intake.parse import RawRow as Line


class Command(BaseCommand):
    help = "Judge a series of a tidy CSV file (metric, segment, period, value); nothing is stored."
    requires_system_checks: list[str] = []  # they would look at what only a server needs

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        add_series(parser)
        add_path(parser)
        add_rules(parser)
        parser.add_argument("--json", action="store_true", help="answer in JSON, unrounded")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.answer_all(options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def answer_all(self, options: dict[str, Any]) -> None:
        question, name = question_of(options), options["file"].name
        found = choose(read(options["file"]), options["metric"], options["segment"], options["all"])
        refused = []
        for place, (key, lines) in enumerate(found.items()):
            try:
                asked = asked_of(key, lines, question, options, name)
                self.say(asked, options, first=not place)
            except Refusal as refusal:
                refused.append(f"{name_of(key)}: {refusal}" if len(found) > 1 else str(refusal))
        if refused:
            raise Refusal("\n".join(refused))

    def say(self, asked: Asked, options: dict[str, Any], *, first: bool) -> None:
        said: Row = answer(asked)
        if options["json"]:
            self.stdout.write(orjson.dumps(said).decode())
        else:
            self.stdout.write(("" if first else "\n") + table(asked, said, options["unit"]))


def asked_of(
    key: Key, lines: list[Line], question: Question, options: dict[str, Any], name: str
) -> Asked:
    grid = grid_of(lines, options["frequency"], options["year_starts"], name)
    figures = figures_of(lines, grid, question.bounds, options["rate_per"], name)
    return ask(key, key[0] or Path(name).stem, figures, question)


def add_series(parser: CommandParser) -> None:
    group = parser.add_argument_group("the series")
    group.add_argument("--metric", metavar="NAME", help="the metric, where the file has several")
    group.add_argument("--segment", metavar="NAME", help="the segment, where there are several")
    group.add_argument("--all", action="store_true", help="every series, one after the other")
    group.add_argument(
        "--frequency", type=words.frequency, metavar="WORD",
        help="day, week, month, quarter, half_year or year; read off the periods if left out",
    )  # fmt: skip
    group.add_argument(
        "--year-starts", type=words.month, default=1, metavar="MONTH", help="1 (January) to 12"
    )
    group.add_argument(
        "--direction", type=words.direction, metavar="WORD",
        help="which way is better: increase, decrease, band:LO..HI or none",
    )  # fmt: skip
    group.add_argument("--bounds", type=words.span, metavar="LO..HI", help="possible values")
    group.add_argument(
        "--cumulative", action="store_true", help="values are running totals of the year"
    )
    group.add_argument(
        "--rate-per", type=words.positive, default=100.0, metavar="NUMBER",
        help="a rate is numerator over denominator, times this; 100 unless given",
    )  # fmt: skip
    group.add_argument("--unit", default="", help="written behind figures, as %% or patients")


def add_path(parser: CommandParser) -> None:
    group = parser.add_argument_group("the path")
    group.add_argument(
        "--baseline", type=words.dated, metavar="PERIOD[=VALUE]",
        help="where it starts; the observed value unless given",
    )  # fmt: skip
    group.add_argument("--target", type=words.dated_value, metavar="PERIOD=VALUE")
    group.add_argument(
        "--shape", metavar="NAME",
        help="linear unless given, or points and interventions where these are given",
    )  # fmt: skip
    group.add_argument(
        "--points", type=words.dated_values, action="append", metavar="PERIOD=VALUE,…"
    )
    group.add_argument(
        "--parameter", type=words.named_number, action="append", metavar="NAME=VALUE",
        help="a number of the shape",
    )  # fmt: skip
    group.add_argument(
        "--path-season", type=words.season, metavar="KIND:V,V,…",
        help="the year's shape on the path: index (mean 1) or offset (sum 0)",
    )  # fmt: skip
    group.add_argument(
        "--effect", type=words.effect, action="append", metavar="NAME,start=PERIOD,mid=VALUE,…",
        help="an intervention: also low, high, lag, ramp (periods), attribution (0 to 1)",
    )  # fmt: skip
    group.add_argument("--low", type=words.number, help="low end of the range at the target")
    group.add_argument("--high", type=words.number, help="high end of it")


def add_rules(parser: CommandParser) -> None:
    group = parser.add_argument_group("the rules and the day")
    group.add_argument(
        "--rebase", action="append", metavar="PERIOD", help="a new stretch starts here"
    )
    group.add_argument("--screen-outliers", action="store_const", const=True)
    group.add_argument("--lock-after", type=words.count, metavar="N", help="points of the limits")
    group.add_argument("--shift", type=words.count, metavar="N", help="points of a shift")
    group.add_argument("--trend", type=words.count, metavar="N", help="points of a trend")
    group.add_argument("--compat", metavar="NAME", help="nhs: limits as NHS tools draw them")
    group.add_argument("--season", metavar="WORD", help="auto, on or off")
    group.add_argument(
        "--policy", type=words.named, action="append", default=[], metavar="NAME=VALUE",
        help="any other rule",
    )  # fmt: skip
    group.add_argument(
        "--as-of", type=words.day, metavar="DATE",
        help="what was known on that day; else when the latest figure was due",
    )  # fmt: skip
    group.add_argument(
        "--lag", type=words.lag, default=0, metavar="DAYS", help="from a period to its figure"
    )
