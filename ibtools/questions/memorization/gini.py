"""How unevenly a quantity is shared out."""

import numpy as np

from ibtools.information.validation import row


def gini(values: np.ndarray) -> float:
    """Gini coefficient of values (n,) that are 0 or more.

        G = Σ_i Σ_j |v_i − v_j| / (2 n Σ_i v_i) = Σ_i (2i − n − 1) v_(i) / (n Σ_i v_i) ,

    v_(1) ≤ … ≤ v_(n).  0 if all are equal, 1 − 1/n if one has everything; scale does not matter.
    Raises ValueError for negative values, and where all are 0: nothing is shared out then.
    """
    values = np.sort(row(values, "values"))
    if values[0] < 0 or values[-1] == 0:
        raise ValueError(
            f"values must be 0 or more and not all 0, got {values[0]:g} to {values[-1]:g}"
        )
    n = len(values)
    # By the largest first: huge values then neither overflow nor lose the small ones.
    shares = values / values[-1]
    return float(((2 * np.arange(1, n + 1) - n - 1) * shares).sum() / (n * shares.sum()))
