"""A linear teacher, what it says about random inputs, and students that know nothing yet.

    teacher    Y = W_o X + ε,    X ~ N(0, I/n_inputs),    ε ~ N(0, σ_o² I)
    student    Ŷ = W_L ⋯ W_1 X

Everything is Gaussian, so that what a student knows and how well it will do on inputs it never saw
follow from its weights alone, with no estimator and no test set (ibtools.plane.linear).

Source of the task: Saxe et al. (2018), "On the information bottleneck theory of deep learning",
the sections on linear networks and on task-irrelevant inputs. The sizes of weights, steps and
samples are ours.
"""

import itertools
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np

from ibtools.information.validation import positive, whole_number
from ibtools.networks.settings import from_known

LEAST = {
    "n_inputs": 1,
    "n_outputs": 1,
    "n_samples": 1,
    "epochs": 0,
    "first_network": 0,
    "n_networks": 1,
    "seed": 0,
}


@dataclass(frozen=True, kw_only=True)
class StudentTeacherSettings:
    """Teachers, samples and students of one experiment.

    widths: hidden layers of the students.
    n_relevant: how many inputs, the first ones, the teacher looks at; None for all. Its weights on
    them are normal with variance n_inputs/n_relevant, on the others 0, so that its signal W_o X
    has a variance of 1 on average over teachers.  signal_to_noise: that variance over σ_o².
    n_samples: how many pairs of X and Y a student learns from.
    initial_scale: the weights start normal with standard deviation initial_scale/√fan-in.
    batch_size: None takes all samples at each step.
    first_network, n_networks: the numbers of the networks. Every one has its own teacher, samples
    and start, drawn from `seed` and its number alone: network 3 of 5 is network 3 of 50. With more
    samples it has the same teacher, start and first samples.

    Raises ValueError that names the setting, what came and what is expected.
    """

    n_inputs: int = 100
    widths: tuple[int, ...] = (100,)
    n_outputs: int = 1
    n_relevant: int | None = None
    n_samples: int = 100
    signal_to_noise: float = 1.0
    initial_scale: float = 0.1
    learning_rate: float = 0.5
    batch_size: int | None = None
    epochs: int = 10_000
    first_network: int = 0
    n_networks: int = 20
    seed: int = 0

    def __post_init__(self):
        settled: dict = {}
        for name, least in LEAST.items():
            settled[name] = whole_number(getattr(self, name), name, at_least=least)
        for name in ("signal_to_noise", "initial_scale", "learning_rate"):
            settled[name] = positive(getattr(self, name), name)
        for name in ("n_relevant", "batch_size"):
            if getattr(self, name) is not None:
                settled[name] = whole_number(getattr(self, name), name)
        settled["widths"] = tuple(whole_number(width, "widths") for width in self.widths)
        for name, value in settled.items():
            object.__setattr__(self, name, value)
        if not self.widths:
            raise ValueError("widths must name at least one hidden layer, got none")
        if self.relevant > self.n_inputs:
            raise ValueError(
                f"n_relevant must be at most n_inputs={self.n_inputs}, got {self.n_relevant}"
            )

    @property
    def relevant(self) -> int:
        """How many inputs the teacher looks at."""
        return self.n_inputs if self.n_relevant is None else self.n_relevant

    @property
    def output_noise(self) -> float:
        """σ_o², the variance of the noise on each output of the teacher."""
        return 1 / self.signal_to_noise

    def as_dict(self) -> dict:
        """The settings as plain values, ready for JSON."""
        return asdict(self) | {"widths": list(self.widths)}

    @classmethod
    def from_dict(cls, values: dict) -> "StudentTeacherSettings":
        """What `as_dict` gave; names that are no settings are an error."""
        return from_known(cls, values)


class StudentTeacherTask(NamedTuple):
    """What all networks start from.

    teacher: W_o (networks, outputs, inputs).  x: (networks, inputs, samples), y: (networks,
    outputs, samples).  start: the students' weights, per layer (networks, out, in).
    """

    teacher: np.ndarray
    x: np.ndarray
    y: np.ndarray
    start: list[np.ndarray]


def student_teacher_task(settings: StudentTeacherSettings) -> StudentTeacherTask:
    """Teachers, samples and starting weights, float64; see StudentTeacherSettings for their law."""
    numbers = range(settings.first_network, settings.first_network + settings.n_networks)
    drawn = [_one_network(settings, number) for number in numbers]
    teacher, x, y, *start = (np.stack(parts) for parts in zip(*drawn, strict=True))
    return StudentTeacherTask(teacher, x, y, start)


def _one_network(settings: StudentTeacherSettings, number: int) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(np.random.SeedSequence(settings.seed, spawn_key=(number,)))
    n_in, n_out, n_relevant = settings.n_inputs, settings.n_outputs, settings.relevant
    teacher = np.zeros((n_out, n_in))
    teacher[:, :n_relevant] = rng.normal(size=(n_out, n_relevant)) * np.sqrt(n_in / n_relevant)
    start = [
        rng.normal(size=(fan_out, fan_in)) * settings.initial_scale / np.sqrt(fan_in)
        for fan_in, fan_out in itertools.pairwise([n_in, *settings.widths, n_out])
    ]
    # Drawn last and sample by sample: more of them leave everything before as it is.
    normal = rng.normal(size=(settings.n_samples, n_in + n_out)).T
    x = normal[:n_in] / np.sqrt(n_in)
    y = teacher @ x + normal[n_in:] * np.sqrt(settings.output_noise)
    return teacher, x, y, *start
