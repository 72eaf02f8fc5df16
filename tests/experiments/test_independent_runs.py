"""An independent run of the published settings with NumPy, few networks, against our records."""

import pytest

from ibtools.plane import load_record

# Mean I(X;T) of T2 … T5 over two or three networks, bits, at an epoch: fewer networks than ours, so
# that each mean must lie among our networks, with 0.3 bits to spare where these hardly differ.
# They were read with the 29 cells of the published code, ours with 30 bins. For the output that is
# another ruler: p and 1 - p fall into mirrored cells for 30 bins only, which halves their number.
RUNS = {
    ("tanh_80_percent", 0): (11.99, 11.23, 8.53, 5.58),
    ("tanh_80_percent", 100): (12.0, 11.55, 8.50, 5.92),
    ("tanh_80_percent", 350): (12.0, 11.75, 9.52, 6.56),
    ("tanh_80_percent", 1000): (12.0, 11.81, 10.13, 6.76),
    ("tanh_80_percent", 8000): (12.0, 11.92, 10.20, 3.74),
    ("tanh_full_batch", 350): (12.0, 11.61, 9.03, 6.62),
    ("tanh_full_batch", 8000): (11.99, 8.73, 2.96, 1.51),
    ("tanh_unshuffled", 0): (12.0, 11.39, 8.45, 5.57),
    ("tanh_unshuffled", 8000): (11.97, 11.67, 9.59, 3.01),
    ("tanh_fan_out", 0): (12.0, 11.53, 9.74, 7.38),
    ("tanh_fan_out", 8000): (11.99, 11.85, 8.46, 1.96),
}
SPARE = 0.3


@pytest.mark.parametrize(("name", "epoch"), RUNS)
def test_our_networks_hold_the_readings_of_others(name, epoch, request):
    run = load_record(request.config.rootpath / "book/runs" / name).at([epoch])
    readings = run.I_XT[:, 0, 1:-1]
    lowest, highest = readings.min(axis=0), readings.max(axis=0)
    for low, theirs, high in zip(lowest, RUNS[name, epoch], highest, strict=True):
        assert low - SPARE <= theirs <= high + SPARE
