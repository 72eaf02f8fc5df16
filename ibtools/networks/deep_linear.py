"""Deep linear students of a linear teacher: networks about which everything can be computed.

    teacher    Y = W_o X + ε,   X ~ N(0, I/n_inputs),   ε ~ N(0, σ_o² I)
    student    Ŷ = W_L ⋯ W_1 X,  taught with P samples by gradient descent on ½ mean ‖Y - Ŷ‖²

The samples enter the gradient through two moments only, S = mean of x xᵀ and C = mean of y xᵀ:

    ∂loss/∂W_l = (W_L ⋯ W_{l+1})ᵀ (W_L ⋯ W_1 S - C) (W_{l-1} ⋯ W_1)ᵀ

Worked out from the outputs, this needs no product of two wide matrices. All networks of an
ensemble are one batch of float64 arrays.

Source of the task: Saxe et al. (2018), "On the information bottleneck theory of deep learning",
section on linear networks. The sizes of weights and steps are ours.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np

from ibtools.information.validation import positive, whole_number

LEAST = {
    "n_inputs": 1,
    "n_outputs": 1,
    "n_samples": 1,
    "epochs": 0,
    "n_networks": 1,
    "seed": 0,
}


@dataclass(frozen=True, kw_only=True)
class StudentTeacherSettings:
    """Teacher, samples and students of one experiment.

    widths: hidden layers of the student.  n_relevant: how many of the inputs, the first ones, the
    teacher looks at; None for all. His weights on them are normal with variance
    n_inputs/n_relevant, so that the signal W_o X has a variance of 1 on average over teachers.
    signal_to_noise: that variance over σ_o².  n_samples: P.
    initial_scale: the student's weights start normal with standard deviation
    initial_scale/√fan-in.  batch_size: None takes all samples at each step.
    Every network has its own teacher, samples and start, drawn from `seed` and its number alone:
    network 3 of 5 is network 3 of 50, and its first 100 samples are the same in a run with 400.

    Raises ValueError that names the setting, what came and what is expected.
    """

    n_inputs: int = 100
    widths: tuple[int, ...] = (100,)
    n_outputs: int = 1
    n_relevant: int | None = None
    n_samples: int = 100
    signal_to_noise: float = 1.0
    initial_scale: float = 0.1
    learning_rate: float = 1.0
    batch_size: int | None = None
    epochs: int = 10_000
    n_networks: int = 20
    seed: int = 0

    def __post_init__(self):
        def settle(name, value):
            object.__setattr__(self, name, value)

        for name, at_least in LEAST.items():
            settle(name, whole_number(getattr(self, name), name, at_least=at_least))
        for name in ("signal_to_noise", "initial_scale", "learning_rate"):
            settle(name, positive(getattr(self, name), name))
        settle("widths", tuple(whole_number(width, "widths") for width in self.widths))
        if not self.widths:
            raise ValueError("widths must name at least one hidden layer, got none")
        if self.batch_size is not None:
            settle("batch_size", whole_number(self.batch_size, "batch_size"))
        if self.n_relevant is not None:
            settle("n_relevant", whole_number(self.n_relevant, "n_relevant"))
            if self.n_relevant > self.n_inputs:
                raise ValueError(
                    f"n_relevant must be at most n_inputs={self.n_inputs}, got {self.n_relevant}"
                )

    @property
    def relevant(self) -> int:
        """How many inputs the teacher looks at."""
        return self.n_inputs if self.n_relevant is None else self.n_relevant

    @property
    def noise_variance(self) -> float:
        """σ_o², of the noise on each of the teacher's outputs."""
        return 1 / self.signal_to_noise

    def as_dict(self) -> dict:
        """The settings as plain values, ready for JSON."""
        return asdict(self) | {"widths": list(self.widths)}


class StudentTeacherTask(NamedTuple):
    """teacher: (networks, outputs, inputs).  x: (networks, inputs, samples), y alike with outputs.

    start: the student's weights, per layer (networks, out, in).
    """

    teacher: np.ndarray
    x: np.ndarray
    y: np.ndarray
    start: list[np.ndarray]


@dataclass(frozen=True, kw_only=True)
class LinearSnapshot:
    """An ensemble of students at one epoch.

    weights: per layer (networks, out, in), the output layer last.  teacher: (networks, outputs,
    inputs).  train_error: mean ‖Y - Ŷ‖² over the samples, (networks,).
    """

    epoch: int
    weights: list[np.ndarray]
    teacher: np.ndarray
    train_error: np.ndarray


def student_teacher_task(settings: StudentTeacherSettings) -> StudentTeacherTask:
    """Teachers, samples and starting weights of all networks; see StudentTeacherSettings."""
    n_in, n_out, n_relevant = settings.n_inputs, settings.n_outputs, settings.relevant
    sizes = [n_in, *settings.widths, n_out]
    drawn = []
    for sequence in np.random.SeedSequence(settings.seed).spawn(settings.n_networks):
        rng = np.random.default_rng(sequence)
        teacher = np.zeros((n_out, n_in))
        teacher[:, :n_relevant] = rng.normal(
            scale=np.sqrt(n_in / n_relevant), size=(n_out, n_relevant)
        )
        start = [
            rng.normal(scale=settings.initial_scale / np.sqrt(fan_in), size=(fan_out, fan_in))
            for fan_in, fan_out in itertools.pairwise(sizes)
        ]
        # Row by row, so that more samples leave the first ones as they are.
        normal = rng.normal(size=(settings.n_samples, n_in + n_out)).T
        x = normal[:n_in] / np.sqrt(n_in)
        y = teacher @ x + normal[n_in:] * np.sqrt(settings.noise_variance)
        drawn.append((teacher, x, y, *start))
    teacher, x, y, *start = (np.stack(parts) for parts in zip(*drawn, strict=True))
    return StudentTeacherTask(teacher, x, y, start)


def linear_map(weights: Sequence[np.ndarray]) -> np.ndarray:
    """W_l ⋯ W_1 of the first l layers, (networks, units of layer l, inputs)."""
    product = weights[0]
    for layer in weights[1:]:
        product = layer @ product
    return product


def linear_gradients(
    weights: Sequence[np.ndarray], s: np.ndarray, c: np.ndarray
) -> list[np.ndarray]:
    """Gradient of ½ mean ‖Y - Ŷ‖² of each network, in the shape of `weights`.

    s: (networks, inputs, inputs) and c: (networks, outputs, inputs), mean of x xᵀ and of y xᵀ.
    """
    n_out = c.shape[1]
    # after[l] = W_L ⋯ W_{l+1}, (networks, outputs, units of layer l)
    after = [np.broadcast_to(np.eye(n_out), (len(c), n_out, n_out))]
    for layer in reversed(weights):
        after.append(after[-1] @ layer)
    after.reverse()
    error, gradients = after[0] @ s - c, []
    for layer, later in zip(weights, after[1:], strict=True):
        gradients.append(later.mT @ error)
        error = error @ layer.mT
    return gradients


def linear_training(
    settings: StudentTeacherSettings,
    epochs_to_record: Sequence[int],
    *,
    on_epoch: Callable[[int], None] | None = None,
) -> Iterator[LinearSnapshot]:
    task = student_teacher_task(settings)
    batch = settings.batch_size or settings.n_samples
    pieces = [slice(i, i + batch) for i in range(0, settings.n_samples, batch)]
    moments = []
    for piece in pieces:
        x, y = task.x[..., piece], task.y[..., piece]
        moments.append((x @ x.mT / x.shape[2], y @ x.mT / x.shape[2]))
    weights, epoch = task.start, 0
    for target in epochs_to_record:
        while epoch < target:
            for s, c in moments:
                gradients = linear_gradients(weights, s, c)
                weights = [
                    layer - settings.learning_rate * gradient
                    for layer, gradient in zip(weights, gradients, strict=True)
                ]
            epoch += 1
            if on_epoch:
                on_epoch(epoch)
        residual = linear_map(weights[::1]) @ task.x - task.y
        yield LinearSnapshot(
            epoch=epoch,
            weights=weights,
            teacher=task.teacher,
            train_error=np.square(residual).sum(1).mean(-1),
        )
