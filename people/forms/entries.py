"""Forms that say, beside their own fields, what a service refused."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class EntryForm(forms.Form):
    """A form whose service may refuse what was typed, for reasons that no field knows."""

    def refused(self, problem: ValidationError) -> None:
        """Show what a service refused, beside its field where the form has it."""
        if not hasattr(problem, "error_dict"):
            self.add_error(None, problem)
            return
        for name, faults in problem.error_dict.items():
            known = name in self.fields and name != NON_FIELD_ERRORS
            self.add_error(name if known else None, faults)
