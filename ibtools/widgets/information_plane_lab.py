"""The information plane lab: networks that train while you watch.

Its ES module (information_plane_lab.js) has two lives. In a live kernel Python trains. On the
course's site, where no kernel runs, the output's MIME bundle mounts the same module, and the page
trains by itself (engine/*.js) or shows recorded runs.

Everything but the training happens on the kernel's event loop. The training has a thread of its
own, so that the cell returns at once and other cells can run.
"""

from collections.abc import Mapping

import traitlets

from ibtools.bottleneck import IBCurve
from ibtools.datasets import Dataset
from ibtools.information.validation import whole_number
from ibtools.networks import TrainingSettings, snapshot_epochs
from ibtools.plane import BINNING, Trajectory, validated_estimator
from ibtools.widgets.frames import batch_of
from ibtools.widgets.live_view import LiveView, in_words, running_loop
from ibtools.widgets.page_training import PAGE_DATASETS, datasets_by_name, trains_on_page
from ibtools.widgets.presets import presets_in_full
from ibtools.widgets.training_run import TrainingRun, try_out


class InformationPlaneLab(LiveView):
    """Train an ensemble and see its layers move through the information plane.

    dataset: what is learnt, by default the icosahedron rule: a name of ibtools.datasets.DATASETS or
    a Dataset of your own. The reader may also choose ring, xor and spirals.
    settings: a TrainingSettings to begin with.  estimator: the ruler to begin with; see
    ibtools.plane.estimators. The widget's controls change both.
    n_snapshots: about how many epochs, evenly spaced on a log scale, are measured.
    runs: recorded trajectories by label, to look at beside what is trained.
    limit: the exact IB curve of the task; the plane is shaded above it.

    Another ruler measures the same snapshots anew, without training: `measure`. A mixture is
    measured on at most 1024 inputs (ibtools.widgets.measuring), where I(X;T) is at most 10 bits.
    Equal bins on [-1, 1] take all activations beyond for one: for ReLU, softplus and linear units
    choose bins of a fixed width (see ibtools.information.layer_information).
    """

    settings = traitlets.Dict().tag(sync=True)
    datasets = traitlets.List().tag(sync=True)
    n_snapshots = traitlets.Int().tag(sync=True)
    presets = traitlets.List().tag(sync=True)
    command = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        dataset: Dataset | str | None = None,
        settings: TrainingSettings | None = None,
        *,
        estimator: Mapping = BINNING,
        n_snapshots: int = 40,
        runs: Mapping[str, Trajectory] | None = None,
        limit: IBCurve | None = None,
    ):
        settings = TrainingSettings() if settings is None else settings
        if not isinstance(settings, TrainingSettings):
            raise TypeError(f"settings must be a TrainingSettings, got {settings!r}")
        chosen, self._datasets = datasets_by_name(dataset)
        super().__init__(
            runs or {},
            limit,
            live=True,
            trains=True,
            settings=settings.as_dict() | {"dataset": chosen},
            estimator=validated_estimator(estimator),
            datasets=list(self._datasets),
            n_snapshots=whole_number(n_snapshots, "n_snapshots", at_least=2),
            presets=[{"key": key} | preset for key, preset in presets_in_full().items()],
        )

    def page_state(self) -> dict:
        """What can be trained on the page; recorded runs alone where the page could not."""
        state = super().page_state()
        if not trains_on_page(self.settings, self.estimator):
            return state
        return state | {
            "trains": True,
            "settings": self.settings,
            "estimator": self.estimator,
            "datasets": [name for name in self.datasets if name in PAGE_DATASETS],
            "n_snapshots": self.n_snapshots,
            "presets": self.presets,
        }

    def start(self) -> None:
        """Train from the beginning by the present settings and estimator; returns at once.

        What cannot be is reported in `error`; what goes on or was measured before then stays.
        Raises RuntimeError where there is no event loop to report to.
        """
        self._loop = running_loop() or self._loop
        if self._loop is None:
            raise RuntimeError(
                "start() needs the running event loop of a notebook; "
                "in a script use ibtools.plane.record"
            )
        self.error = ""
        try:
            run, origin, batch = self._prepared()
        # Whatever it is must reach the reader, who sees the widget and not the kernel.
        except Exception as error:
            self.error = in_words(error)
            if not self._is_training():
                self.status = "error"
        else:
            self._begin(run, origin, batch)

    def pause(self) -> None:
        """Hold the training after the epoch it is in."""
        if self.status == "running":
            self._run.hold()
            self.status = "paused"

    def resume(self) -> None:
        """Go on from where `pause` held."""
        if self.status == "paused":
            self._run.go_on()
            self.status = "running"

    def stop(self) -> None:
        """End the training; what was measured stays, and other rulers can measure it."""
        if self._is_training():
            self._run.stop()
            self.status = "finished"

    def reset(self) -> None:
        """End the training and forget what was measured."""
        self._end("idle")

    def measure(self, estimator: Mapping | None = None) -> None:
        """Measure all snapshots so far anew, without training; by default by `self.estimator`.

        Returns at once; `history` changes as a whole when all is done. A ruler that cannot be is
        reported in `error`, and the one before stays.
        """
        asked = self.estimator if estimator is None else estimator
        try:
            asked = validated_estimator(asked)
        except ValueError as error:
            self._on_refused((error, self._origin["estimator"]))
            return
        if self.status != "error":
            self.error = ""
        self.estimator = asked
        if self._run is None:
            self._origin["estimator"] = asked
        else:
            self._run.measure(asked)

    def close(self) -> None:
        self._drop()
        super().close()

    def _is_training(self) -> bool:
        return self.status in ("running", "paused")

    def _prepared(self) -> tuple[TrainingRun, dict, int]:
        """A run by the present settings, where its numbers come from, and the size of a batch."""
        values = dict(self.settings)
        name = values.pop("dataset", None)
        if name not in self._datasets:
            raise ValueError(f"dataset must be one of {', '.join(self._datasets)}, got {name!r}")
        dataset, settings = self._datasets[name](), TrainingSettings.from_dict(values)
        estimator = validated_estimator(self.estimator)
        try_out(dataset, settings, estimator)
        epochs = snapshot_epochs(settings.epochs, self.n_snapshots)
        run = TrainingRun(dataset, settings, epochs, estimator, self._hear)
        recorded = {"dataset": dataset.name, **settings.as_dict()}
        origin = {"settings": recorded, "estimator": estimator}
        return run, origin, batch_of(recorded, len(dataset.y))

    @traitlets.observe("command")
    def _receive(self, change) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._obey, change["new"].get("action"))

    def _obey(self, action: str) -> None:
        if action in ("start", "pause", "resume", "stop", "reset", "measure"):
            getattr(self, action)()
