"""A joint table that the reader drags, while MacKay's diagram of its entropies moves along."""

from pathlib import Path

import numpy as np
import traitlets

from ibtools.information import (
    conditional_entropy_from_table,
    entropy_from_table,
    mutual_information_from_table,
)
from ibtools.information.validation import validated_table
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget

MODULE = Path(__file__).with_suffix(".js")
SIZES = (2, 3, 4)


def _table(p_xy: np.ndarray) -> list:
    table = validated_table(p_xy, "p_xy", n_axes=2)
    if not all(size in SIZES for size in table.shape):
        raise ValueError(f"p_xy must have 2 to 4 rows and 2 to 4 columns, got shape {table.shape}")
    return (table / table.sum()).tolist()


class JointTable(PageWidget):
    """p(x,y) as squares to drag, and H(X), H(Y), H(X,Y) as bars that show what overlaps.

    Where H(X) is laid from the left end of H(X,Y) and H(Y) from the right, they overlap by
    I(X;Y) = H(X) + H(Y) - H(X,Y) bits, and what is not covered twice is H(X|Y) and H(Y|X). The
    overlap is never negative, and 0 only where X and Y are independent.

    p_xy: the table to begin with, (n_x, n_y), 2 to 4 each; two symbols that agree with
    probability 0.8 unless given. The trait p_xy is what the reader made of it.
    Raises ValueError for other sizes, and for entries that are no probabilities or do not sum to 1.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "table"
    _height = 520

    p_xy = traitlets.List().tag(sync=True)

    def __init__(self, p_xy: np.ndarray | None = None):
        p_xy = [[0.4, 0.1], [0.1, 0.4]] if p_xy is None else p_xy
        super().__init__(p_xy=_table(p_xy))

    @traitlets.validate("p_xy")
    def _same_shape(self, proposal: dict) -> list:
        p_xy = _table(proposal.value)
        # The page has made its cells by then.
        if self.p_xy and np.shape(p_xy) != np.shape(self.p_xy):
            raise ValueError(
                f"p_xy must keep its shape {np.shape(self.p_xy)}, got {np.shape(p_xy)}"
            )
        return p_xy

    def summary(self) -> str:
        p = np.array(self.p_xy)
        values = {
            "H(X)": entropy_from_table(p.sum(axis=1)),
            "H(Y)": entropy_from_table(p.sum(axis=0)),
            "H(X,Y)": entropy_from_table(p),
            "H(X|Y)": conditional_entropy_from_table(p.T),
            "H(Y|X)": conditional_entropy_from_table(p),
            "I(X;Y)": mutual_information_from_table(p),
        }
        listed = ", ".join(f"{name} = {value:.3f}" for name, value in values.items())
        return (
            f"A joint table of {p.shape[0]} by {p.shape[1]} probabilities, and its entropies as "
            f"bars: H(X) from the left and H(Y) from the right overlap by I(X;Y) within H(X,Y). "
            f"In bits: {listed}."
        )

    def page_state(self) -> dict:
        return {"p_xy": self.p_xy}
