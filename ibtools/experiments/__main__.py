"""python -m ibtools.experiments: list the recorded runs, or make one again."""

import argparse
import time
from pathlib import Path

from ibtools.experiments.catalogue import EXPERIMENTS
from ibtools.plane import save_record


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m ibtools.experiments", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="names of the recorded runs and what they are for")
    run = commands.add_parser("run", help="make a recorded run again")
    run.add_argument("name", choices=EXPERIMENTS)
    run.add_argument("--quick", action="store_true", help="three networks, 100 epochs, not saved")
    run.add_argument("--folder", type=Path, default=Path("book/runs"), help="where to save it")
    options = parser.parse_args(arguments)

    if options.command == "list":
        for name, experiment in EXPERIMENTS.items():
            print(f"{name:20} {experiment.question}")
        return
    experiment = EXPERIMENTS[options.name]
    start = time.perf_counter()
    trajectory = (experiment.quick() if options.quick else experiment).run()
    seconds = time.perf_counter() - start
    for name, i_xt, i_ty in zip(
        trajectory.layer_names,
        trajectory.I_XT[:, -1].mean(axis=0),
        trajectory.I_TY[:, -1].mean(axis=0),
        strict=True,
    ):
        print(f"{name}  I(X;T) = {i_xt:5.2f} bits  I(T;Y) = {i_ty:4.2f} bits")
    print(f"{trajectory.n_networks} networks to epoch {trajectory.epochs[-1]} in {seconds:.0f} s")
    if not options.quick:
        options.folder.mkdir(parents=True, exist_ok=True)
        command = f"python -m ibtools.experiments run {options.name}"
        save_record(trajectory, options.folder / options.name, command=command, seconds=seconds)


if __name__ == "__main__":
    main()
