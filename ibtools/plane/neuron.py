"""One neuron, one weight: small enough that its information is known exactly.

Two ways to a finite number. Read T = f(wX) with a ruler, X ~ N(0, 1): the information is then the
entropy of the ruler's reading, and it falls when the neuron saturates, although f is one-to-one
and nothing is lost. Or give the neuron noise of its own, T = f(wX + b) + Z: the information is
then the network's, and it falls when the neuron merges inputs.

Sources: Saxe et al. (2018), "On the Information Bottleneck Theory of Deep Learning" (the binned
neuron); Goldfeld et al. (2019), arXiv:1810.05728 (the noisy one).
"""

import numpy as np
from scipy.special import ndtr

from ibtools.information import entropy_from_table
from ibtools.information.validation import (
    one_of,
    positive,
    real_numbers,
    validated_base,
    whole_number,
)

FUNCTIONS = {
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
    "softsign": lambda a: a / (1 + np.abs(a)),
    "softplus": lambda a: np.logaddexp(0, a),
    "linear": lambda a: a,
}

# The a from which on f(a) ≥ t: minus infinity where that is all of them, infinity where none.
INVERSES = {
    "tanh": lambda t: np.arctanh(np.clip(t, -1, 1)),
    "relu": lambda t: np.where(t > 0, t, -np.inf),
    "softsign": lambda t: np.clip(t, -1, 1) / (1 - np.abs(np.clip(t, -1, 1))),
    "softplus": lambda t: t + np.log(-np.expm1(-np.maximum(t, 0))),
    "linear": lambda t: t,
}

BOUNDED = ("tanh", "softsign")
# Beyond so many standard deviations of X lies less than one rounding error of the whole.
REACH = 9.0
MOST_BINS = 2**24


def _finite(values, name: str) -> np.ndarray:
    values = real_numbers(values, name).astype(np.float64)
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite, got NaN or infinite values")
    return values


def _multiples(width: float, low: float, high: float) -> np.ndarray:
    """The multiples of width above low and up to high."""
    first, last = np.floor(low / width) + 1, np.floor(high / width)
    if last - first > MOST_BINS:
        raise ValueError(f"width must be larger for activations up to {high:.3g}, got {width}")
    return np.arange(first, last + 1) * width


def binned_neuron_information(
    weights,
    activation: str = "tanh",
    *,
    n_bins: int = 30,
    low: float = -1.0,
    high: float = 1.0,
    width: float = 0.07,
    base: float = 2,
) -> np.ndarray:
    """I(X;T) = H(T), T the bin of f(wX) with X ~ N(0, 1), exact, for weights of any shape.

        p_i = Φ(f⁻¹(b_{i+1}) / |w|) - Φ(f⁻¹(b_i) / |w|),    H(T) = - Σ p_i log p_i

    tanh and softsign are cut into n_bins equal bins on [low, high], of which the outermost hold
    all beyond; relu, softplus and linear into multiples of width, as many as are reached.
    The sign of w does not matter, and w = 0 gives 0. Bits unless base says otherwise.
    A property of f, w *and* the bins: unbinned, I(X;T) is infinite for each w ≠ 0, or, for relu,
    for each w ≠ 0 on the half of the inputs that it lets through.

    Raises ValueError for an unknown activation, weights that are not finite, bins that are none,
    and a width so small that more than 2²⁴ bins would be reached.
    """
    weights = np.abs(_finite(weights, "weights"))
    one_of(activation, "activation", FUNCTIONS)
    base, width = validated_base(base), positive(width, "width")
    equal = np.linspace(low, high, whole_number(n_bins, "n_bins") + 1)[1:-1]
    if not 0 < high - low < np.inf:
        raise ValueError(f"low must be less than high, both finite, got {low!r} and {high!r}")

    def entropy(weight: float) -> float:
        if weight == 0:
            return 0.0
        ends = FUNCTIONS[activation](weight * np.array([-REACH, REACH]))
        edges = equal if activation in BOUNDED else _multiples(width, *ends)
        with np.errstate(divide="ignore"):
            below = ndtr(INVERSES[activation](edges) / weight)
        return entropy_from_table(np.diff(below, prepend=0, append=1), base=base)

    return np.array([entropy(weight) for weight in weights.ravel()]).reshape(weights.shape)


def noisy_neuron_information(
    weights,
    *,
    bias=0.0,
    inputs=(-3, -1, 1, 3),
    noise=0.1,
    activation: str = "tanh",
    base: float = 2,
) -> np.ndarray:
    """I(X;T), T = f(wX + b) + N(0, noise²), X one of m equally likely inputs, by quadrature.

    With the centres c_i = f(w x_i + b) and z ~ N(0, 1),

        I(X;T) = log m - (1/m) Σ_i E_z[ log Σ_j exp(-z (c_i - c_j)/σ - (c_i - c_j)²/2σ²) ].

    weights, bias and noise (a standard deviation) broadcast together, and so is the result shaped;
    bits unless base says otherwise, with an error of some 1e-12. The noise is the neuron's own:
    the number needs no ruler. It is log m while the centres lie many σ apart, 0 where they
    coincide, and in between tells how they cluster: three of four merged leave H(1/4).

    Raises ValueError for an unknown activation, values that are not finite, no inputs, and noise
    that is not positive.
    """
    f = FUNCTIONS[one_of(activation, "activation", FUNCTIONS)]
    base, inputs = validated_base(base), _finite(inputs, "inputs")
    if inputs.ndim != 1 or inputs.size == 0:
        raise ValueError(f"inputs must have shape (m,), not empty, got {inputs.shape}")
    noise = _finite(noise, "noise")
    if not (noise > 0).all():
        raise ValueError(f"noise must be positive, got {noise.min():g}")
    weights, bias = _finite(weights, "weights")[..., None], _finite(bias, "bias")[..., None]
    centres = f(weights * inputs + bias)
    # On a smooth integrand that fades like a Gaussian, the plain sum converges exponentially.
    z, step = np.linspace(-12, 12, 601, retstep=True)
    density = np.exp(-(z**2) / 2) * (step / np.sqrt(2 * np.pi))
    nats = np.log(len(inputs))
    for i in range(len(inputs)):
        away = (centres[..., i, None] - np.delete(centres, i, axis=-1)) / noise[..., None]
        # At this distance a term is 0 already; further out its square would overflow.
        away = np.clip(away, -1e3, 1e3)[..., None]
        others = np.exp(-z * away - away**2 / 2).sum(axis=-2)
        nats = nats - (np.log1p(others) @ density) / len(inputs)
    return np.maximum(nats, 0) / np.log(base)
