"""The view of the information plane, told what a training measures."""

import asyncio
from collections.abc import Mapping
from typing import Any

import traitlets

from ibtools.bottleneck import IBCurve
from ibtools.plane import Measurement, Trajectory
from ibtools.widgets import frames
from ibtools.widgets.plane_view import PlaneView
from ibtools.widgets.training_run import TrainingRun


class LiveView(PlaneView):
    """Turns the events of a TrainingRun, on the kernel's event loop, into what the page shows.

    status: where training stands.  error: what went wrong, in words.  epoch: the one it has
    reached.  latest: the newest frame; history: all of them, sent as a whole only when another
    ruler has measured them.
    """

    estimator = traitlets.Dict().tag(sync=True)
    status = traitlets.Enum(("idle", "running", "paused", "finished", "error"), "idle").tag(
        sync=True
    )
    error = traitlets.Unicode().tag(sync=True)
    epoch = traitlets.Int().tag(sync=True)
    latest = traitlets.Dict().tag(sync=True)
    history = traitlets.List().tag(sync=True)

    # Even a widget whose constructor raises is closed when it is collected.
    _run: TrainingRun | None = None

    def __init__(self, runs: Mapping[str, Trajectory], limit: IBCurve | None, **traits):
        # JupyterLab delivers messages on a thread of its own, whose loop is not the kernel's.
        self._loop = running_loop()
        self._measured: list[Measurement] = []
        # How the networks are trained, and the ruler that holds.
        self._origin = {"settings": {}, "estimator": traits["estimator"]}
        self._batch = 0
        super().__init__(runs, limit, **traits)

    def trajectory(self) -> Trajectory:
        """What was measured so far, by the present ruler. Raises ValueError for nothing."""
        return Trajectory.from_measurements(self._measured, **self._origin)

    def _begin(self, run: TrainingRun, origin: dict, batch: int) -> None:
        """Forget what was, listen to this run, and start it."""
        self._end("running")
        self._run, self._origin, self._batch = run, origin, batch
        run.start()

    def _end(self, status: str) -> None:
        """Forget what was, and listen to no run."""
        self._drop()
        self._measured = []
        with self.hold_sync():
            self.latest, self.history = {}, []
            self.epoch, self.error, self.status = 0, "", status

    def _drop(self) -> None:
        if self._run is not None:
            self._run.drop()
            self._run = None

    def _hear(self, run: TrainingRun, event: str, value: Any) -> None:
        """Called in the thread of a run: it touches no trait, it only tells the loop."""

        def act():
            # A message of a run that was dropped meanwhile comes too late.
            if run is self._run:
                getattr(self, f"_on_{event}")(value)

        if run is self._run:
            self._loop.call_soon_threadsafe(act)

    def _on_epoch(self, epoch: int) -> None:
        self.epoch = epoch

    def _on_measured(self, measurement: Measurement) -> None:
        self._measured.append(measurement)
        single = Trajectory.from_measurements([measurement], **self._origin)
        (shown,) = frames.frames(single, self._batch)
        # In place, hence not sent: only a page that is loaded anew asks for the whole history.
        self.history.append(shown)
        with self.hold_sync():
            self.epoch, self.latest = measurement.epoch, shown

    def _on_replaced(self, value: tuple[list[Measurement], dict]) -> None:
        self._measured, ruler = value
        self._origin["estimator"] = ruler
        history = frames.frames(self.trajectory(), self._batch)
        with self.hold_sync():
            self.latest, self.history = history[-1], history

    def _on_refused(self, value: tuple[Exception, dict]) -> None:
        error, ruler = value
        with self.hold_sync():
            self.error, self.estimator = in_words(error), ruler

    def _on_finished(self, _) -> None:
        self.status = "finished"

    def _on_failed(self, error: Exception) -> None:
        with self.hold_sync():
            self.error, self.status = in_words(error), "error"


def in_words(error: Exception) -> str:
    return str(error) or type(error).__name__


def running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
