"""Where the gradient of a small network's loss is zero, and in how many directions it goes down."""

from collections.abc import Callable

import numpy as np
import torch
from scipy.optimize import least_squares

from ibtools.information.validation import columns, row, same_length, whole_number

Loss = Callable[[torch.Tensor], torch.Tensor]


def squared_loss(x: np.ndarray, y: np.ndarray, *, n_hidden: int, weight_decay: float) -> Loss:
    """The loss of a network with one hidden layer of tanh, as a function of its parameters.

    ½ mean (f(x) − y)² + ½ weight_decay Σ p², parameters p in a row: W (inputs × hidden, by rows),
    hidden biases, output weights, output bias; see `n_parameters`. x: (n, inputs).  y: (n,).

    Without decay whole valleys would be critical; with it critical points stand alone.
    """
    same_length(x=x, y=y)
    inputs, wanted = (torch.from_numpy(each.astype(float)) for each in (columns(x), row(y, "y")))
    n_in, m = inputs.shape[1], whole_number(n_hidden, "n_hidden")

    def loss(p: torch.Tensor) -> torch.Tensor:
        hidden = torch.tanh(inputs @ p[: n_in * m].reshape(n_in, m) + p[n_in * m : (n_in + 1) * m])
        off = hidden @ p[-m - 1 : -1] + p[-1] - wanted
        return (off**2).mean() / 2 + weight_decay / 2 * (p**2).sum()

    return loss


def n_parameters(n_inputs: int, n_hidden: int) -> int:
    """Parameters of the network of `squared_loss`."""
    return (n_inputs + 2) * n_hidden + 1


def critical_point(
    loss: Loss, start: np.ndarray, *, steps: int = 300, tolerance: float = 1e-9
) -> np.ndarray | None:
    """A point near the start where the gradient's length is below the tolerance, None if none.

    The length of the gradient is made small by the method of Levenberg and Marquardt, with the
    Hessian as its Jacobian: it goes to saddles as willingly as to minima. It may end where the
    length is least without being 0; such an end is no critical point.
    """
    gradient, hessian = torch.func.grad(loss), _hessian(loss)
    found = least_squares(
        lambda p: gradient(torch.from_numpy(p)).numpy(),
        row(start, "start").astype(float),
        jac=lambda p: hessian(torch.from_numpy(p)).numpy(),
        method="lm",
        max_nfev=whole_number(steps, "steps"),
        xtol=1e-15,
        ftol=1e-15,
        gtol=1e-15,
    )
    return found.x if np.linalg.norm(found.fun) < tolerance else None


def curvatures(loss: Loss, point: np.ndarray) -> np.ndarray:
    """Eigenvalues of the Hessian at a point, smallest first."""
    return np.linalg.eigvalsh(_hessian(loss)(torch.from_numpy(point)).numpy())


def _hessian(loss: Loss) -> Loss:
    # Backwards twice; torch.func.hessian goes forwards once, which warns of parts of PyTorch that
    # are going away.
    return torch.func.jacrev(torch.func.grad(loss))
