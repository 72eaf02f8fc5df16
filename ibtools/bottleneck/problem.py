"""What is to be compressed and what is to be kept: the joint table p(x, y) of a bottleneck."""

from dataclasses import dataclass

import numpy as np

from ibtools.information.tables import mutual_information_from_table
from ibtools.information.validation import validated_table


@dataclass(frozen=True, eq=False)
class Problem:
    """A joint table of X, which is compressed, and Y, which the compression is to tell about.

    p_xy: (n_x, n_y) probabilities that sum to 1; X along the rows. A symbol of Y that never comes
    does no harm. A row without probability has no p(y|x) and is refused.

    Raises ValueError for a table that is not two-dimensional, is empty, has negative, NaN or
    infinite entries, does not sum to 1 within 1e-5, or has an empty row; TypeError when it does
    not hold numbers.
    """

    p_xy: np.ndarray

    def __post_init__(self):
        p_xy = validated_table(self.p_xy, "p_xy", n_axes=2)
        empty = np.flatnonzero(p_xy.sum(axis=1) == 0)
        if len(empty):
            raise ValueError(
                f"p_xy must have no empty rows, got p(x) = 0 in {len(empty)} of {len(p_xy)} rows, "
                f"first in row {empty[0]}: leave them out"
            )
        object.__setattr__(self, "p_xy", p_xy / p_xy.sum())

    @classmethod
    def of(cls, p_xy: "np.ndarray | Problem") -> "Problem":
        """A table as a problem; a problem as it is."""
        return p_xy if isinstance(p_xy, cls) else cls(p_xy)

    @property
    def n_x(self) -> int:
        return self.p_xy.shape[0]

    @property
    def n_y(self) -> int:
        return self.p_xy.shape[1]

    @property
    def p_x(self) -> np.ndarray:
        """(n_x,) probabilities of X."""
        return self.p_xy.sum(axis=1)

    @property
    def p_y(self) -> np.ndarray:
        """(n_y,) probabilities of Y."""
        return self.p_xy.sum(axis=0)

    @property
    def p_y_given_x(self) -> np.ndarray:
        """(n_x, n_y) conditional probabilities; each row sums to 1."""
        return self.p_xy / self.p_x[:, None]

    def information(self, *, base: float = 2) -> float:
        """I(X;Y): no representation of X can tell more about Y."""
        return mutual_information_from_table(self.p_xy, base=base)
