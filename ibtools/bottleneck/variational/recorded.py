"""The sweeps that the book shows, by the name of their record."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf

from ibtools.bottleneck.variational.model import TrainedBottleneck
from ibtools.bottleneck.variational.nonlinear import NonlinearBottleneck
from ibtools.bottleneck.variational.sweep import VariationalSweep, variational_sweep
from ibtools.bottleneck.variational.vib import VariationalBottleneck
from ibtools.datasets import Dataset, digits, mnist_5000


@dataclass(frozen=True)
class RecordedSweep:
    """question: what the sweep is for, in a line.  data: makes its samples.  seeds: from 0."""

    question: str
    data: Callable[[], Dataset]
    model: TrainedBottleneck
    betas: tuple[float, ...]
    seeds: int = 5

    @property
    def slice(self) -> int:
        """The place among betas of the one that stands for all: large enough to learn."""
        return 2 * len(self.betas) // 3

    def quick(self) -> "RecordedSweep":
        """One β and seed of the same, and as many epochs as end in the second look."""
        model = replace(self.model, epochs=self.model.look_every)
        return replace(self, model=model, betas=(self.betas[self.slice],), seeds=1)

    def run(self, *, progress: bool | None = None) -> VariationalSweep:
        data = self.data()
        return variational_sweep(
            self.model,
            data.x,
            data.y,
            betas=self.betas,
            seeds=self.seeds,
            data=data.name,
            progress=progress,
        )


WIDE = (1, 2, 3, 10, 30, 100, 1000, 10000)
NEAR_ONE = (0.8, 1, 1.2, 1.5, 2, 3, 10, 100, 1000)
SQUARED = (0.5, 1, 2, 3, 4, 5, 10, 100, 1000)
VIB = VariationalBottleneck(look_every=20)
MNIST = replace(VIB, epochs=100, learning_rate_decay=0.96, look_every=10)
# Closer to Alemi et al. (2017), who take 1e-4 for 200 epochs of 60,000 images.
SLOW = replace(
    MNIST,
    code_size=32,
    decoder_hidden=(),
    learning_rate=1e-3,
    learning_rate_decay=0.985,
    averaging=0.999,
    batch_size=100,
)
NONLINEAR = NonlinearBottleneck(look_every=20)


def plain(model: VariationalBottleneck) -> VariationalBottleneck:
    """The same network without noise and without cost."""
    return replace(model, covariance="none", beta=inf)


SWEEPS = {
    "bottleneck_vib_digits": RecordedSweep(
        "Variational bottleneck on small digits: does compression help?", digits, VIB, WIDE
    ),
    "bottleneck_plain_digits": RecordedSweep(
        "The same network without noise and cost", digits, plain(VIB), (inf,)
    ),
    "bottleneck_vib_mnist": RecordedSweep(
        "Variational bottleneck on 5,000 images of MNIST", mnist_5000, MNIST, WIDE
    ),
    "bottleneck_plain_mnist": RecordedSweep(
        "The same network without noise and cost", mnist_5000, plain(MNIST), (inf,)
    ),
    "bottleneck_vib_mnist_slow": RecordedSweep(
        "The same images, linear decoder, slower learning", mnist_5000, SLOW, WIDE[2:]
    ),
    "bottleneck_plain_mnist_slow": RecordedSweep(
        "The same network without noise and cost", mnist_5000, plain(SLOW), (inf,)
    ),
    "bottleneck_nonlinear_digits": RecordedSweep(
        "Nonlinear bottleneck on small digits: does it jump between corners?",
        digits,
        replace(NONLINEAR, power=1),
        NEAR_ONE,
    ),
    "bottleneck_nonlinear_squared_digits": RecordedSweep(
        "With the square of I(X;T): does it reach what lies between?", digits, NONLINEAR, SQUARED
    ),
}
