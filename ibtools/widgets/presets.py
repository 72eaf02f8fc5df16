"""Experiments to begin with, each a question that a short training answers in the lab.

They are plain values: a question, how far `settings` and `estimator` differ from the defaults, at
which epoch to look, and often a ghost: a second experiment to see behind the first. A ghost that
has the same settings and another ruler is read from the same activations.
"""

from collections.abc import Mapping

from ibtools.networks import TrainingSettings
from ibtools.plane import BINNING, validated_estimator

DEFAULT_SETTINGS = TrainingSettings().as_dict() | {"dataset": "icosahedron_rule"}

_TANH = {"n_networks": 2, "epochs": 2000}
_SAXE = {"initialization": "fan_out", "batch_size": 256, "n_networks": 2, "epochs": 1000}
_UNCLIPPED = {"name": "binning", "bins": "width", "width": 0.07}
_RING = {"dataset": "ring", "learning_rate": 2e-3, "n_networks": 3, "epochs": 1000}
_SMALL_START = _RING | {"activation": "softsign", "widths": [8, 6, 4], "epochs": 400}

# By short names: links say them.
PRESETS = {
    "tanh": {
        "question": "Does a tanh network compress?",
        "settings": _TANH,
        "estimator": BINNING,
        "epoch": 2000,
    },
    # Saxe et al. (2018): settings of their code, and bins that cut off no large activation.
    "saxe-relu": {
        "question": "ReLU before, tanh behind: in which does a hidden layer move left?",
        "settings": _SAXE | {"activation": "relu"},
        "estimator": _UNCLIPPED,
        "ghost": {"settings": _SAXE, "estimator": _UNCLIPPED},
        "epoch": 1000,
    },
    "5-percent": {
        "question": "What does the label lose with 5 % of the data?",
        "settings": _TANH | {"train_fraction": 0.05},
        "estimator": BINNING,
        "epoch": 2000,
    },
    "full-batch": {
        "question": "Does compression need the noise of small batches?",
        "settings": _TANH | {"batch_size": None},
        "estimator": BINNING,
        "ghost": {"settings": _TANH, "estimator": BINNING},
        "epoch": 2000,
    },
    "100-bins": {
        "question": "The same activations, 100 bins instead of 30: the same story?",
        "settings": _TANH,
        "estimator": BINNING | {"n_bins": 100},
        "ghost": {"settings": _TANH, "estimator": BINNING},
        "epoch": 2000,
    },
    # Two bins have an edge at 0 and read the signs, fewer of which are left when the units agree.
    # Three have 0 in the middle: they read nothing while activations are small, and much when the
    # units saturate.
    "one-bin-too-many": {
        "question": "3 bins instead of 2: does the last hidden layer learn about X, or forget?",
        "settings": _SMALL_START,
        "estimator": BINNING | {"n_bins": 3},
        "ghost": {"settings": _SMALL_START, "estimator": BINNING | {"n_bins": 2}},
        "epoch": 400,
    },
    "mixture": {
        "question": "A little noise on every unit instead of bins: the same story?",
        "settings": _TANH,
        "estimator": {"name": "mixture", "noise_variance": 1e-3},
        "ghost": {"settings": _TANH, "estimator": BINNING},
        "epoch": 2000,
    },
    "ring": {
        "question": "An easier task, a ring around a disc: which layers move left?",
        "settings": _RING,
        "estimator": BINNING,
        "epoch": 1000,
    },
}


def _in_full(experiment: Mapping) -> dict:
    """The experiment with every setting said."""
    said = dict(experiment) | {
        "settings": DEFAULT_SETTINGS | experiment["settings"],
        "estimator": validated_estimator(experiment["estimator"]),
    }
    return said | {"ghost": _in_full(said["ghost"])} if "ghost" in said else said


def presets_in_full() -> dict[str, dict]:
    """PRESETS with every setting said, ready for a page that knows no defaults."""
    return {name: _in_full(preset) for name, preset in PRESETS.items()}
