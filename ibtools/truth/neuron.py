"""One neuron: small enough that its information is known, rich enough for the whole controversy."""

import numpy as np
from scipy.integrate import quad
from scipy.special import entr, logsumexp, ndtr

from ibtools.information.binning import bin_indices
from ibtools.information.validation import whole_number
from ibtools.truth.gaussian import standard_density
from ibtools.truth.law import Law


def binned_tanh_neuron(weight: float, *, n_bins: int = 30) -> Law:
    """X ~ N(0, 1); T is the bin of tanh(wX), n_bins equal ones on [-1, 1]: I[X;T] = H(T).

        p_i = Φ(artanh(b_{i+1}) / w) - Φ(artanh(b_i) / w)

    Rises with w until the bins are used evenly, near w = 1, then falls to 1 bit as the neuron
    saturates: a compression made by the ruler, since tanh is one-to-one.
    Source: Saxe et al. (2018), "On the Information Bottleneck Theory of Deep Learning".
    """
    if not weight > 0:
        raise ValueError(f"weight must be greater than 0, got {weight}")
    inner = np.linspace(-1, 1, whole_number(n_bins, "n_bins") + 1)[1:-1]
    cumulative = np.concatenate([[0], ndtr(np.arctanh(inner) / weight), [1]])
    information = entr(np.diff(cumulative)).sum() / np.log(2)

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.standard_normal((n, 1))
        return x, bin_indices(np.tanh(weight * x), n_bins=n_bins)[:, 0]

    name = f"Binned tanh neuron (w = {weight:g}, {n_bins} bins)"
    return Law(name, float(information), draw, kind="mixed", source="Saxe et al. 2018")


def noisy_symbol_information(centres: np.ndarray, noise: float) -> float:
    """I in bits between one of m equally likely centres and itself plus Gaussian noise.

    log m, less what is left open: with z ~ N(0, 1), σ the noise,

        I = ln m - (1/m) Σ_i E_z[ ln Σ_j exp( z²/2 - (z + (c_i - c_j)/σ)² / 2 ) ]
    """
    distances = (centres[:, None] - centres) / noise

    def left_open(z: float) -> float:
        exponents = z**2 / 2 - (z + distances) ** 2 / 2
        return standard_density(z) * logsumexp(exponents, axis=1).mean()

    # Beyond 12 standard deviations lies less than one rounding error.
    nats = np.log(len(centres)) - quad(left_open, -12, 12, epsabs=1e-11, limit=400)[0]
    return max(0.0, float(nats / np.log(2)))


def _noisy_symbols(
    name: str, values: np.ndarray, centres: np.ndarray, noise: float, **facts
) -> Law:
    """The law of a value, and its centre plus noise."""
    if not noise > 0:
        raise ValueError(f"noise must be greater than 0, got {noise}")

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        which = rng.integers(len(values), size=n)
        return values[which], centres[which, None] + noise * rng.standard_normal((n, 1))

    information = noisy_symbol_information(centres, noise)
    return Law(name, information, draw, kind="mixed", **facts)


def noisy_tanh_neuron(weight: float, bias: float, *, noise: float = 0.1) -> Law:
    """X uniform on {-3, -1, 1, 3}, T = tanh(wX + b) + σZ, Z ~ N(0, 1).

    The noise belongs to the network, so I[X;T] is finite and no ruler's work. It rises to 2 bits
    as w spreads the four points, and falls as saturation merges them again.
    Source: Goldfeld et al. (2019), arXiv:1810.05728, the minimal example.
    """
    values = np.array([-3, -1, 1, 3])
    centres = np.tanh(weight * values + bias)
    name = f"Noisy tanh neuron (w = {weight:g}, b = {bias:g}, σ = {noise:g})"
    return _noisy_symbols(name, values, centres, noise, source="Goldfeld et al. 2019")


def labelled_gaussians(m: int, distance: float) -> Law:
    """X a label, uniform over m, and Y ~ N(distance · X, 1): m classes that overlap."""
    labels = np.arange(whole_number(m, "m"))
    name = f"Labelled Gaussians ({m}, distance {distance:g})"
    return _noisy_symbols(name, labels, distance * labels, 1.0)
