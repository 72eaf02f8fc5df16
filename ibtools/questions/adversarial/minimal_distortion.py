"""The smallest change of an input that gives it another label."""

import numpy as np
import torch
from scipy.optimize import minimize
from torch import nn

from ibtools.information.validation import columns, row, same_length, whole_number


def distortion(x: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """√(Σ_j (x'_j − x_j)² / d) (n,), the root mean square change of a pixel, of each row.

    x, changed: (n, d).  Source: Szegedy et al. (2014), section 4.2.
    """
    return np.sqrt(((columns(changed) - columns(x)) ** 2).mean(axis=1))


def minimal_distortion(
    model: nn.Module,
    x: np.ndarray,
    label: int,
    *,
    low: float = 0.0,
    high: float = 1.0,
    halvings: int = 8,
    iterations: int = 60,
) -> np.ndarray:
    """An input (d,) near x (d,) that the model gives this label, all values in [low, high].

    Minimises c ‖r‖² + loss(x + r, label) in the box by L-BFGS-B, for one c after another: c is
    raised, by bisection of its logarithm, as long as the label is reached. loss is the
    cross-entropy of the wanted label. The squared norm, in place of the paper's norm, is smooth
    at r = 0.
    What is returned is the nearest input found that has the label; the search may end in a local
    minimum, so that its distortion is an upper bound of the least.
    Source: Szegedy et al. (2014), section 4.1.

    Raises ValueError for x outside [low, high], and when no input with the label is found.
    """
    x = row(x, "x")
    if x.min() < low or x.max() > high:
        raise ValueError(f"x must lie in [{low}, {high}], got {x.min():g} to {x.max():g}")
    whole_number(halvings, "halvings")
    wanted = torch.tensor([whole_number(label, "label", at_least=0)])
    start = torch.as_tensor(x, dtype=torch.float32)

    def objective(values: np.ndarray, c: float) -> tuple[float, np.ndarray]:
        seen = torch.as_tensor(values, dtype=torch.float32).requires_grad_()
        loss = nn.functional.cross_entropy(model(seen[None]), wanted)
        loss = loss + c * ((seen - start) ** 2).sum()
        (gradient,) = torch.autograd.grad(loss, seen)
        return float(loss.detach()), gradient.numpy().astype(float)

    def has_label(values: np.ndarray) -> bool:
        with torch.no_grad():
            output = model(torch.as_tensor(values[None], dtype=torch.float32))
        return int(output.argmax()) == label

    best, least, largest = None, -12.0, 6.0
    for _ in range(halvings):
        middle = (least + largest) / 2
        found = minimize(
            objective,
            x,
            args=(np.exp(middle),),
            jac=True,
            method="L-BFGS-B",
            bounds=[(low, high)] * len(x),
            options={"maxiter": iterations},
        ).x
        if has_label(found):
            least = middle
            if best is None or np.linalg.norm(found - x) < np.linalg.norm(best - x):
                best = found
        else:
            largest = middle
    if best is None:
        raise ValueError(f"label must be one that the model gives near x, got {label}")
    return best


def linear_distance(
    weights: np.ndarray, biases: np.ndarray, x: np.ndarray, label: int
) -> np.ndarray:
    """‖r‖₂ (n,) of the least change with which argmax(W x + b) comes to prefer label, no box.

    (f_k − f_label) / ‖w_k − w_label‖, k the model's own answer: exact where no third class is in
    the way, and a lower bound where one is.  0 where label is the answer.
    weights: (classes, d).  biases: (classes,).  x: (n, d).
    """
    x = columns(x)
    output = x @ np.asarray(weights, dtype=float).T + biases
    own = output.argmax(axis=1)
    lead = output[np.arange(len(x)), own] - output[:, label]
    apart = np.linalg.norm(weights[own] - weights[label], axis=1)
    return np.divide(lead, apart, out=np.zeros(len(x)), where=apart > 0)


def scaled_to(
    x: np.ndarray, changed: np.ndarray, size: float, *, low: float = 0.0, high: float = 1.0
) -> np.ndarray:
    """The same changes, each scaled to the distortion size before values are cut to [low, high].

    x, changed: (n, d), no row unchanged.
    """
    same_length(x=x, changed=changed)
    own = distortion(x, changed)
    if not (own > 0).all():
        raise ValueError("changed must differ from x in every row")
    return np.clip(x + (changed - x) * (size / own)[:, None], low, high)
