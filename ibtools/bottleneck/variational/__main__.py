"""python -m ibtools.bottleneck.variational: list the recorded sweeps, or make one again."""

import torch

from ibtools.bottleneck.variational.recorded import SWEEPS
from ibtools.bottleneck.variational.store import save_sweep
from ibtools.bottleneck.variational.sweep import VariationalSweep
from ibtools.record_command import record_command


def _report(sweep: VariationalSweep) -> list[str]:
    return [*sweep.rows(), f"{sweep.I_XT_train.size} trainings of {sweep.epochs[-1]} epochs"]


def main(arguments: list[str] | None = None) -> None:
    record_command("ibtools.bottleneck.variational", SWEEPS, _report, save_sweep, arguments)


if __name__ == "__main__":
    # One thread: small networks run faster, and last digits do not depend on the cores.
    torch.set_num_threads(1)
    main()
