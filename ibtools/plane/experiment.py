"""One ensemble and what is measured of it, said in values that a file can hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ibtools.datasets import DATASETS
from ibtools.information.validation import whole_number
from ibtools.networks import TrainingSettings
from ibtools.plane.estimators import BINNING, validated_estimator
from ibtools.plane.recording import record_each
from ibtools.plane.records import load_records, save_record
from ibtools.plane.trajectory import Trajectory

KIND = "plane"


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """All that decides what comes out, and what it is for.

    question: in a line.  dataset: a name of ibtools.datasets.DATASETS.
    estimators: by names of your choice, what measures; see ibtools.plane.estimators.
    n_snapshots: about how many log-spaced epochs are measured.

    Raises ValueError that names what cannot be.
    """

    question: str = ""
    dataset: str = "icosahedron_rule"
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    estimators: Mapping[str, dict] = field(default_factory=lambda: {"binning": BINNING})
    n_snapshots: int = 60

    def __post_init__(self):
        if self.dataset not in DATASETS:
            raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, got {self.dataset!r}")
        if not self.estimators or not isinstance(self.estimators, Mapping):
            raise ValueError(
                f"estimators must give at least one a name of your choice, got {self.estimators!r}"
            )
        spelled = {name: validated_estimator(given) for name, given in self.estimators.items()}
        if not all(isinstance(name, str) for name in spelled):
            raise ValueError(f"estimators must have words for names, got {list(spelled)}")
        object.__setattr__(self, "estimators", spelled)
        n_snapshots = whole_number(self.n_snapshots, "n_snapshots", at_least=2)
        object.__setattr__(self, "n_snapshots", n_snapshots)

    def as_dict(self) -> dict:
        return {
            "kind": KIND,
            "question": self.question,
            "dataset": self.dataset,
            "settings": self.settings.as_dict(),
            "estimators": dict(self.estimators),
            "n_snapshots": self.n_snapshots,
        }

    @classmethod
    def from_dict(cls, values: dict) -> "Experiment":
        """What `as_dict` gave; what else there is, as in the JSON of a record, is not looked at."""
        settings = {k: v for k, v in values["settings"].items() if k != "dataset"}
        return cls(
            question=values["question"],
            dataset=values["dataset"],
            settings=TrainingSettings.from_dict(settings),
            estimators=values["estimators"],
            n_snapshots=values["n_snapshots"],
        )

    def quick(self) -> "Experiment":
        """The same experiment with three networks and 100 epochs, for a first look or a test.

        Its networks are the first three of the full run; their snapshots fall on other epochs.
        """
        full = self.settings
        n_networks, epochs = min(3, full.n_networks), min(100, full.epochs)
        return replace(self, settings=replace(full, n_networks=n_networks, epochs=epochs))

    def parts(self, size: int) -> list["Experiment"]:
        """The same ensemble in experiments of at most `size` networks; `joined` undoes it.

        Estimators that sample draw other samples for a network in another part: what they say of
        it then differs by their error.
        """
        first, n = self.settings.first_network, self.settings.n_networks
        numbers = [(first + i, min(size, n - i)) for i in range(0, n, size)]
        return [
            replace(self, settings=replace(self.settings, first_network=i, n_networks=m))
            for i, m in numbers
        ]

    def run(self, *, progress: bool | None = None, device: str = "cpu") -> dict[str, Trajectory]:
        """Train, measure, and return a trajectory for each estimator; see `record_each`."""
        return record_each(
            DATASETS[self.dataset](),
            self.settings,
            self.estimators,
            n_snapshots=self.n_snapshots,
            progress=progress,
            device=device,
        )

    def save(
        self, result: Mapping[str, Trajectory], path: Path, *, command: str, seconds: float
    ) -> None:
        """Write what `run` returned; the JSON alone is enough to make it again."""
        save_record(result, path, command=command, seconds=seconds, facts=self.as_dict())

    @staticmethod
    def load(path: Path) -> dict[str, Trajectory]:
        """Read what `save` wrote; errors as `load_records`."""
        return load_records(path)

    def report(self, result: Mapping[str, Trajectory]) -> Iterator[str]:
        """Lines that say what came out."""
        for name, trajectory in result.items():
            n, epoch = trajectory.n_networks, trajectory.epochs[-1]
            yield f"{name}, mean of {n} networks at epoch {epoch}:"
            at_end = (trajectory.I_XT[:, -1].mean(axis=0), trajectory.I_TY[:, -1].mean(axis=0))
            for layer, i_xt, i_ty in zip(trajectory.layer_names, *at_end, strict=True):
                yield f"  {layer}  I(X;T) = {i_xt:5.2f} bits  I(T;Y) = {i_ty:5.2f} bits"


def joined(parts: Sequence[Mapping[str, Trajectory]]) -> dict[str, Trajectory]:
    """The results of an experiment's parts as the result of the experiment.

    Raises ValueError for no parts and for those that `Trajectory.concatenate` refuses.
    """
    if not parts:
        raise ValueError("parts must hold at least one, got none")
    return {name: Trajectory.concatenate([part[name] for part in parts]) for name in parts[0]}
