"""How many linear regions a ReLU network can have."""

from collections.abc import Sequence
from math import comb, prod

from ibtools.information.validation import whole_number


def shallow_regions(n_units: int, n_inputs: int) -> int:
    """The largest number of linear regions of one hidden layer, Σ_{j ≤ n₀} C(n, j).

    n hyperplanes in n₀ dimensions cut space into that many parts if they are in general position:
    in the plane, no two parallel and no three through a point. Source: Zaslavsky (1975), as in
    Montúfar et al. (2014).
    """
    n_units, n_inputs = whole_number(n_units, "n_units"), whole_number(n_inputs, "n_inputs")
    return sum(comb(n_units, j) for j in range(n_inputs + 1))


def deep_regions(widths: Sequence[int], n_inputs: int) -> int:
    """As many linear regions as networks of these hidden widths can have at least, if built so:

        Π_{l < L} ⌊n_l / n₀⌋^{n₀} · Σ_{j ≤ n₀} C(n_L, j)

    Source: Montúfar, Pascanu, Cho, Bengio (2014), section 3.
    Raises ValueError for a width below the number of inputs.
    """
    n_inputs = whole_number(n_inputs, "n_inputs")
    if not widths or min(widths) < n_inputs:
        raise ValueError(f"widths must be {n_inputs} or more, one at least, got {tuple(widths)}")
    folds = prod((width // n_inputs) ** n_inputs for width in widths[:-1])
    return folds * shallow_regions(widths[-1], n_inputs)
