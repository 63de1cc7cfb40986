"""`manage.py create_token EMAIL --expires-days N`: let a program in, as this account."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people import tokens
from people.models import User


class Command(BaseCommand):
    help = "Make a token for a program. It reads what this account may read, and is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="E-mail address of the account the program acts as.")
        parser.add_argument(
            "--expires-days", type=int, required=True, metavar="N", help="Days it lasts, up to 365."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"No account has the e-mail address “{email}”. Create it first.")
        try:
            token = tokens.issue(user, days=options["expires_days"])
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stderr.write("Keep this token now: it is not shown again.")
        self.stdout.write(token)
