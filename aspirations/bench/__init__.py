"""The analyst's bench: series of a file judged and charted in figures, without a database.

A file is read (`files`), its series are chosen (`choice`) and laid on their periods (`grids`,
`figures`); the options become values (`words`, `rules`, `question`); both become the block that
the jobs would judge (`paths`, `asking`), and the engine's answer is given as plain values
(`answer`) or to be read (`table`).
"""

from aspirations.bench.refusal import Refusal

__all__ = ["Refusal"]
