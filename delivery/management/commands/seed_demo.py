"""Make the fictional state of Meridian, through the same doors as anyone's data."""

import secrets
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.test.utils import override_settings

from aspirations.intake.commit import import_content
from aspirations.models import Series
from aspirations.services.judging import judge_all_stale
from aspirations.services.systems import load, read
from delivery.demo import coalitions, history, reviews, unit
from delivery.demo.cast import CAST, COLLEGES, SCHOOLS, STATE, Player
from delivery.demo.earlier import as_first_agreed, first_agreed
from people.models import System, User
from people.services import grant

HERE = Path(settings.BASE_DIR) / "delivery" / "demo"
# Stocktakes of the past; the last one is the reporting date of the system file.
EARLIER = (date(2025, 3, 18), date(2025, 6, 24), date(2025, 9, 23), date(2025, 12, 16))
SYSTEMS = (STATE, SCHOOLS, COLLEGES)
# Invitations and releases are written to people; those of the demonstration do not exist.
NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
NEIGHBOURS = {"state": history.STATE, "colleges": history.COLLEGES}
"""System files beside Meridian's own, with their past; a parent comes before its children."""


class Command(BaseCommand):
    help = "Load the demonstration system Meridian; where it is loaded already, change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--print-sign-ins", action="store_true", help="only print who can sign in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["print_sign_ins"]:
            self.seed()
        if options["verbosity"]:
            self.print_sign_ins()

    def seed(self) -> None:
        if System.objects.filter(slug=SCHOOLS).exists():
            self.stdout.write("Meridian is loaded already.")
            return
        with override_settings(EMAIL_BACKEND=NOWHERE), transaction.atomic():
            people = self.people()
            for name, pasts in NEIGHBOURS.items():
                self.neighbour(name, pasts)
            system = self.schools(people["delivery@meridian.example"])
            self.give_roles(people)
            coalitions.convene(system, people)
            self.reviews(people)
            self.look_back(system)
            judge_all_stale(Series.objects.filter(metric__system=system))
            unit.write_down(system, people)
            unit.word_headline(system, people)
        done = judge_all_stale(Series.objects.filter(metric__system__slug__in=SYSTEMS))
        self.stdout.write(f"Meridian is loaded: {done.written} series judged.")

    def neighbour(self, name: str, pasts: Mapping[str, history.Past]) -> None:
        tables = read(HERE / f"{name}.toml")
        system = load(tables, at=first_agreed(tables)).system
        import_content(history.tidy_csv(pasts), f"{system.slug}-history.csv", system=system)

    def schools(self, author: User) -> System:
        """Meridian's schools, first as they once agreed, then as they agree today."""
        tables = read(HERE / "meridian.toml")
        first = as_first_agreed(tables)
        system = load(first, author=author, at=first_agreed(first)).system
        import_content(history.tidy_csv(history.SCHOOLS), "meridian-history.csv", system=system)
        load(tables, author=author)
        return system

    def look_back(self, system: System) -> None:
        """Judge at earlier dates first, so that the record holds what was said at the time."""
        series = Series.objects.filter(metric__system=system)
        for day in EARLIER:
            System.objects.filter(pk=system.pk).update(reporting_date=day)
            series.mark_stale()
            judge_all_stale(series)
        System.objects.filter(pk=system.pk).update(reporting_date=system.reporting_date)
        series.mark_stale()

    def reviews(self, people: dict[str, User]) -> None:
        systems = {row.slug: row for row in System.objects.filter(slug__in=SYSTEMS)}
        reviews.hold(systems, people)

    def people(self) -> dict[str, User]:
        password = demo_password()
        emails = [player.email for player in CAST]
        known = {row.email: row for row in User.objects.filter(email__in=emails)}
        new = [player for player in CAST if player.email not in known]
        return known | {player.email: self.person(player, password) for player in new}

    def person(self, player: Player, password: str) -> User:
        return User.objects.create_user(
            player.email, password, name=player.name, is_staff=player.administrator
        )

    def give_roles(self, people: dict[str, User]) -> None:
        systems = {row.slug: row for row in System.objects.filter(slug__in=SYSTEMS)}
        for player in CAST:
            for slug, role in player.roles.items():
                grant(
                    user=people[player.email], system=systems[slug], role=role,
                    office=player.office,
                )  # fmt: skip

    def print_sign_ins(self) -> None:
        emails = [player.email for player in CAST]
        found = User.objects.filter(email__in=emails, is_active=True).order_by("pk")
        for user in found:
            self.stdout.write(f"  {user.email:34} {user.name}")
        if found:
            self.stdout.write(f"  Password for each: {demo_password()}")


def demo_password() -> str:
    """The password of the demonstration's people: made once for this installation, and kept."""
    path = Path(settings.DATA_DIR) / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(2) for _ in range(4)), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
