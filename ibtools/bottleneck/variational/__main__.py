"""python -m ibtools.bottleneck.variational: list the recorded sweeps, or make one again."""

import argparse
import time
from pathlib import Path

import torch

from ibtools.bottleneck.variational.recorded import SWEEPS
from ibtools.bottleneck.variational.store import save_sweep


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m ibtools.bottleneck.variational", description=__doc__
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="names of the recorded sweeps and what they are for")
    run = commands.add_parser("run", help="make a recorded sweep again")
    run.add_argument("name", choices=SWEEPS)
    run.add_argument("--quick", action="store_true", help="one short training, not saved")
    run.add_argument("--folder", type=Path, default=Path("book/runs"), help="where to save it")
    options = parser.parse_args(arguments)

    if options.command == "list":
        for name, sweep in SWEEPS.items():
            print(f"{name:36} {sweep.question}")
        return
    chosen = SWEEPS[options.name]
    start = time.perf_counter()
    sweep = (chosen.quick() if options.quick else chosen).run()
    seconds = time.perf_counter() - start
    print("\n".join(sweep.rows()))
    print(f"{sweep.I_XT_train.size} trainings of {sweep.epochs[-1]} epochs in {seconds:.0f} s")
    if not options.quick:
        options.folder.mkdir(parents=True, exist_ok=True)
        command = f"python -m ibtools.bottleneck.variational run {options.name}"
        save_sweep(sweep, options.folder / options.name, command=command, seconds=seconds)


if __name__ == "__main__":
    # One thread: small networks run faster, and last digits do not depend on the cores.
    torch.set_num_threads(1)
    main()
