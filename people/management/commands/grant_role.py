"""Give someone a role in a system; who is new gets a first password, shown once."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from people.models import Role, System, User
from people.services import grant


class Command(BaseCommand):
    help = "Give a person a role in a system; giving it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--system", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--name", default="", help="name or office, for someone new")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        system = System.objects.filter(slug=options["system"]).first()
        if system is None:
            raise CommandError(f"There is no system “{options['system']}”.")
        user = User.objects.filter(email__iexact=options["email"]).first()
        user = user or self.welcome(options["email"], options["name"])
        grant(user=user, system=system, role=options["role"])
        self.stdout.write(f"{user.email} is {Role(options['role']).label} of {system.name}.")

    def welcome(self, email: str, name: str) -> User:
        password = "-".join(secrets.token_hex(3) for _ in range(4))
        try:
            user = User.objects.create_user(email, password, name=name)
        except ValidationError as problem:
            raise CommandError(f"“{email}”: {' '.join(problem.messages)}") from problem
        self.stdout.write(f"First password of {email}, shown only now: {password}")
        return user
