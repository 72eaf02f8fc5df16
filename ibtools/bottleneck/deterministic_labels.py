"""What becomes of the bottleneck when x determines y: Y = f(X).

Then the information curve is known without solving anything,

    F(r) = max I(T;Y) given I(X;T) ≤ r  =  min(r, H(Y)),

the line on which T says nothing about X that is not about Y, up to the corner (H(Y), H(Y)). The
Lagrangian I(X;T) - β I(T;Y) sees its two ends only: for β < 1 the trivial T is best, for β > 1 the
corner T = Y, and at β = 1 all points of the line are equally good. A solver with many β shows two
points, which is no fault of the solver. `power_bottleneck` reaches those between.

Source: Kolchinsky, Tracey & Van Kuyk (2019), arXiv:1808.07593, sections 3 and 4.
"""

import numpy as np

from ibtools.bottleneck.curve import validated_costs
from ibtools.bottleneck.power import validated_power
from ibtools.bottleneck.problem import Problem
from ibtools.information.tables import entropy_from_table
from ibtools.information.validation import positive, real_numbers


def has_deterministic_labels(p_xy: np.ndarray | Problem, *, tolerance: float = 1e-12) -> bool:
    """Whether every x has one y: the largest p(y|x) is above 1 - tolerance for all x.

    Raises ValueError for a tolerance not positive and finite, and the errors of Problem.
    """
    likeliest = Problem.of(p_xy).p_y_given_x.max(axis=1)
    return bool((1 - likeliest < positive(tolerance, "tolerance")).all())


def deterministic_labels_curve(
    p_xy: np.ndarray | Problem, I_XT: np.ndarray | float, *, base: float = 2
) -> np.ndarray:
    """F(I_XT) = min(I_XT, H(Y)): the most that T can say about Y = f(X), in the shape of I_XT.

    I_XT: I(X;T), 0 or more, in units of log base.

    Raises ValueError for a table whose x do not determine y, a negative or NaN I_XT, and the errors
    of Problem.
    """
    return np.minimum(validated_costs(I_XT, "I_XT"), _label_entropy(p_xy, base))


def deterministic_labels_power_optimum(
    p_xy: np.ndarray | Problem, beta: float, *, power: float = 2, base: float = 2
) -> float:
    """The I(X;T) = I(T;Y) at which I(X;T)^power - β I(T;Y) is least, when x determines y:

        r* = min( H(Y), (β / power)^(1/(power-1)) ),

    where r^power - β r on the line has its minimum, or at the corner before that; β/2 for power 2.
    In units of log base, which β is for too: see `power`.

    Raises ValueError for a table whose x do not determine y, β not positive and finite, a power not
    above 1, and the errors of Problem.
    """
    power = validated_power(power)
    with np.errstate(over="ignore"):
        inside = np.float64(positive(beta, "beta") / power) ** (1 / (power - 1))
    return float(min(_label_entropy(p_xy, base), inside))


def erasure_encoder(p_xy: np.ndarray | Problem, keep: float) -> np.ndarray:
    """(n_x, n_y + 1) the encoder with T = Y with probability keep, else T = "erased", the last t.

    Where x determines y,  I(X;T) = I(T;Y) = keep · H(Y):  keep leads along the whole information
    curve, though T learns nothing new about x on the way, and only forgets to answer. Elsewhere T
    = Y is drawn from p(y|x), and I(T;Y) is less than I(X;T).

    Raises ValueError for keep outside [0, 1], and the errors of Problem.
    """
    problem = Problem.of(p_xy)
    keep = real_numbers(keep, "keep")
    if keep.ndim or not 0 <= keep <= 1:
        raise ValueError(f"keep must be a probability, from 0 to 1, got {keep}")
    return np.hstack([keep * problem.p_y_given_x, np.full((problem.n_x, 1), 1 - keep)])


def _label_entropy(p_xy: np.ndarray | Problem, base: float) -> float:
    problem = Problem.of(p_xy)
    if not has_deterministic_labels(problem):
        doubtful = int(problem.p_y_given_x.max(axis=1).argmin())
        raise ValueError(
            "p_xy must have one y for each x, got several with p(y|x) > 0 "
            f"in row {doubtful}: here the information curve is not min(I(X;T), H(Y))"
        )
    return entropy_from_table(problem.p_y, base=base)
