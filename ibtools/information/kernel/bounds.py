"""Bounds on the information in a noisy layer, from the distances between its centres.

T = h(X) + Z with Z ~ N(0, σ²I) and n equally likely inputs is a mixture of n Gaussians. Its
entropy has no closed form, but bounds from the distances of the pairs (in nats, d units):

    J(s) = - (1/n) Σ_i log (1/n) Σ_j exp(-|h_i - h_j|² / (2 s σ²))
    (d/2) log 2πeσ² + J(4)  ≤  h(T)  ≤  (d/2) log 2πeσ² + J(1).

As h(T|X) = (d/2) log 2πeσ², it follows that J(4) ≤ I(X;T) ≤ J(1). Both are 0 when all centres
are equal and log n when all are many σ apart: the value then says how many inputs there were.

The noise is *ours*: a deterministic network has none, and the information depends on σ as that of
a binned layer depends on its bins. Noise that the network itself trains with is another matter.

Sources: Kolchinsky & Tracey (2017), arXiv:1706.02419 (the bounds, from the Kullback-Leibler and
the Bhattacharyya distance of two Gaussians); Saxe et al. (2018) (their use on layers).
"""

import math
from dataclasses import dataclass

import numpy as np

from ibtools.information.kernel.centres import (
    alike,
    centred,
    classes,
    namespace,
    validated_centres,
    validated_variance,
)
from ibtools.information.kernel.pairs import kernel_sums
from ibtools.information.validation import validated_base, whole_number


def _information(sums, n):
    """J = - (1/n) Σ log(sum/n) along the last axis; n may differ from sample to sample."""
    return 0 - namespace(sums).log(alike(sums, sums) / n).mean(-1)


def mixture_entropy_bounds(centres, *, noise_variance, max_memory: int = 2**22, base: float = 2):
    """Lower and upper bound of the differential entropy of the mixture Σ_i N(h_i, σ²I) / n.

    centres: (..., samples, units).  noise_variance: σ², a number or one for each layer of the
    stack.  Returns two arrays of shape (...), or tensors where centres is one; bits unless base
    says otherwise. Differential entropies may be negative.
    Exact when the centres coincide or lie far apart. In between expect one bit per unit from
    bound to bound: where n centres are spread smoothly over many σ, and much closer than σ, the
    upper one is 1/2 nat per unit too high and the lower one 0.19 nats per unit too low.
    Time n² units; the blocks of pairs take at most max_memory bytes (a few MB, that fit the
    cache, are fastest; on a GPU take more).

    Raises TypeError and ValueError for centres that are no finite numbers of this shape, and
    ValueError for a noise_variance that is not positive or does not fit.
    """
    centres = validated_centres(centres)
    variance = validated_variance(noise_variance, centres)
    unit = math.log(validated_base(base))
    n, units = centres.shape[-2:]
    u, subtract = centred(centres, variance)
    max_memory = whole_number(max_memory, "max_memory")
    _, every = kernel_sums(u, np.array([n]), subtract=subtract, max_memory=max_memory)
    lower, upper = _information(every, n).reshape((2, *centres.shape[:-2]))
    noise = units / 2 * (math.log(2 * math.pi * math.e) + namespace(centres).log(variance))
    return (noise + lower) / unit, (noise + upper) / unit


@dataclass(frozen=True)
class MixtureInformation:
    """Brackets of I(X;T) and I(T;Y) for a stack of noisy layers: numbers or arrays (...)."""

    I_XT_lower: np.ndarray
    I_XT_upper: np.ndarray
    I_TY_lower: np.ndarray
    I_TY_upper: np.ndarray

    @property
    def I_TY_difference(self) -> np.ndarray:
        """Upper bound of h(T) minus upper bounds of h(T|y): the I(T;Y) that Saxe et al. plot.

        A difference of two upper bounds is no bound, neither lower nor upper; it lies within the
        bracket and never exceeds H(Y).
        """
        return self.I_XT_upper - (self.I_XT_lower - self.I_TY_lower)


def layer_information_kernel(
    activations, y, *, noise_variance, max_memory: int = 2**22, base: float = 2
) -> MixtureInformation:
    """Bounds of I(X;T) and I(T;Y), T = h(X) + N(0, σ²I), for any stack of layers at once.

    activations: (..., samples, units) arrays or tensors, every sample a different, equally likely
    input.  y: (samples,) labels.  noise_variance, max_memory: as in `mixture_entropy_bounds`.
    I(T;Y) = h(T) - Σ_y p(y) h(T|y), each class a mixture of its own, so that honest bounds take
    the lower bound of one term and the upper of the other. The bracket of I(T;Y) can be wider than
    [0, H(Y)]: the distances then do not settle it, and `layer_information_monte_carlo` does.
    Ceiling of I(X;T): log(samples). Saxe et al. take σ² = 0.001 for tanh and 0.1 on MNIST.

    Raises the errors of `mixture_entropy_bounds`, and ValueError for labels that do not fit.
    """
    activations = validated_centres(activations, "activations")
    variance = validated_variance(noise_variance, activations)
    unit = math.log(validated_base(base))
    n, stack = activations.shape[-2], tuple(activations.shape[:-2])
    order, counts = classes(y, n)
    u, subtract = centred(activations[..., order, :], variance)
    max_memory = whole_number(max_memory, "max_memory")
    own, every = kernel_sums(u, counts, subtract=subtract, max_memory=max_memory)
    lower, upper = _information(every, n).reshape((2, *stack)) / unit
    class_sizes = alike(np.repeat(counts, counts), u)
    lower_given_y, upper_given_y = _information(own, class_sizes).reshape((2, *stack)) / unit
    return MixtureInformation(lower, upper, lower - upper_given_y, upper - lower_given_y)
