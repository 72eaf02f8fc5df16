"""The rulers of the plane: what turns a snapshot's layers into I(X;T) and I(T;Y).

An estimator is said in plain values, so that a sweep can name it and a record can hold it:

    {"name": "binning", "bins": "equal", "n_bins": 30, "low": -1.0, "high": 1.0}
    {"name": "binning", "label_gain": 55.0}           I(T;Y) about the 12-bit rule's soft label
    {"name": "mixture", "noise_variance": 1e-3}       bounds of T + N(0, σ²I), as a band
    {"name": "monte-carlo", "noise_variance": 1e-3}   the same T + N(0, σ²I), sampled
    {"name": "own noise"}       the information in a network that is noisy itself, sampled
    {"name": "ksg"}, {"name": "infonce"}, …           any name of ibtools.information's door

All else is an argument of the function behind the name, and optional if it is there. Information
is in bits, whatever the estimator: `base` is no setting.
"""

import inspect
import json
from collections.abc import Callable, Mapping

import numpy as np

from ibtools.datasets import icosahedron_rule, soft_label
from ibtools.information import (
    MUTUAL_INFORMATION,
    adaptive_noise_variance,
    layer_information,
    layer_information_kernel,
    layer_information_monte_carlo,
)
from ibtools.networks import Snapshot
from ibtools.plane.clustering import class_spread
from ibtools.plane.front_door import from_samples, front_door_settings
from ibtools.plane.noisy import noisy_layer_information

BINNING = {"name": "binning", "n_bins": 30, "low": -1.0, "high": 1.0}

# By name "I_XT", "I_TY", where there is a band "I_XT_low", …, bits, and for noisy networks
# "class_spread": (networks, layers) each.
Information = dict[str, np.ndarray]


def _by_layer(snapshot: Snapshot, measured: Callable[[np.ndarray], dict]) -> Information:
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
    return _by_layer(
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

    return _by_layer(snapshot, measured)


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
    return _by_layer(
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


LAYER_ESTIMATORS = {
    "binning": binning,
    "mixture": mixture,
    "monte-carlo": monte_carlo,
    "own noise": own_noise,
}


def validated_estimator(estimator: Mapping) -> dict:
    """The estimator with all its settings spelled out, in the values that JSON gives back.

    Raises ValueError for what is no mapping with a known name, for settings that the name does not
    have or lacks, and for values that no file could hold. Whether a value is possible is for the
    function behind the name to say.
    """
    if not isinstance(estimator, Mapping):
        raise ValueError(
            'estimator must be a name and its settings, such as {"name": "binning"}, '
            f"got {estimator!r}"
        )
    known = [*LAYER_ESTIMATORS, *MUTUAL_INFORMATION]
    given = dict(estimator)
    name = given.pop("name", None)
    if not isinstance(name, str) or name not in known:
        raise ValueError(f"estimator must be named one of {', '.join(known)}, got {name!r}")
    if name in LAYER_ESTIMATORS:
        parameters = inspect.signature(LAYER_ESTIMATORS[name]).parameters.values()
        defaults = {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}
        unknown = sorted(set(given) - set(defaults))
        if unknown:
            raise ValueError(
                f"estimator {name} takes {', '.join(defaults)}, got {', '.join(unknown)} as well"
            )
        given = defaults | given
    else:
        given = front_door_settings(name, given)
    try:
        return json.loads(json.dumps({"name": name, **given}, default=_plain))
    except TypeError as error:
        raise ValueError(
            f"estimator {name} must have settings that fit into JSON, {error}"
        ) from error


def _plain(value):
    """A number of NumPy as one of Python."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"got {value!r}")


def information(snapshot: Snapshot, x: np.ndarray, y: np.ndarray, estimator: dict) -> Information:
    """I(X;T) and I(T;Y) of every layer of every network, (networks, layers) each, bits.

    x: (samples, inputs).  y: (samples,) labels; for binning also (samples, labels) p(y|x).
    estimator: a name and its settings, see the module's first lines.
    Raises the errors of `validated_estimator` and of the function behind the name.
    """
    settings = validated_estimator(estimator)
    name = settings.pop("name")
    if name in LAYER_ESTIMATORS:
        return LAYER_ESTIMATORS[name](snapshot, x, y, **settings)
    return _by_layer(snapshot, from_samples(x, y, estimator=name, **settings))
