"""A training in a thread of its own, measured by whatever ruler is asked for, also afterwards."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ibtools.datasets import Dataset
from ibtools.networks import Snapshot, StopTraining, TrainingSettings, training
from ibtools.plane import Measurement
from ibtools.widgets.measuring import (
    measured,
    measured_again,
    with_activations,
    without_activations,
)

THREAD = "training run"
SECONDS_BETWEEN_EPOCHS_TOLD = 0.1


def try_out(dataset: Dataset, settings: TrainingSettings, estimator: dict) -> None:
    """Raise what one untrained network already makes the settings or the estimator raise."""
    one = replace(settings, n_networks=1)
    measured(next(training(dataset, one, [0])), dataset, estimator)


class TrainingRun:
    """What a loop asks for, and the thread that does it.

    A reader changes the ruler while networks train, while they are held, and when they are done.
    Each time all snapshots are measured again, between two epochs or, with no training going on,
    in a thread that ends with its work; the newest ruler wins. Snapshots keep their weights, not
    their activations.

    tell(self, event, value) is called in the thread. Events and their values:

        epoch      the epoch that training has reached, now and then
        measured   a Measurement of the next snapshot
        replaced   all Measurements so far by another ruler, and that ruler
        refused    the error that a ruler raised, and the ruler that still holds
        finished   None: training has come to its end, or was stopped
        failed     the error that ended it
    """

    def __init__(
        self,
        dataset: Dataset,
        settings: TrainingSettings,
        epochs: list[int],
        estimator: dict,
        tell: Callable[["TrainingRun", str, Any], None],
    ):
        self._dataset, self._settings, self._epochs = dataset, settings, epochs
        self._listener = tell
        self._ruler = self._wanted = estimator
        self._kept: list[tuple[Snapshot, Measurement]] = []
        self._changed = threading.Condition()
        self._held = self._stopped = self._dropped = self._working = False

    def start(self) -> None:
        self._work(self._train)

    def hold(self) -> None:
        """Wait after the epoch it is in."""
        self._set(_held=True)

    def go_on(self) -> None:
        self._set(_held=False)

    def stop(self) -> None:
        """End the training; what was kept can still be measured."""
        self._set(_stopped=True)

    def drop(self) -> None:
        """End all work: nobody listens any more."""
        self._set(_stopped=True, _dropped=True)

    def measure(self, estimator: dict) -> None:
        """Measure all snapshots by this ruler, soon."""
        with self._changed:
            self._set(_wanted=estimator)
            if not self._working:
                self._work(lambda: None)

    def _tell(self, event: str, value: Any) -> None:
        self._listener(self, event, value)

    def _set(self, **values) -> None:
        with self._changed:
            vars(self).update(values)
            self._changed.notify_all()

    def _work(self, task: Callable[[], None]) -> None:
        self._working = True
        threading.Thread(target=self._do, args=(task,), name=THREAD, daemon=True).start()

    def _do(self, task: Callable[[], None]) -> None:
        try:
            task()
        # Whatever went wrong must reach the reader, who does not see this thread.
        except Exception as error:
            self._tell("failed", error)
        while self._is_wanted():
            self._measure_again()

    def _is_wanted(self) -> bool:
        """Whether another ruler waits; if not, the thread counts as ended."""
        with self._changed:
            self._working = self._wanted != self._ruler and not self._dropped
            return self._working

    def _train(self) -> None:
        told = 0.0

        def on_epoch(epoch: int) -> None:
            nonlocal told
            self._wait()
            if self._stopped:
                raise StopTraining
            if time.monotonic() - told > SECONDS_BETWEEN_EPOCHS_TOLD:
                told = time.monotonic()
                self._tell("epoch", epoch)

        for snapshot in training(self._dataset, self._settings, self._epochs, on_epoch=on_epoch):
            measurement = measured(snapshot, self._dataset, self._ruler)
            self._kept.append((without_activations(snapshot), measurement))
            self._tell("measured", measurement)
        self._tell("finished", None)

    def _wait(self) -> None:
        """Return when training may go on or must end; meanwhile measure what is wanted."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stopped or not self._held or self._wanted != self._ruler
                )
                if self._stopped or self._wanted == self._ruler:
                    return
            self._measure_again()

    def _measure_again(self) -> None:
        wanted, again = self._wanted, []
        try:
            for snapshot, first in self._kept:
                if self._dropped or self._wanted != wanted:
                    return
                seen = with_activations(snapshot, self._dataset.x)
                again.append(measured_again(first, seen, self._dataset, wanted))
        except Exception as error:
            with self._changed:
                if self._wanted == wanted:
                    self._wanted = self._ruler
            self._tell("refused", (error, self._ruler))
            return
        self._ruler = wanted
        self._tell("replaced", (again, wanted))
