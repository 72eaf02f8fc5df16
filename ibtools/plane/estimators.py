"""What turns a snapshot's layers into I(X;T) and I(T;Y), by name.

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
from collections.abc import Mapping

import numpy as np

from ibtools.information import MUTUAL_INFORMATION
from ibtools.networks import Snapshot
from ibtools.plane.front_door import from_samples, front_door_settings
from ibtools.plane.rulers import Information, binning, by_layer, mixture, monte_carlo, own_noise

BINNING = {"name": "binning", "n_bins": 30, "low": -1.0, "high": 1.0}

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
    return by_layer(snapshot, from_samples(x, y, estimator=name, **settings))
