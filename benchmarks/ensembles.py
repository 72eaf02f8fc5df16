"""What does the experiment of fifty networks cost, and how near is that to what the machine can do?

Shwartz-Ziv & Tishby's experiment: fifty tanh networks 12-10-7-5-4-3-2, 8000 epochs of the 12-bit
rule, Adam, batches of 512, every layer measured with 30 bins at more than 100 epochs.

The plain side is what one writes first: a network at a time in nn.Sequential with autograd, and
np.unique on the rows of each binned layer. It is run on a slice and extrapolated; ours is run in
full. The arithmetic limit is the time the multiplications and activations would take at the rates
that this machine reaches on large arrays, measured in the same run.
"""

import itertools
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import torch
from plotly.subplots import make_subplots
from torch import nn

from ibtools.datasets import icosahedron_rule
from ibtools.experiments import EXPERIMENTS
from ibtools.networks import TrainingSettings, snapshot_epochs, training
from ibtools.plane import measure, sweep

EXPERIMENT = EXPERIMENTS["tanh_80_percent"]
WIDTHS = (12, *EXPERIMENT.settings.widths, 2)
RULE = icosahedron_rule()
PLAIN_EPOCHS, PLAIN_SNAPSHOTS, REPEATS = 30, 3, 3
PLOT = Path("_build/benchmarks/ensembles.html")


def seconds(action) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def plain_network() -> nn.Sequential:
    pairs = itertools.pairwise(WIDTHS[:-1])
    hidden = [part for n_in, n_out in pairs for part in (nn.Linear(n_in, n_out), nn.Tanh())]
    return nn.Sequential(*hidden, nn.Linear(*WIDTHS[-2:]))


def plain_epoch_seconds() -> float:
    """One network, one epoch."""
    network = plain_network()
    optimizer = torch.optim.Adam(network.parameters(), lr=4e-4)
    order = torch.randperm(4096)[:3277]
    x, y = torch.from_numpy(RULE.x)[order], torch.from_numpy(RULE.y)[order]

    def train():
        for _ in range(PLAIN_EPOCHS):
            for batch_x, batch_y in zip(x.split(512), y.split(512), strict=True):
                optimizer.zero_grad()
                nn.functional.cross_entropy(network(batch_x), batch_y).backward()
                optimizer.step()

    return seconds(train) / PLAIN_EPOCHS


def plain_entropy(cells: np.ndarray) -> float:
    counts = np.unique(cells, axis=0, return_counts=True)[1]
    shares = counts / counts.sum()
    return -(shares * np.log2(shares)).sum()


def plain_snapshot_seconds() -> float:
    """One network, all layers, once."""
    layers, t = [], torch.from_numpy(RULE.x)
    with torch.no_grad():
        for part in plain_network():
            t = part(t)
            if isinstance(part, nn.Tanh):
                layers.append(t.numpy())
        layers.append(torch.softmax(t, dim=1).numpy())

    def look():
        for layer in layers:
            cells = np.digitize(layer, np.linspace(-1, 1, 31)[1:-1])
            _ = plain_entropy(cells)
            _ = [
                (RULE.y == label).mean() * plain_entropy(cells[RULE.y == label]) for label in (0, 1)
            ]

    return seconds(lambda: [look() for _ in range(PLAIN_SNAPSHOTS)]) / PLAIN_SNAPSHOTS


def plain_seconds() -> tuple[float, float]:
    """Training and measuring of the whole experiment, extrapolated."""
    n_networks, epochs = EXPERIMENT.settings.n_networks, EXPERIMENT.settings.epochs
    n_snapshots = len(snapshot_epochs(epochs, EXPERIMENT.n_snapshots))
    train = statistics.median(plain_epoch_seconds() for _ in range(REPEATS))
    look = statistics.median(plain_snapshot_seconds() for _ in range(REPEATS))
    return n_networks * epochs * train, n_networks * n_snapshots * look


def limit_seconds() -> tuple[float, float, float]:
    """Time of the multiplications, of the activations, and billions of operations per second."""
    a = torch.randn(1024, 1024)
    product = min(seconds(lambda: a @ a) for _ in range(20))
    sigmoid = min(seconds(lambda: torch.sigmoid_(a[:256])) for _ in range(20)) / (256 * 1024)
    rate = 2 * 1024**3 / product
    weights = [n_in * n_out for n_in, n_out in itertools.pairwise(WIDTHS)]
    # Forward, gradient of the weights, and, but for the first layer, gradient of the layer before.
    operations = 2 * (3 * sum(weights) - weights[0])
    samples = EXPERIMENT.settings.n_networks * EXPERIMENT.settings.epochs * 3277
    return samples * operations / rate, samples * sum(WIDTHS[1:-1]) * sigmoid, rate / 1e9


def step_shares() -> dict[str, float]:
    """Where the time of a training step goes, in shares of the processor's time."""
    settings = replace(EXPERIMENT.settings, n_networks=25, epochs=40)
    run = training(RULE, settings, [20, 40])
    next(run)
    with torch.profiler.profile(activities=[torch.profiler.ProfilerActivity.CPU]) as profile:
        next(run)
    groups = {"products": ("aten::bmm",), "activations": ("aten::sigmoid_", "aten::_softmax")}
    spent = {event.key: event.self_cpu_time_total for event in profile.key_averages()}
    total = sum(spent.values())
    shares = {
        group: sum(spent.get(key, 0) for key in keys) / total for group, keys in groups.items()
    }
    optimizer = sum(time for key, time in spent.items() if "adam" in key.lower()) / total
    return shares | {"Adam": optimizer, "everything else": 1 - sum(shares.values()) - optimizer}


def epoch_seconds(**changes) -> float:
    settings = replace(TrainingSettings(epochs=20), **changes)
    run = training(RULE, settings, [5, 20])
    next(run)
    return seconds(lambda: next(run)) / 15


def look_seconds(n_networks: int) -> float:
    snapshot = next(training(RULE, TrainingSettings(n_networks=n_networks), [0]))
    return seconds(lambda: measure(snapshot, RULE.x, RULE.y))


def cost_curves() -> dict[str, tuple[list, list]]:
    """Seconds of 8000 epochs against networks and samples, of measuring against snapshots."""
    networks = [1, 2, 5, 10, 20, 50]
    shares = [0.1, 0.2, 0.4, 0.6, 0.8]
    snapshots = [10, 50, 100, 200, 400]
    look = look_seconds(50)
    return {
        "networks (80 % of the data)": (
            networks,
            [8000 * epoch_seconds(n_networks=n) for n in networks],
        ),
        "samples to learn from (50 networks)": (
            [round(4096 * share) for share in shares],
            [8000 * epoch_seconds(n_networks=50, train_fraction=share) for share in shares],
        ),
        "snapshots of 50 networks": (snapshots, [n * look for n in snapshots]),
    }


def draw(curves: dict[str, tuple[list, list]]) -> None:
    figure = make_subplots(rows=1, cols=3)
    for column, (name, (x, y)) in enumerate(curves.items(), start=1):
        figure.add_trace(go.Scatter(x=x, y=y, mode="lines+markers", showlegend=False), 1, column)
        figure.update_xaxes(title_text=name, rangemode="tozero", row=1, col=column)
        figure.update_yaxes(title_text="seconds, one thread", rangemode="tozero", row=1, col=column)
    PLOT.parent.mkdir(parents=True, exist_ok=True)
    figure.write_html(PLOT, include_plotlyjs=True)


def main() -> None:
    torch.set_num_threads(1)
    capability = torch.backends.cpu.get_cpu_capability()
    print(f"machine: {platform.platform()}, {capability}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        ours = {
            jobs: seconds(
                lambda jobs=jobs: sweep({"plane": EXPERIMENT}, Path(folder, str(jobs)), n_jobs=jobs)
            )
            for jobs in (1, 2)
        }
    train, look = plain_seconds()
    products, activations, rate = limit_seconds()
    print(f"fifty networks, 8000 epochs: {ours[1]:.0f} s in one process, {ours[2]:.0f} s in two")
    print(
        f"one at a time, extrapolated from {PLAIN_EPOCHS} epochs and {PLAIN_SNAPSHOTS} snapshots "
        f"of one network, {REPEATS} times: {train:.0f} s training and {look:.0f} s measuring"
    )
    for jobs, taken in ours.items():
        print(f"  {(train + look) / taken:.1f} times faster with {jobs} of our processes")
    print(
        f"arithmetic limit, one thread: {products:.0f} s for the products at {rate:.0f} billion "
        f"operations a second and {activations:.0f} s for the activations; ours takes "
        f"{ours[1] / (products + activations):.1f} times as long, measuring included"
    )
    shares = ", ".join(f"{name} {share:.0%}" for name, share in step_shares().items())
    print(f"a training step of 25 networks: {shares}")
    curves = cost_curves()
    for name, (x, y) in curves.items():
        points = ", ".join(f"{a}: {b:.1f}" for a, b in zip(x, y, strict=True))
        print(f"seconds against {name}: {points}")
    draw(curves)
    print(f"drawn in {PLOT}", file=sys.stderr)


if __name__ == "__main__":
    main()
