"""python -m ibtools.experiments: list the recorded runs, or make one again."""

from collections.abc import Iterator

from ibtools.experiments.catalogue import EXPERIMENTS
from ibtools.plane import Trajectory, save_record
from ibtools.record_command import record_command


def _report(trajectory: Trajectory) -> Iterator[str]:
    for name, i_xt, i_ty in zip(
        trajectory.layer_names,
        trajectory.I_XT[:, -1].mean(axis=0),
        trajectory.I_TY[:, -1].mean(axis=0),
        strict=True,
    ):
        yield f"{name}  I(X;T) = {i_xt:5.2f} bits  I(T;Y) = {i_ty:4.2f} bits"
    yield f"{trajectory.n_networks} networks to epoch {trajectory.epochs[-1]}"


def main(arguments: list[str] | None = None) -> None:
    record_command("ibtools.experiments", EXPERIMENTS, _report, save_record, arguments)


if __name__ == "__main__":
    main()
