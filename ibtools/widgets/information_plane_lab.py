"""The information plane lab: networks that train while you watch, or a recorded run.

Three places share one ES module (information_plane_lab.js). In a live kernel the lab trains. On
the course's site, where no kernel runs, the output's MIME bundle mounts the same module on
recorded runs. `replay` shows recorded runs in both.

Everything but the training happens on the kernel's event loop. The training has a thread of its
own, so that the cell returns at once and other cells can run.
"""

import asyncio
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import anywidget
import traitlets

from ibtools.bottleneck import IBCurve
from ibtools.datasets import Dataset, icosahedron_rule
from ibtools.figures.reach import in_bits
from ibtools.networks import StopTraining, TrainingSettings, snapshot_epochs, training
from ibtools.plane import BINNING, Measurement, Trajectory, measure, validated_estimator
from ibtools.widgets import frames
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget, limit_line

MODULE = Path(__file__).with_suffix(".js")
# Bits on the axis of I(X;T), more than any layer can have.
WIDEST_LIMIT = 32.0
SECONDS_BETWEEN_EPOCHS_SHOWN = 0.1


class _Run:
    """What the loop and the thread of one training share: may it go on, must it end."""

    def __init__(self):
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True
        self.may_go_on.set()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class _PlaneView(PageWidget):
    """What the site needs of either widget: the module's name and recorded runs to show."""

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "lab"
    _height = 640

    live = traitlets.Bool().tag(sync=True)
    runs = traitlets.List().tag(sync=True)
    limit = traitlets.Dict().tag(sync=True)

    def __init__(self, recorded: list[dict], limit: IBCurve | None, **traits):
        self._recorded = recorded
        line = limit_line(in_bits(limit), WIDEST_LIMIT) if limit else {}
        super().__init__(limit=line, **traits)

    def summary(self) -> str:
        words = "Layers of networks in the information plane"
        if not self._recorded:
            return f"{words}, trained live."
        labels = "; ".join(run["label"] for run in self._recorded)
        return f"{words}, recorded while they were trained: {labels}."

    def page_state(self) -> dict:
        limit = {"limit": self.limit} if self.limit else {}
        return {"live": False, "runs": self._recorded} | limit


class InformationPlaneLab(_PlaneView):
    """Train an ensemble and see its layers move through the information plane.

    dataset: what is learnt, by default the icosahedron rule.  settings: a TrainingSettings to
    begin with; the widget's controls change them.  n_bins: bins on [-1, 1] for every layer.
    n_snapshots: how many epochs, evenly spaced on a log scale, are measured.
    runs: recorded trajectories by label, shown instead where no kernel can train.
    limit: the exact IB curve of the task; the plane is shaded above it.

    Activations outside [-1, 1] fall into the outermost bins: for ReLU, softplus and linear units
    the plane then says little (see ibtools.information.layer_information).
    """

    settings = traitlets.Dict().tag(sync=True)
    command = traitlets.Dict().tag(sync=True)
    status = traitlets.Enum(("idle", "running", "paused", "finished", "error"), "idle").tag(
        sync=True
    )
    error = traitlets.Unicode().tag(sync=True)
    epoch = traitlets.Int().tag(sync=True)
    latest = traitlets.Dict().tag(sync=True)
    history = traitlets.List().tag(sync=True)

    def __init__(
        self,
        dataset: Dataset | None = None,
        settings: TrainingSettings | None = None,
        *,
        n_bins: int = 30,
        n_snapshots: int = 80,
        runs: Mapping[str, Trajectory] | None = None,
        limit: IBCurve | None = None,
    ):
        self._dataset = dataset or icosahedron_rule()
        self._n_snapshots = n_snapshots
        self._run: _Run | None = None
        self._measured: list[Measurement] = []
        self._origin: dict = {}
        # JupyterLab delivers messages on a thread of its own, whose loop is not the kernel's.
        self._loop = _running_loop()
        super().__init__(
            _recorded(runs or {}),
            limit,
            live=True,
            settings=(settings or TrainingSettings()).as_dict() | {"n_bins": n_bins},
        )

    def start(self) -> None:
        """Train from the beginning with the present settings; returns at once.

        Settings that cannot be are reported in `error`, and what was measured before stays.
        Raises RuntimeError where there is no event loop to report to.
        """
        self._loop = _running_loop() or self._loop
        if self._loop is None:
            raise RuntimeError(
                "start() needs the running event loop of a notebook; "
                "in a script use ibtools.plane.record"
            )
        self._stop()
        try:
            values = dict(self.settings)
            n_bins = values.pop("n_bins")
            settings = TrainingSettings(**values)
            epochs = snapshot_epochs(settings.epochs, self._n_snapshots)
        except (KeyError, TypeError, ValueError) as error:
            self._fail(error)
            return
        self._clear("running")
        self._origin = {
            "settings": {"dataset": self._dataset.name, **settings.as_dict()},
            "estimator": validated_estimator(BINNING | {"n_bins": n_bins}),
        }
        self._run = _Run()
        threading.Thread(
            target=self._train, args=(self._run, settings, epochs), daemon=True
        ).start()

    def pause(self) -> None:
        """Hold the training after the epoch it is in."""
        if self.status == "running":
            self._run.may_go_on.clear()
            self.status = "paused"

    def resume(self) -> None:
        """Go on from where `pause` held."""
        if self.status == "paused":
            self._run.may_go_on.set()
            self.status = "running"

    def stop(self) -> None:
        """End the training; what was measured stays."""
        if self._run is not None:
            self._stop()
            self.status = "finished"

    def reset(self) -> None:
        """End the training and forget what was measured."""
        self._stop()
        self._clear("idle")

    def close(self) -> None:
        self._stop()
        super().close()

    def trajectory(self) -> Trajectory:
        """What was measured so far. Raises ValueError when that is nothing."""
        return Trajectory.from_measurements(self._measured, **self._origin)

    @traitlets.observe("command")
    def _receive(self, change) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._obey, change["new"].get("action"))

    def _obey(self, action: str) -> None:
        if action in ("start", "pause", "resume", "stop", "reset"):
            getattr(self, action)()

    def _train(self, run: _Run, settings: TrainingSettings, epochs: list[int]) -> None:
        """The body of the thread: it touches no trait, it only tells the loop."""
        x, y, estimator = self._dataset.x, self._dataset.y, self._origin["estimator"]
        shown = 0.0

        def on_epoch(epoch: int) -> None:
            nonlocal shown
            run.may_go_on.wait()
            if run.stopped:
                raise StopTraining
            if time.monotonic() - shown > SECONDS_BETWEEN_EPOCHS_SHOWN:
                shown = time.monotonic()
                self._tell(run, self._show_epoch, epoch)

        try:
            for snapshot in training(self._dataset, settings, epochs, on_epoch=on_epoch):
                measurement = measure(snapshot, x, y, estimator=estimator)
                self._tell(run, self._show, measurement)
            self._tell(run, self._finish)
        # Whatever went wrong must reach the reader, who does not see this thread.
        except Exception as error:
            self._tell(run, self._fail, error)

    def _tell(self, run: _Run, action, *arguments) -> None:
        def act():
            # A message of a training that was stopped meanwhile comes too late.
            if run is self._run:
                action(*arguments)

        if not run.stopped:
            self._loop.call_soon_threadsafe(act)

    def _show_epoch(self, epoch: int) -> None:
        self.epoch = epoch

    def _show(self, measurement: Measurement) -> None:
        self._measured.append(measurement)
        shown = frames.frame(measurement)
        # In place, hence not sent: only a page that is loaded anew asks for the whole history.
        self.history.append(shown)
        with self.hold_sync():
            self.epoch = measurement.epoch
            self.latest = shown

    def _finish(self) -> None:
        self._run = None
        self.status = "finished"

    def _fail(self, error: Exception) -> None:
        self._run = None
        with self.hold_sync():
            self.error = str(error) or type(error).__name__
            self.status = "error"

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()
            self._run = None

    def _clear(self, status: str) -> None:
        self._measured = []
        with self.hold_sync():
            self.latest = {}
            self.history = []
            self.epoch = 0
            self.error = ""
            self.status = status


def _recorded(runs: Mapping[str, Trajectory]) -> list[dict]:
    return [frames.run(label, trajectory) for label, trajectory in runs.items()]


def replay(runs: Mapping[str, Trajectory], *, limit: IBCurve | None = None) -> anywidget.AnyWidget:
    """Recorded runs to look at, by label: in JupyterLab, and on the site without a kernel.

    limit: the exact IB curve of their task; the plane is shaded above it.

    Raises ValueError when there is no run.
    """
    if not runs:
        raise ValueError("runs must hold at least one trajectory, got none")
    recorded = _recorded(runs)
    return _PlaneView(recorded, limit, live=False, runs=recorded)
