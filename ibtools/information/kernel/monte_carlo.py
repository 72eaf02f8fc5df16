"""The information in a noisy layer by sampling its noise.

For T = h(X) + Z, Z ~ N(0, σ²I), with n equally likely inputs and the mixture's density g,

    I(X;T) = E log [ N(T; h(X), σ²I) / g(T) ],      I(T;Y) = E log [ g(T | Y) / g(T) ],

and the expectations are averages over draws of the noise around every centre: unbiased for these
n centres, with a standard error that falls like one over the root of the draws. As the first
logarithm is taken relative to the noise itself, every term is at most log n and a layer whose
centres lie far apart gives log n with no error at all.

Source: Goldfeld et al. (2019), arXiv:1810.05728 (the estimator for noisy networks).
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ibtools.information.kernel.centres import (
    TOLERANCE,
    alike,
    centred,
    classes,
    exponents,
    factors,
    namespace,
    validated_centres,
    validated_variance,
)
from ibtools.information.validation import generator, validated_base, whole_number


def _draws(u, counts: np.ndarray, *, subtract: bool, n_samples: int, seed: int, area: int):
    """Terms of I(X;T) and I(T;Y) in nats, one for every draw: u (1, n, units) -> (2, draws).

    Exponents are taken relative to the draw's own centre, whose term is then 1 and keeps the sums
    from vanishing. Another centre's term has expectation 1 over the noise, so that by Markov's
    inequality one above e^88, where float32 ends, never comes up.
    """
    xp = namespace(u)
    rng = generator(seed)
    n, units = u.shape[1:]
    _, right = factors(u, subtract=subtract)
    height = max(1, area // n)
    floor = math.log(xp.finfo(u.dtype).tiny) + 1
    terms = []
    for start, stop in n_samples * list(pairwise([0, *np.cumsum(counts).tolist()])):
        for first in range(start, stop, height):
            centres = u[:, first : min(first + height, stop)]
            noise = alike(rng.standard_normal((1, centres.shape[1], units)), u)
            points = centres + xp.asarray(noise / math.sqrt(8), dtype=u.dtype)
            left, _ = factors(points, subtract=subtract)
            ratios = 4 * exponents(left, right, subtract=subtract)
            ratios += xp.asarray((noise * noise).sum(-1)[..., None] / 2, dtype=u.dtype)
            drawn = xp.arange(centres.shape[1])
            ratios[:, drawn, first + drawn] = 0
            xp.exp(xp.clip(ratios, floor, -floor, out=ratios), out=ratios)
            everyone = xp.log(alike(ratios.sum(-1), u) / n)
            own = xp.log(alike(ratios[..., start:stop].sum(-1), u) / (stop - start))
            terms.append(xp.concatenate([-everyone, own - everyone]))
    return xp.concatenate(terms, axis=1)


@dataclass(frozen=True)
class SampledInformation:
    """Monte Carlo I(X;T) and I(T;Y) for a stack of noisy layers, numbers or arrays (...).

    The standard errors are those of the draws of the noise, given the centres. They count the
    spread between centres too, which the equal number of draws at each removes: a little too
    large. The error that comes from having n inputs and not all of them is not in them.
    """

    I_XT: np.ndarray
    I_TY: np.ndarray
    I_XT_error: np.ndarray
    I_TY_error: np.ndarray


def layer_information_monte_carlo(
    activations,
    y,
    *,
    noise_variance,
    n_samples: int = 10,
    seed: int = 0,
    max_memory: int = 2**24,
    base: float = 2,
) -> SampledInformation:
    """Unbiased I(X;T) and I(T;Y), T = h(X) + N(0, σ²I), for any stack of layers at once.

    Arguments as in `layer_information_kernel`; n_samples: draws of the noise around each centre.
    Every layer of the stack gets the same noise, so that differences between snapshots are less
    noisy than the snapshots. Time n² units n_samples a layer: for the whole of a training take
    the bounds, and this to see which bound is near.

    Raises the errors of `layer_information_kernel`, and ValueError for n_samples below 1 and for
    noise below the rounding of the activations.
    """
    activations = validated_centres(activations, "activations")
    xp = namespace(activations)
    variance = validated_variance(noise_variance, activations)
    unit = math.log(validated_base(base))
    n_samples = whole_number(n_samples, "n_samples")
    max_memory = whole_number(max_memory, "max_memory")
    order, counts = classes(y, activations.shape[-2])
    u, subtract = centred(activations[..., order, :], variance)
    if float(xp.abs(u).max()) * xp.finfo(u.dtype).eps > TOLERANCE:
        raise ValueError("noise_variance must be larger: rounding swallows a draw of this noise")
    settings = {
        "subtract": subtract,
        "n_samples": n_samples,
        "seed": seed,
        "area": max(1, max_memory // (2 * u.itemsize)),
    }
    draws = xp.stack([_draws(layer[None], counts, **settings) for layer in u]) / unit
    shape = (2, *activations.shape[:-2])
    means = draws.mean(-1).T.reshape(shape)
    spread = xp.sqrt(((draws - draws.mean(-1)[..., None]) ** 2).mean(-1) / draws.shape[-1])
    return SampledInformation(*means, *spread.T.reshape(shape))


def mixture_entropy_monte_carlo(
    centres,
    *,
    noise_variance,
    n_samples: int = 10,
    seed: int = 0,
    max_memory: int = 2**24,
    base: float = 2,
):
    """Differential entropy of the mixture Σ_i N(h_i, σ²I) / n, and its standard error.

    centres: (..., samples, units).  Returns two arrays of shape (...), or tensors. The entropy is
    (d/2) log 2πeσ² + I(X;T): only the second term is sampled, see
    `layer_information_monte_carlo`, which also names the other arguments and the errors.
    """
    centres = validated_centres(centres)
    information = layer_information_monte_carlo(
        centres,
        np.zeros(centres.shape[-2]),
        noise_variance=noise_variance,
        n_samples=n_samples,
        seed=seed,
        max_memory=max_memory,
        base=base,
    )
    variance = validated_variance(noise_variance, centres)
    log = namespace(centres).log
    noise = (
        centres.shape[-1] / 2 * (math.log(2 * math.pi * math.e) + log(variance)) / math.log(base)
    )
    return noise + information.I_XT, information.I_XT_error
