"""Everything that decides how an ensemble of networks is trained."""

from dataclasses import asdict, dataclass, fields
from math import inf
from numbers import Real
from typing import TypeVar

from ibtools.information.validation import one_of, positive, whole_number

Settings = TypeVar("Settings")

ACTIVATIONS = ("tanh", "relu", "softsign", "softplus", "linear")
OPTIMIZERS = ("sgd", "momentum", "adam")
PRECISIONS = ("float32", "float64")
INITIALIZATIONS = ("fan_in", "fan_out")
# The smallest value of each setting that counts something.
COUNTS = {"epochs": 0, "first_network": 0, "n_networks": 1, "seed": 0}


def from_known(cls: type[Settings], values: dict) -> Settings:
    """cls(**values); raises ValueError for names that are none of its settings."""
    unknown = sorted(set(values) - {field.name for field in fields(cls)})
    if unknown:
        raise ValueError(f"settings must be those of {cls.__name__}, got {unknown}")
    return cls(**values)


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """Settings of one experiment; the defaults are those of Shwartz-Ziv & Tishby's code.

    widths: hidden layers.  activation: of the hidden layers; the output is a softmax.
    batch_size: None takes the whole training set at each step.
    initialization: weights are normal, cut at two standard deviations, with standard deviation
    1/√fan-in or 1/√fan-out; biases start at 0.
    shuffle_split: whether the training samples are drawn at random or are the first ones.
    weight_decay: λ of a penalty λ/2 ‖W‖² on the weights, not on the biases.
    noise: standard deviation of Gaussian noise added to every hidden unit, in training and when
    measured: the noisy networks of Goldfeld et al. (2019).
    precision: of weights and activations.
    first_network, n_networks: the numbers of the networks. Every one has its own weights, its own
    split and its own noise, drawn from `seed` and its number alone: network 3 of 5 is network 3
    of 50, and an ensemble may be trained in parts.

    Raises ValueError that names the setting, what came and what is expected, and TypeError for
    widths that are no list.
    """

    widths: tuple[int, ...] = (10, 7, 5, 4, 3)
    activation: str = "tanh"
    optimizer: str = "adam"
    learning_rate: float = 4e-4
    batch_size: int | None = 512
    initialization: str = "fan_in"
    train_fraction: float = 0.8
    shuffle_split: bool = True
    weight_decay: float = 0.0
    noise: float = 0.0
    precision: str = "float32"
    epochs: int = 8000
    first_network: int = 0
    n_networks: int = 20
    seed: int = 0

    def __post_init__(self):
        if not isinstance(self.widths, tuple | list):
            raise TypeError(f"widths must list the hidden layers, got {self.widths!r}")
        widths = tuple(whole_number(width, "widths") for width in self.widths)
        if not widths:
            raise ValueError("widths must name at least one hidden layer, got none")
        object.__setattr__(self, "widths", widths)
        for name, at_least in COUNTS.items():
            value = whole_number(getattr(self, name), name, at_least=at_least)
            object.__setattr__(self, name, value)
        if self.batch_size is not None:
            object.__setattr__(self, "batch_size", whole_number(self.batch_size, "batch_size"))
        one_of(self.activation, "activation", ACTIVATIONS)
        one_of(self.optimizer, "optimizer", OPTIMIZERS)
        one_of(self.initialization, "initialization", INITIALIZATIONS)
        one_of(self.precision, "precision", PRECISIONS)
        # Plain values, whatever kind of number came: those of NumPy do not fit into JSON.
        object.__setattr__(self, "learning_rate", positive(self.learning_rate, "learning_rate"))
        for name in ("weight_decay", "noise"):
            value = getattr(self, name)
            if not isinstance(value, Real) or not 0 <= value < inf:
                raise ValueError(f"{name} must be a finite number of at least 0, got {value!r}")
            object.__setattr__(self, name, float(value))
        share = self.train_fraction
        if not isinstance(share, Real) or not 0 < share < 1:
            raise ValueError(f"train_fraction must lie between 0 and 1, got {share!r}")
        object.__setattr__(self, "train_fraction", float(share))
        # Any word would count as true, "no" too.
        if self.shuffle_split not in (True, False):
            raise ValueError(f"shuffle_split must be True or False, got {self.shuffle_split!r}")
        object.__setattr__(self, "shuffle_split", bool(self.shuffle_split))

    def as_dict(self) -> dict:
        """The settings as plain values, ready for JSON."""
        return asdict(self) | {"widths": list(self.widths)}

    @classmethod
    def from_dict(cls, values: dict) -> "TrainingSettings":
        """What `as_dict` gave; names that are no settings are an error."""
        return from_known(cls, values)
