"""Make the fictional state of Meridian, through the same doors as anyone's data."""

import secrets
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from aspirations.intake.commit import import_content
from aspirations.models import Series
from aspirations.services.judging import judge_all_stale
from aspirations.services.systems import load, read
from delivery.demo.earlier import as_first_agreed
from delivery.demo.history import tidy_csv
from people.models import System, User
from people.services import grant

FILE = Path(settings.BASE_DIR) / "delivery" / "demo" / "meridian.toml"
# Stocktakes of the past; the last one is the reporting date of the system file.
EARLIER = (date(2025, 3, 18), date(2025, 6, 24), date(2025, 9, 23), date(2025, 12, 16))
CAST = {
    "superintendent@meridian.example": ("Superintendent", "system_leader"),
    "delivery@meridian.example": ("Delivery Leader", "delivery_leader"),
    "analyst@meridian.example": ("Delivery Unit analyst", "unit_staff"),
    "learning@meridian.example": ("Deputy Superintendent, Learning", "accountable_head"),
    "data@meridian.example": ("Data Office", "data_provider"),
    "board@meridian.example": ("State Board", "viewer"),
}


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
        if System.objects.filter(slug="meridian").exists():
            self.stdout.write("Meridian is loaded already.")
            return
        with transaction.atomic():
            people = self.people()
            tables, author = read(FILE), people["delivery@meridian.example"]
            system = load(as_first_agreed(tables), author=author).system
            import_content(tidy_csv(), "meridian-history.csv", system=system)
            load(tables, author=author)
            self.cast(system, people)
            self.look_back(system)
        done = judge_all_stale(Series.objects.filter(metric__system=system))
        self.stdout.write(f"Meridian is loaded: {done.written} series judged.")

    def look_back(self, system: System) -> None:
        """Judge at earlier dates first, so that the record holds what was said at the time."""
        series = Series.objects.filter(metric__system=system)
        for day in EARLIER:
            System.objects.filter(pk=system.pk).update(reporting_date=day)
            series.mark_stale()
            judge_all_stale(series)
        System.objects.filter(pk=system.pk).update(reporting_date=system.reporting_date)
        series.mark_stale()

    def people(self) -> dict[str, User]:
        password = demo_password()
        known = {row.email: row for row in User.objects.filter(email__in=CAST)}
        new = [email for email in CAST if email not in known]
        return known | {
            email: User.objects.create_user(email, password, name=CAST[email][0]) for email in new
        }

    def cast(self, system: System, people: dict[str, User]) -> None:
        for email, (_name, role) in CAST.items():
            grant(user=people[email], system=system, role=role)

    def print_sign_ins(self) -> None:
        found = User.objects.filter(email__in=CAST, is_active=True).order_by("pk")
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
