"""The recorded runs on deep linear networks, by name."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ibtools.networks.student_teacher import StudentTeacherSettings
from ibtools.plane.linear_records import load_linear_record, record_linear, save_linear_record
from ibtools.plane.linear_trajectory import LinearTrajectory, largest_fall

KIND = "deep linear"


@dataclass(frozen=True, kw_only=True)
class LinearExperiment:
    """question: what the run is for, in a line.  settings: how it is trained.

    n_snapshots, measurement_noise: how it is looked at; see `record_linear`.
    """

    question: str
    settings: StudentTeacherSettings
    n_snapshots: int = 150
    measurement_noise: float = 0.01

    def quick(self) -> "LinearExperiment":
        """The same with three networks and 200 epochs, for a first look or a test.

        Its networks are the first three of the full run; its snapshots fall on other epochs.
        """
        short = {
            "n_networks": min(3, self.settings.n_networks),
            "epochs": min(200, self.settings.epochs),
        }
        return replace(self, settings=replace(self.settings, **short), n_snapshots=30)

    def as_dict(self) -> dict:
        """The experiment as plain values, ready for JSON."""
        return {
            "kind": KIND,
            "question": self.question,
            "settings": self.settings.as_dict(),
            "n_snapshots": self.n_snapshots,
            "measurement_noise": self.measurement_noise,
        }

    @classmethod
    def from_dict(cls, values: dict) -> "LinearExperiment":
        """What `as_dict` gave; what else there is, as in the JSON of a record, is not looked at."""
        if values.get("kind") != KIND:
            raise ValueError(f"kind must be {KIND!r}, got {values.get('kind')!r}")
        return cls(
            question=values["question"],
            settings=StudentTeacherSettings.from_dict(values["settings"]),
            n_snapshots=values["n_snapshots"],
            measurement_noise=values["measurement_noise"],
        )

    def run(self, *, progress: bool | None = None) -> LinearTrajectory:
        return record_linear(
            self.settings,
            n_snapshots=self.n_snapshots,
            measurement_noise=self.measurement_noise,
            progress=progress,
        )

    def save(self, result: LinearTrajectory, path: Path, *, command: str, seconds: float) -> None:
        """Write what `run` returned; the JSON alone is enough to make it again."""
        save_linear_record(result, path, command=command, seconds=seconds, facts=self.as_dict())

    @staticmethod
    def load(path: Path) -> LinearTrajectory:
        """Read what `save` wrote; errors as `ibtools.records.read_record`."""
        return load_linear_record(path)

    def report(self, result: LinearTrajectory) -> Iterator[str]:
        """What came out: information of every layer, and the errors, means over the networks."""
        has_irrelevant = self.settings.relevant < self.settings.n_inputs
        names = {"I_XT": "I(X;T)", "I_TY": "I(T;Y)"} | (
            {"I_relevant": "I(X_rel;T)", "I_irrelevant": "I(X_irr;T)"} if has_irrelevant else {}
        )
        for layer, layer_name in enumerate(result.layer_names):
            for quantity, name in names.items():
                values = getattr(result, quantity)[..., layer]
                start, peak, end = values[:, 0], values.max(axis=1), values[:, -1]
                yield (
                    f"{layer_name}  {name:10} from {start.mean():6.3f} to {end.mean():6.3f} bits, "
                    f"highest {peak.mean():6.3f}, largest fall {largest_fall(values).max():.4f}"
                )
        error = result.generalisation_error
        yield (
            f"error on new inputs from {error[:, 0].mean():.2f} to {error[:, -1].mean():.2f}, "
            f"at best {error.min(axis=1).mean():.2f}; on the samples "
            f"{result.train_error[:, -1].mean():.3f}; the teacher's own "
            f"{self.settings.n_outputs * self.settings.output_noise:.2f}"
        )
        yield f"{result.n_networks} networks to epoch {result.epochs[-1]}"


HUNDRED = StudentTeacherSettings()
THIRTY_RELEVANT = StudentTeacherSettings(
    n_relevant=30, n_samples=400, signal_to_noise=20.0, initial_scale=0.01, epochs=5000
)

LINEAR_EXPERIMENTS = {
    "linear_100_samples": LinearExperiment(
        question="As many samples as inputs: does a linear network that overfits compress?",
        settings=HUNDRED,
    ),
    "linear_400_samples": LinearExperiment(
        question="Four times the samples: better generalisation, and compression?",
        settings=replace(HUNDRED, n_samples=400),
    ),
    "linear_large_start": LinearExperiment(
        question="The same from large weights: do linear networks never compress?",
        settings=replace(
            HUNDRED, n_samples=400, initial_scale=5.0, learning_rate=0.05, epochs=5000
        ),
    ),
    "linear_four_layers": LinearExperiment(
        question="Three hidden layers: does any of them compress?",
        settings=replace(
            HUNDRED,
            n_samples=400,
            widths=(100, 100, 100),
            initial_scale=0.3,
            learning_rate=0.2,
        ),
    ),
    "linear_irrelevant": LinearExperiment(
        question="30 relevant and 70 irrelevant inputs: what is forgotten while fitting?",
        settings=THIRTY_RELEVANT,
    ),
    "linear_irrelevant_noisy": LinearExperiment(
        question="The same when there is more noise than 100 samples can average out",
        settings=replace(THIRTY_RELEVANT, n_samples=100, signal_to_noise=1.0),
    ),
}
