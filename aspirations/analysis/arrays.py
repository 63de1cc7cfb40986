"""Names of the array types: rows are series, columns are periods, NaN is a missing value."""

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Days = npt.NDArray[np.datetime64]
Text = npt.NDArray[np.str_]


def total(cells: Float) -> Float:
    """Row sums, added from left to right so that empty columns do not change the last bit."""
    return np.asarray(cells.cumsum(axis=1)[:, -1])
