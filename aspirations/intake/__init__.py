"""How figures come in: parse a file, match its words, stage its rows, commit them whole."""

from aspirations.intake.commit import import_file
from aspirations.intake.faults import Fault, Refused

__all__ = ["Fault", "Refused", "import_file"]
