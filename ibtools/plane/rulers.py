"""What each ruler of the plane reads from a snapshot: one function a ruler.

They share one form: a snapshot, the inputs x (samples, inputs) and the labels y (samples,) go in,
I(X;T) and I(T;Y) of every layer come out, (networks, layers), in bits.
"""

from collections.abc import Callable

import numpy as np

from ibtools.datasets import icosahedron_rule, soft_label
from ibtools.information import (
    adaptive_noise_variance,
    layer_information,
    layer_information_kernel,
    layer_information_monte_carlo,
)
from ibtools.networks import Snapshot
from ibtools.plane.clustering import class_spread
from ibtools.plane.noisy import noisy_layer_information

# By name "I_XT", "I_TY", where there is a band "I_XT_low", …, bits, and for noisy networks
# "class_spread": (networks, layers) each.
Information = dict[str, np.ndarray]


def by_layer(snapshot: Snapshot, measured: Callable[[np.ndarray], dict]) -> Information:
    """measured(layer) of every layer (networks, samples, units), put side by side."""
    layers = [measured(activations) for activations in snapshot.activations]
    return {name: np.stack([layer[name] for layer in layers], axis=-1) for name in layers[0]}


def binning(
    snapshot: Snapshot,
    x: np.ndarray,
    y: np.ndarray,
    *,
    bins: str = "equal",
    n_bins: int = 30,
    low: float = -1.0,
    high: float = 1.0,
    width: float = 0.07,
    label_gain: float | None = None,
) -> Information:
    """Entropy of the cells of a binned layer; see ibtools.information.layer_information.

    label_gain: makes I(T;Y) that about ibtools.datasets.soft_label(label_gain), whatever y.
    """
    if label_gain is not None:
        if not np.array_equal(x, icosahedron_rule().x):
            raise ValueError(
                "label_gain is about the 12-bit rule, got the inputs of another data set"
            )
        y = soft_label(label_gain)
    settings = {"bins": bins, "n_bins": n_bins, "low": low, "high": high, "width": width}
    return by_layer(
        snapshot,
        lambda t: dict(zip(("I_XT", "I_TY"), layer_information(t, y, **settings), strict=True)),
    )


def mixture(
    snapshot: Snapshot,
    x: np.ndarray,
    y: np.ndarray,
    *,
    noise_variance: float = 1e-3,
    relative: bool = False,
) -> Information:
    """Bounds of a layer plus N(0, σ²I): see ibtools.information.layer_information_kernel.

    I_XT is the upper bound and I_TY the difference of upper bounds, which Saxe et al. plot; the
    bands hold the truth for this noise.
    relative: σ² counts in units of the layer's largest squared activation (Chelombiev et al.).
    """

    def measured(t: np.ndarray) -> dict:
        scale = adaptive_noise_variance(t, variance=noise_variance) if relative else noise_variance
        bounds = layer_information_kernel(t, y, noise_variance=scale)
        return {
            "I_XT": bounds.I_XT_upper,
            "I_TY": bounds.I_TY_difference,
            "I_XT_low": bounds.I_XT_lower,
            "I_XT_high": bounds.I_XT_upper,
            "I_TY_low": bounds.I_TY_lower,
            "I_TY_high": bounds.I_TY_upper,
        }

    return by_layer(snapshot, measured)


def _with_errors(I_XT, I_TY, I_XT_error, I_TY_error) -> Information:
    """The band is two standard errors wide on either side."""
    return {
        "I_XT": I_XT,
        "I_TY": I_TY,
        "I_XT_low": I_XT - 2 * I_XT_error,
        "I_XT_high": I_XT + 2 * I_XT_error,
        "I_TY_low": I_TY - 2 * I_TY_error,
        "I_TY_high": I_TY + 2 * I_TY_error,
    }


def monte_carlo(
    snapshot: Snapshot,
    x: np.ndarray,
    y: np.ndarray,
    *,
    noise_variance: float = 1e-3,
    n_samples: int = 2,
    seed: int = 0,
) -> Information:
    """A layer plus N(0, σ²I), sampled: see ibtools.information.layer_information_monte_carlo."""
    settings = {"noise_variance": noise_variance, "n_samples": n_samples, "seed": seed}
    return by_layer(
        snapshot,
        lambda t: _with_errors(**vars(layer_information_monte_carlo(t, y, **settings))),
    )


def own_noise(
    snapshot: Snapshot,
    x: np.ndarray,
    y: np.ndarray,
    *,
    n_samples: int = 1024,
    n_conditional: int = 128,
    n_marginal: int = 4,
    seed: int = 0,
) -> Information:
    """Information in the noisy layers themselves; see ibtools.plane.noisy.

    The output has no noise and no number (NaN). With it goes how far the classes of each layer
    cluster while the noise is off: see ibtools.plane.clustering.class_spread.
    """
    found = noisy_layer_information(
        snapshot.parameters,
        x,
        y,
        activation=snapshot.activation,
        noise=snapshot.noise,
        n_samples=n_samples,
        n_conditional=n_conditional,
        n_marginal=n_marginal,
        seed=seed,
    )
    names = ("I_XT", "I_TY", "I_XT_error", "I_TY_error")
    padded = {
        name: np.pad(getattr(found, name), ((0, 0), (0, 1)), constant_values=np.nan)
        for name in names
    }
    spread = [class_spread(t, y) for t in snapshot.activations]
    return _with_errors(**padded) | {"class_spread": np.stack(spread, axis=-1)}
