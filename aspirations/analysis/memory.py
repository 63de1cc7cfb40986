"""Where the arrays of a computation live."""

import numpy as np

LARGEST = 31 * 2**20
"""Just below the largest block (32 MiB) by which glibc still adapts its threshold."""


def keep_freed() -> None:
    """Have freed memory kept for the next arrays of this process, not handed back at once.

    The C library returns every block above a threshold (128 KiB at first) to the system, and
    fetching it again page by page costs several times the arithmetic done in it. Its threshold
    rises to the largest block freed so far, so one is asked for, never touched, and freed. Where
    the C library is another, nothing happens.
    """
    np.empty(LARGEST, dtype=np.uint8)
