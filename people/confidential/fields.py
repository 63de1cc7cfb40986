"""Fields of models that other rooms use."""

from typing import Any, NoReturn

from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import Lookup

from people.confidential.sealing import MARK, SealedError, seal, unseal


class SealedTextField(models.TextField):
    """A confidential text: encrypted in the database, plain in the model.

    A sealed text is bound to the field it was written in and cannot be opened in another. It
    cannot be searched or compared: the database does not know it. SealedError where the key is
    missing or wrong; then nothing is written, so nothing is overwritten.
    """

    @property
    def validators(self) -> list[Any]:
        """A text field of Django's leaves its length to the form; notes come by other doors too."""
        longest = [MaxLengthValidator(self.max_length)] if self.max_length else []
        return [*super().validators, *longest]

    @property
    def kind(self) -> str:
        """What its texts are bound to."""
        return f"{self.model._meta.label}.{self.name}"

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return None if value is None else unseal(value, self.kind)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        # TRAP: every way to the database leads through here, validation of constraints included.
        plain = super().get_db_prep_value(value, connection, prepared)
        return plain if plain is None or hasattr(plain, "as_sql") else seal(plain, self.kind)

    def value_to_string(self, obj: models.Model) -> str:
        """Refused: what `dumpdata` writes would be an open copy. Databases are dumped sealed."""
        raise SealedError(
            f"{self.kind} is not written out. Dump the database itself, or leave out "
            f"{self.model._meta.label} with --exclude."
        )

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == IsSealed.lookup_name:
            return super().get_lookup(lookup_name)
        self.refuse()

    def get_transform(self, lookup_name: str) -> Any:
        self.refuse()

    def refuse(self) -> NoReturn:
        raise FieldError(f"{self.kind} is sealed: it cannot be searched, compared or sorted by.")


@SealedTextField.register_lookup
class IsSealed(Lookup):
    """Whether a column holds a sealed text; only for the constraint that says it must."""

    lookup_name = "is_sealed"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        # Not as a parameter, and without a percent sign: constraints are written into the schema.
        return f"substr({column}, 1, {len(MARK)}) = '{MARK}'", list(params)

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [value]


def only_sealed(field: str, name: str) -> models.CheckConstraint:
    """Whatever writes to the column, by whatever door: plain text is refused."""
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__is_sealed": True}))
