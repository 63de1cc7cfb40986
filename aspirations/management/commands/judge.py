"""Judge series without Celery, or show what the rules would say on another date."""

from collections import Counter
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from aspirations.models import Light, Series
from aspirations.services.judging import Verdict, judge_all_stale, verdicts_of
from people.models import System

NAMED = 20


class Command(BaseCommand):
    help = "Judge every series that is due; with --as-of, show and store nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--system", metavar="SLUG", help="only this system")
        parser.add_argument("--all", action="store_true", help="also what is not due")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="show; store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        series = Series.objects.all()
        if options["system"]:
            system = System.objects.filter(slug=options["system"]).first()
            if system is None:
                raise CommandError(f"There is no system “{options['system']}”.")
            series = series.filter(metric__system=system)
        if options["as_of"]:
            self.show(series, options["as_of"])
            return
        if options["all"]:
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

    def show(self, series: Any, as_of: date) -> None:
        keys = list(series.values_list("pk", flat=True))
        lights: list[str] = []
        for start in range(0, len(keys), settings.JUDGE_CHUNK):
            for verdict in verdicts_of(keys[start : start + settings.JUDGE_CHUNK], as_of):
                self.say(verdict)
                lights.append(verdict.judgment.light)
        self.count(lights)

    def say(self, verdict: Verdict) -> None:
        row = verdict.judgment
        figures = f"actual {row.actual}, path {row.expected}, likelihood {row.likelihood}"
        why = row.not_judged_reason or figures
        self.stdout.write(f"{row.get_light_display():12} {verdict.series} ({why})")

    def count(self, lights: Any) -> None:
        counted = Counter(lights)
        for light in Light:
            self.stdout.write(f"{light.label:12} {counted.get(light.value, 0)}")


def day(text: str) -> date:
    return date.fromisoformat(text)
