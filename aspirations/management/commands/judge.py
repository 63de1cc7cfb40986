"""Judge series without Celery; show what the rules would say by other clocks; check the record."""

from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from aspirations.analysis.engine import ENGINE_VERSION
from aspirations.models import Light, Series
from aspirations.services.clocks import ClockFault, clocks_of, day, day_or_moment
from aspirations.services.judging import Verdict, judge_all_stale, verdicts_of
from aspirations.services.replay import verify
from people.models import System

NAMED = 20
Value = TypeVar("Value")


def typed(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """A reader whose refusal argparse shows as it is said."""

    def reader(text: str) -> Value:
        try:
            return read(text)
        except ValueError as problem:
            raise ArgumentTypeError(str(problem)) from problem

    return reader


class Command(BaseCommand):
    help = "Judge every series that is due; with --as-of or --known-at, show and store nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--system", metavar="SLUG", help="only this system")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--stale", action="store_true", help="only what is due, as without it")
        which.add_argument("--all", action="store_true", help="also what is not due")
        which.add_argument(
            "--verify", action="store_true", help="make stored judgments again and compare"
        )
        parser.add_argument(
            "--as-of", type=typed(day), metavar="DATE",
            help="show what follows from what was public by then",
        )  # fmt: skip
        parser.add_argument(
            "--known-at", type=typed(day_or_moment), metavar="DATE|MOMENT",
            help="show what follows from what was recorded by then",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        series = self.chosen(options["system"])
        if options["as_of"] or options["known_at"]:
            self.refuse_beside_clocks(options)
            self.show(series, options["as_of"], options["known_at"])
        elif options["verify"]:
            self.verify(series)
        else:
            self.judge(series, everything=options["all"])

    def chosen(self, slug: str | None) -> QuerySet[Series]:
        if not slug:
            return Series.objects.all()
        system = System.objects.filter(slug=slug).first()
        if system is None:
            raise CommandError(f"There is no system “{slug}”.")
        return Series.objects.filter(metric__system=system)

    # --- judge -----------------------------------------------------------------------------

    def judge(self, series: Any, *, everything: bool) -> None:
        if everything:
            series.mark_stale()
        done = judge_all_stale(series)
        self.stdout.write(
            f"Judged {done.judged} series; {done.written} new judgments, {done.parked} parked."
        )
        self.count(series.values_list("current_judgment__light", flat=True))
        self.name_parked(series.parked())

    def name_parked(self, parked: Any) -> None:
        """What is not judged until it is mended: the count, and the first with their reasons."""
        count = parked.count()
        if not count:
            return
        self.stdout.write(f"{count} series are parked. Mend the cause, then judge with --all.")
        for row in parked.select_related("metric", "segment")[:NAMED]:
            self.stdout.write(f"  {row}: {row.parked_reason}")

    # --- look back -------------------------------------------------------------------------

    def refuse_beside_clocks(self, options: dict[str, Any]) -> None:
        """What is shown by other clocks is not stored, so there is nothing to choose or check."""
        for name in ("stale", "all", "verify"):
            if options[name]:
                raise CommandError(
                    f"--{name} does not go with --as-of or --known-at. Leave one of them out."
                )

    def show(
        self, series: QuerySet[Series], as_of: date | None, known_at: date | datetime | None
    ) -> None:
        lights: list[str] = []
        now = timezone.now()
        for system in System.objects.filter(metrics__series__in=series).distinct():
            try:
                clocks = clocks_of(system, now, as_of, known_at)
            except ClockFault as fault:
                raise CommandError(f"--known-at: {fault}") from fault
            keys = series.filter(metric__system=system).order_by("pk").values_list("pk", flat=True)
            for some in chunks(list(keys)):
                for verdict in verdicts_of(some, clocks.as_of, clocks.known_at):
                    self.say(verdict)
                    lights.append(verdict.judgment.light)
        self.count(lights)

    def say(self, verdict: Verdict) -> None:
        row = verdict.judgment
        figures = f"actual {row.actual}, path {row.expected}, likelihood {row.likelihood}"
        why = row.not_judged_reason or figures
        self.stdout.write(f"{row.get_light_display():12} {verdict.series} ({why})")

    def count(self, lights: Iterable[str | None]) -> None:
        counted = Counter(lights)
        for light in Light:
            self.stdout.write(f"{light.label:12} {counted.get(light.value, 0)}")

    # --- check the record ------------------------------------------------------------------

    def verify(self, series: QuerySet[Series]) -> None:
        """Each current judgment made again from its two clocks; fails where one comes out other."""
        differences = 0
        for difference in verify(series):
            differences += 1
            self.stdout.write(str(difference))
        ours = series.filter(current_judgment__engine_version=ENGINE_VERSION).count()
        older = series.exclude(current_judgment=None).count() - ours
        self.stdout.write(f"{ours} judgments were made again; {differences} differ.")
        if older:
            self.stdout.write(
                f"{older} were made by another version of the arithmetic and passed over."
            )
        if differences:
            raise CommandError(
                f"{differences} judgments are not what their inputs give. Find out who changed "
                "rows past the program, then judge with --all."
            )


def chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), settings.JUDGE_CHUNK):
        yield keys[start : start + settings.JUDGE_CHUNK]
