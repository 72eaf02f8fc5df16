"""Every recorded run, by name."""

from dataclasses import dataclass, replace

import numpy as np

from ibtools.datasets import icosahedron_rule, soft_label
from ibtools.networks import TrainingSettings
from ibtools.plane import Trajectory, record


@dataclass(frozen=True)
class Experiment:
    """question: what the run is for, in a line.  settings: how it is trained.

    gain: of the soft label (see ibtools.datasets.soft_label) about which I(T;Y) is measured, the
    hard label unless given. The networks learn the hard label either way.
    """

    question: str
    settings: TrainingSettings
    n_snapshots: int = 60
    gain: float | None = None

    def quick(self) -> "Experiment":
        """The same experiment with three networks and 100 epochs, for a first look or a test.

        Its networks are the first three of the full run; their snapshots fall on other epochs.
        """
        return replace(self, settings=replace(self.settings, n_networks=3, epochs=100))

    def relevant(self) -> np.ndarray:
        """What I(T;Y) is about: the labels (4096,), or the soft rule's p(y|x) (4096, 2)."""
        return icosahedron_rule().y if self.gain is None else soft_label(self.gain)

    def run(self, *, progress: bool | None = None) -> Trajectory:
        trajectory = record(
            icosahedron_rule(),
            self.settings,
            relevant=self.relevant(),
            n_snapshots=self.n_snapshots,
            progress=progress,
        )
        soft = {} if self.gain is None else {"label_gain": self.gain}
        return replace(trajectory, estimator=trajectory.estimator | soft)


PUBLISHED = TrainingSettings()

EXPERIMENTS = {
    "tanh_80_percent": Experiment(
        "The information plane with the published settings, random split", PUBLISHED
    ),
    "tanh_5_percent": Experiment(
        "The same with 5 % of the data to learn from", replace(PUBLISHED, train_fraction=0.05)
    ),
    "tanh_full_batch": Experiment(
        "Does the late phase need the noise of minibatches?", replace(PUBLISHED, batch_size=None)
    ),
    "tanh_unshuffled": Experiment(
        "The split of the published code: the first 80 % of the patterns",
        replace(PUBLISHED, shuffle_split=False),
    ),
    "tanh_fan_out": Experiment(
        "Does the start decide? Weights of size 1/√fan-out",
        replace(PUBLISHED, initialization="fan_out"),
    ),
    "tanh_soft_label": Experiment(
        "The networks of tanh_80_percent beside the exact limit: I(T;Y) for the soft rule",
        PUBLISHED,
        gain=55.0,
    ),
}
