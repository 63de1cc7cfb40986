"""Names of the array types: rows are series, columns are periods, NaN is a missing value."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Float = npt.NDArray[np.float64]
Int = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Text = npt.NDArray[np.str_]

ArrayLike = npt.ArrayLike
Test = Callable[[Float], Bool]
