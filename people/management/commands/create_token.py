"""`manage.py create_token EMAIL --system SLUG --role ROLE --name NAME`: let a program in."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from people.models import System, User
from people.models.tokens import PROGRAM_ROLES
from people.tokens import issue


class Command(BaseCommand):
    help = "Print a new token, by which a program signs in; a delivery leader answers for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the delivery leader who answers for the token")
        parser.add_argument("--system", required=True, metavar="SLUG")
        parser.add_argument(
            "--role", choices=[role.value for role in PROGRAM_ROLES], default="viewer"
        )
        parser.add_argument("--name", required=True, help="what the program is")
        parser.add_argument("--expires-days", type=int, default=90, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = User.objects.get(email=options["email"].lower())
            system = System.objects.get(slug=options["system"])
            row, token = issue(
                user=user, system=system, role=options["role"], name=options["name"],
                days=options["expires_days"],
            )  # fmt: skip
        except User.DoesNotExist as problem:
            raise CommandError(f"Nobody signs in as {options['email']}.") from problem
        except System.DoesNotExist as problem:
            raise CommandError(f"There is no system {options['system']}.") from problem
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(token)
        self.stderr.write(f"Kept as a hash: it cannot be shown again. Ends {row.expiry:%Y-%m-%d}.")
