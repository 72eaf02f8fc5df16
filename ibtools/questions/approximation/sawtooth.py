"""Zigzags: exponentially many with depth, one for each unit without."""

import numpy as np
import torch
from torch import nn

from ibtools.information.validation import whole_number
from ibtools.questions.fitting import fit, fully_connected, parameter_count


def sawtooth(x: np.ndarray, depth: int) -> np.ndarray:
    """The tent 2 max(0, x) − 4 max(0, x − ½) applied depth times to x in [0, 1].

    Two units a layer.  2^depth straight pieces between 0 and 1. Source: Telgarsky (2016).
    """
    x = np.asarray(x, dtype=float)
    for _ in range(whole_number(depth, "depth")):
        x = 2 * np.maximum(0, x) - 4 * np.maximum(0, x - 0.5)
    return x


def learnt_sawtooth(
    *,
    seeds: tuple[int, ...],
    depths: tuple[int, ...],
    deep: tuple[int, ...],
    n_train: int,
    steps: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Error of a deep and a shallow network with as many weights, trained on sawtooths.

    deep: hidden widths.  The shallow network has one hidden layer, as wide as the number of weights
    allows. Places are drawn evenly from [0, 1] for training, 1,000 evenly spaced ones test.

    deep, shallow: (depths, seeds), mean squared error over the variance of the sawtooth.
    parameters: (2,), of both.
    """
    n_weights = parameter_count(fully_connected([1, *deep, 1]))
    widths = {"deep": list(deep), "shallow": [(n_weights - 1) // 3]}
    at = (np.arange(1000) + 0.5) / 1000
    errors = {key: np.zeros((len(depths), len(seeds)), dtype=np.float32) for key in widths}
    counts = []
    for key, hidden in widths.items():
        counts.append(parameter_count(fully_connected([1, *hidden, 1])))
        for i, depth in enumerate(depths):
            target = sawtooth(at, depth)
            for k, seed in enumerate(seeds):
                x = np.random.default_rng(seed).uniform(0, 1, n_train)
                y = sawtooth(x, depth)
                model = fully_connected([1, *hidden, 1], seed=seed)
                fit(
                    model,
                    # Centred, so that the kinks of the first layer lie among the data.
                    (2 * x - 1).astype(np.float32)[:, None],
                    y.astype(np.float32)[:, None],
                    epochs=-(-steps // -(-n_train // batch_size)),
                    learning_rate=learning_rate,
                    batch_size=batch_size,
                    seed=seed,
                    loss=nn.functional.mse_loss,
                )
                with torch.no_grad():
                    guess = model(torch.as_tensor(2 * at - 1, dtype=torch.float32)[:, None])
                error = ((guess[:, 0].numpy() - target) ** 2).mean() / target.var()
                errors[key][i, k] = error
    return errors | {"parameters": np.array(counts)}
