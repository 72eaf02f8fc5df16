"""How much cheaper is a network when fifty are trained as one batch?

Both sides train 12-10-7-5-4-3-2 tanh networks on the 12-bit rule: Adam, batches of 512, one thread.
The plain side is PyTorch as in any tutorial: nn.Sequential, autograd, torch.optim.Adam.
"""

import itertools
import statistics
import time

import torch
from torch import nn

from ibtools.datasets import icosahedron_rule
from ibtools.networks import TrainingSettings, training

EPOCHS, N_NETWORKS, REPEATS = 20, 50, 3
RULE = icosahedron_rule()


def plain_seconds() -> float:
    """One network, once."""
    widths = [12, 10, 7, 5, 4, 3]
    layers = [
        part
        for n_in, n_out in itertools.pairwise(widths)
        for part in (nn.Linear(n_in, n_out), nn.Tanh())
    ]
    network = nn.Sequential(*layers, nn.Linear(3, 2))
    optimizer = torch.optim.Adam(network.parameters(), lr=4e-4)
    order = torch.randperm(4096)[:3277]
    x, y = torch.from_numpy(RULE.x)[order], torch.from_numpy(RULE.y)[order]
    start = time.perf_counter()
    for _ in range(EPOCHS):
        for batch_x, batch_y in zip(x.split(512), y.split(512), strict=True):
            optimizer.zero_grad()
            nn.functional.cross_entropy(network(batch_x), batch_y).backward()
            optimizer.step()
    return time.perf_counter() - start


def batch_seconds() -> float:
    """Fifty networks, divided by fifty."""
    settings = TrainingSettings(n_networks=N_NETWORKS, epochs=EPOCHS)
    run = training(RULE, settings, [0, EPOCHS])
    next(run)
    start = time.perf_counter()
    next(run)
    return (time.perf_counter() - start) / N_NETWORKS


def main() -> None:
    torch.set_num_threads(1)
    plain_seconds(), batch_seconds()
    pairs = [(plain_seconds(), batch_seconds()) for _ in range(REPEATS)]
    plain, batch = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    print(f"training, per network and epoch: plain {1e3 * plain / EPOCHS:.2f} ms, ", end="")
    print(f"batch of {N_NETWORKS} {1e3 * batch / EPOCHS:.2f} ms")
    print(f"training: {ratios[REPEATS // 2]:.1f} times faster ", end="")
    print(f"({ratios[0]:.1f} to {ratios[-1]:.1f} in {REPEATS} runs)")


if __name__ == "__main__":
    main()
