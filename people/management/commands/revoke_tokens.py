"""`manage.py revoke_tokens EMAIL [--key KEY]`: shut programs out again, at once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.settings import CONSTANTS

from people.models import User
from people.tokens import revoke_all


class Command(BaseCommand):
    help = "Revoke every token of an account, or the one that begins with KEY."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="E-mail address of the account.")
        parser.add_argument("--key", default="", help="First letters of the one token to end.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"No account has the e-mail address “{options['email']}”.")
        # Only the first letters of a token are kept in plain text, so no more can be compared.
        ended = revoke_all(user, key=options["key"][: CONSTANTS.TOKEN_KEY_LENGTH])
        self.stdout.write(f"{ended} tokens revoked.")
