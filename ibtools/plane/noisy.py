"""The information in the layers of a network that is noisy itself.

With T_l = f(W_l T_{l-1} + b_l) + Z_l, Z_l ~ N(0, σ²I), in every hidden layer, I(X;T_l) is finite
and the network's own: no ruler, no noise added for the measurement. What a layer holds has passed
the noise of all layers before it, so that data processing is a law here: I(X;T_l) never rises
with l. With n equally likely inputs and p(t) = Σ_x p(t|x) / n,

    I(X;T) = h(T) - h(T|X) = E log [ p(T|X) / p(T) ],      I(T;Y) = E log [ p(T|Y) / p(T) ].

Given x, the first layer is one Gaussian; every further one is a mixture of Gaussians around the
centres f(W_l t + b_l) of all draws t of the layer before. Passes of x through the network stand
for that mixture: many for the x that T came from, a few for all others.

Source: Goldfeld et al. (2019), arXiv:1810.05728 (noisy networks, information by propagating
samples). There h(T) and h(T|x) are estimated one by one. Taken as one ratio their errors cancel
where the inputs keep apart, and a few passes of the others will do.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch

from ibtools.information.kernel.centres import classes
from ibtools.information.validation import (
    columns,
    one_of,
    positive,
    validated_base,
    whole_number,
)
from ibtools.networks.mlp import ACTIVATION_FUNCTIONS, Parameters
from ibtools.plane.noisy_passes import log_ratios


@dataclass(frozen=True)
class NoisyInformation:
    """I(X;T_l) and I(T_l;Y) of every hidden layer, all (networks, layers).

    I_XT_error, I_TY_error: standard errors of the draws of inputs and noise.
    I_XT_correction, I_TY_correction: how far the corrections for the small numbers of passes have
    moved the estimate, those up and those down added. What they leave is a fraction of this while
    it is well below a bit; where it is not, the network needs more passes.
    """

    I_XT: np.ndarray
    I_TY: np.ndarray
    I_XT_error: np.ndarray
    I_TY_error: np.ndarray
    I_XT_correction: np.ndarray
    I_TY_correction: np.ndarray


def noisy_layer_information(
    parameters: Parameters,
    x: np.ndarray,
    y: np.ndarray,
    *,
    activation: str,
    noise: float,
    n_samples: int = 1024,
    n_conditional: int = 128,
    n_marginal: int = 4,
    seed: int = 0,
    base: float = 2,
) -> NoisyInformation:
    """I(X;T_l) and I(T_l;Y) of every hidden layer of every noisy network, by Monte Carlo.

    parameters: per layer, weights (networks, out, in) and biases (networks, out, 1), the output
    last; it has no noise and is not measured.  x: (samples, inputs), all equally likely.
    y: (samples,) labels.  noise: standard deviation σ, the one the network was trained with.
    n_samples: draws of T at which the densities are compared, spread evenly over the inputs.
    n_conditional: passes of an input that stand for p(t|x) where T came from this x.
    n_marginal: passes of every other input, at least 2.

    Bias: the logarithm of a mean of few passes is too low. For p(t) this makes I(X;T) too high,
    and I(T;Y) too low, since a class has fewer inputs than all; the jackknife over the passes
    removes most of it. For p(t|x) it makes both too low, and too high when the draw itself is
    taken among the passes; the mean of the two is used. What is left grows with the volume over
    which noise of earlier layers spreads a layer, in units of σ: many units, large weights,
    activations that do not saturate. I(X;T) never exceeds log(samples). Measured on trained tanh
    networks 12-10-7-5-4-3-2, 4096 inputs, σ of 0.05 and 0.2: one uncorrected pass for p(t) read up
    to 0.4 bits too high; the defaults and four times as many passes differ by less than 0.05 bits,
    averaged over networks and seeds.
    Time, a layer: n_samples · (n_marginal · samples + n_conditional) distances.
    Network i draws from (seed, i): the same noise at every snapshot, so that differences between
    snapshots are less noisy than the snapshots.

    Raises ValueError for shapes that do not fit, values that are not finite, noise that is not
    positive, an unknown activation, and too small numbers of draws.
    """
    x = columns(x)
    tensors = _validated(parameters, x.shape[1])
    if len(x) < 2:
        raise ValueError(f"x must hold at least two samples, got {len(x)}")
    order, counts = classes(y, len(x))
    unit = math.log(validated_base(base))
    seed = whole_number(seed, "seed", at_least=0)
    settings = {
        "activation": one_of(activation, "activation", ACTIVATION_FUNCTIONS),
        "noise": positive(noise, "noise"),
        "n_samples": whole_number(n_samples, "n_samples"),
        "n_conditional": whole_number(n_conditional, "n_conditional"),
        "n_marginal": whole_number(n_marginal, "n_marginal", at_least=2),
    }
    inputs = torch.from_numpy(x[order]).to(tensors[0][0].dtype)
    labels = torch.from_numpy(np.repeat(np.arange(len(counts)), counts))
    networks = []
    for i in range(len(tensors[0][0])):
        state = np.random.SeedSequence((seed, i)).generate_state(1)
        random = torch.Generator().manual_seed(int(state[0]))
        network = [(weights[i : i + 1], bias[i : i + 1]) for weights, bias in tensors]
        networks.append(log_ratios(network, inputs, labels, random=random, **settings))
    # (networks, layers, with the draw itself or without, jackknifed or not, I_XT or I_TY, draws)
    terms = torch.stack(networks).double().numpy() / unit
    values = terms[:, :, :, 0].mean(axis=2)
    means, errors = values.mean(axis=-1), values.std(axis=-1) / math.sqrt(n_samples)
    sizes = terms.mean(axis=-1)
    corrections = np.abs(sizes[:, :, 0, 0] - sizes[:, :, 1, 0]) / 2
    corrections += np.abs(np.diff(sizes.mean(axis=2), axis=2)[:, :, 0])
    parts = (means, errors, corrections)
    return NoisyInformation(*(part[..., which] for part in parts for which in (0, 1)))


def _validated(parameters: Parameters, n_inputs: int) -> Parameters:
    """The parameters as tensors that fit each other, from tensors or arrays."""
    if len(parameters) < 2:
        raise ValueError(
            f"parameters must have a hidden layer and the output, got {len(parameters)} layers"
        )
    dtype = torch.promote_types(torch.as_tensor(parameters[0][0]).dtype, torch.float32)
    tensors = [
        tuple(torch.as_tensor(part, dtype=dtype, device="cpu").detach() for part in layer)
        for layer in parameters
    ]
    n_networks, n_in = len(tensors[0][0]), n_inputs
    for weights, bias in tensors:
        expected = (n_networks, weights.shape[1], n_in), (n_networks, weights.shape[1], 1)
        if (weights.shape, bias.shape) != expected:
            raise ValueError(
                f"parameters must have weights (networks, out, in) and biases (networks, out, 1) "
                f"that fit, {expected} here, got {tuple(weights.shape)} and {tuple(bias.shape)}"
            )
        if not (torch.isfinite(weights).all() and torch.isfinite(bias).all()):
            raise ValueError("parameters must be finite, got NaN or infinite values")
        n_in = weights.shape[1]
    return tensors
