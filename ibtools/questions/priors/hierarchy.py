"""A prior that an answer is put together in a tree, two parts at a time."""

import numpy as np
import torch
from torch import nn

from ibtools.information.validation import whole_number
from ibtools.questions.fitting import fit

N_INPUTS = 8


class Tree(nn.Module):
    """A network wired like a binary tree: each node a small network of two inputs and one output.

    n_inputs: a power of two.  width: hidden units of a node, tanh.  Reads inputs (n, n_inputs) from
    left to right, gives (n, 1). Its weights depend on the seed alone.
    """

    def __init__(self, n_inputs: int = N_INPUTS, *, width: int = 8, seed: int = 0):
        super().__init__()
        whole_number(width, "width")
        if n_inputs < 2 or n_inputs & (n_inputs - 1):
            raise ValueError(f"n_inputs must be a power of two from 2 on, got {n_inputs}")
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.levels = nn.ModuleList(
                nn.ModuleList(
                    nn.Sequential(nn.Linear(2, width), nn.Tanh(), nn.Linear(width, 1))
                    for _ in range(n_inputs >> level)
                )
                for level in range(1, n_inputs.bit_length())
            )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for level in self.levels:
            pairs = x.reshape(len(x), -1, 2).unbind(dim=1)
            x = torch.cat([node(pair) for node, pair in zip(level, pairs, strict=True)], dim=1)
        return x


def tree_function(x: np.ndarray) -> np.ndarray:
    """A function of x (n, 8) made of one rule for two numbers, tanh(2uv + u − v)/.8, (n,)."""
    x = np.asarray(x, dtype=float)
    while x.shape[1] > 1:
        u, v = x[:, ::2], x[:, 1::2]
        x = np.tanh(2 * u * v + u - v) / 0.8
    return x[:, 0]


def hierarchy(
    *, seeds: tuple[int, ...], sizes: tuple[int, ...], n_test: int, width: int, steps: int,
    learning_rate: float, batch_size: int,
) -> dict[str, np.ndarray]:  # fmt: skip
    """Error of a network wired like the function it learns, and of one wired like another tree.

    with_prior: `tree_function` learnt by a Tree.  without: the same Tree, its inputs exchanged so
    that no node sees a pair that belongs together.  Same number of weights, same training.

    with_prior, without: (sizes, seeds), mean squared test error over the variance of the answers.
    """
    errors = np.zeros((2, len(sizes), len(seeds)), dtype=np.float32)
    exchanged = [0, 4, 1, 5, 2, 6, 3, 7]
    for k, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        x = rng.uniform(-1, 1, size=(max(sizes) + n_test, N_INPUTS)).astype(np.float32)
        y = tree_function(x).astype(np.float32)
        scale = y.std()
        for i, order in enumerate((list(range(N_INPUTS)), exchanged)):
            seen = x[:, order]
            for j, n in enumerate(sizes):
                model = Tree(width=width, seed=seed)
                fit(
                    model,
                    seen[n_test : n_test + n],
                    y[n_test : n_test + n, None] / scale,
                    epochs=-(-steps // -(-n // batch_size)),
                    learning_rate=learning_rate,
                    batch_size=batch_size,
                    seed=seed,
                    loss=nn.functional.mse_loss,
                )
                with torch.no_grad():
                    guess = scale * model(torch.as_tensor(seen[:n_test]))[:, 0].numpy()
                errors[i, j, k] = ((guess - y[:n_test]) ** 2).mean() / y[:n_test].var()
    return {"with_prior": errors[0], "without": errors[1]}
