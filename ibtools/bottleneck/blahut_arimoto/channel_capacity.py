"""Capacity: the most that a channel can carry, whatever is sent. Where Blahut-Arimoto comes from.

C = max I(X;Y)  over p(x), for given p(y|x)
"""

import warnings
from typing import NamedTuple

import numpy as np
from scipy.special import rel_entr

from ibtools.bottleneck.solution import BottleneckWarning
from ibtools.information.validation import (
    positive,
    real_numbers,
    validated_base,
    validated_table,
    whole_number,
)


class ChannelCapacity(NamedTuple):
    """lower ≤ C ≤ upper, in units of log `base`; lower is the I(X;Y) that the inputs p_x reach.

    history: (n_steps, 2), lower and upper at every step.
    """

    lower: float
    upper: float
    p_x: np.ndarray
    history: np.ndarray
    converged: bool


def channel_capacity(
    p_y_given_x: np.ndarray, *, tolerance: float = 1e-6, max_steps: int = 100_000, base: float = 2
) -> ChannelCapacity:
    """The capacity of the channel p_y_given_x (n_x, n_y), rows summing to 1, between two bounds.

    For any p(x), with p(y) = Σ p(x) p(y|x) and D(x) = D[p(y|x) ‖ p(y)],

        I(X;Y) = Σ_x p(x) D(x)  ≤  C  ≤  max_x D(x),

    and the next p(x) is p(x) e^{D(x)} / Σ: inputs that say much are used more, until all that are
    used say the same. It ends when the bounds differ by less than tolerance (in units of log base).
    I(X;Y) never falls on the way. (Arimoto 1972 and Blahut 1972, IEEE Transactions on Information
    Theory 18, 14-20 and 460-473; Cover & Thomas 2006, section 10.8)

    p_x is not unique when inputs can stand in for each other. An input that is hardly worth using
    makes it slow: the bounds then close as one over the number of steps.

    Raises ValueError for a table that is not two-dimensional or has a row that is no distribution,
    TypeError for anything but numbers. Warns (BottleneckWarning) when max_steps do not suffice.
    """
    rows = real_numbers(p_y_given_x, "p_y_given_x")
    if rows.ndim != 2 or rows.size == 0:
        raise ValueError(f"p_y_given_x must have shape (n_x, n_y), got {rows.shape}")
    channel = np.array([validated_table(row, f"p_y_given_x[{x}]") for x, row in enumerate(rows)])
    channel /= channel.sum(axis=1, keepdims=True)
    unit = np.log(validated_base(base))
    tolerance = positive(tolerance, "tolerance") * unit
    max_steps = whole_number(max_steps, "max_steps")
    p_x = np.full(len(channel), 1 / len(channel))
    history = []
    while True:
        divergence = rel_entr(channel, p_x @ channel).sum(axis=1)
        lower, upper = max(0.0, float(p_x @ divergence)), float(divergence.max())
        history.append((lower / unit, upper / unit))
        converged = upper - lower < tolerance
        if converged or len(history) == max_steps:
            break
        p_x = p_x * np.exp(divergence - upper)
        p_x /= p_x.sum()
    if not converged:
        warnings.warn(
            f"channel_capacity did not converge in {max_steps} steps, the bounds are "
            f"{(upper - lower) / unit:.1e} apart: raise max_steps or tolerance",
            BottleneckWarning,
            stacklevel=2,
        )
    return ChannelCapacity(*history[-1], p_x, np.array(history), converged)
