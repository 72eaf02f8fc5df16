"""Every recorded run, by name."""

from dataclasses import dataclass, replace

from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings
from ibtools.plane import Trajectory, record


@dataclass(frozen=True)
class Experiment:
    """question: what the run is for, in a line.  settings: how it is trained."""

    question: str
    settings: TrainingSettings
    n_snapshots: int = 60

    def quick(self) -> "Experiment":
        """The same experiment with three networks and 100 epochs, for a first look or a test.

        Its networks are the first three of the full run; their snapshots fall on other epochs.
        """
        return replace(self, settings=replace(self.settings, n_networks=3, epochs=100))

    def run(self, *, progress: bool | None = None) -> Trajectory:
        return record(
            icosahedron_rule(), self.settings, n_snapshots=self.n_snapshots, progress=progress
        )


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
}
