"""A uniform variable seen through uniform noise."""

import numpy as np

from ibtools.truth.law import Law


def uniform_with_noise(width: float, *, source: str = "") -> Law:
    """X ~ U(0, 1), Y = X + N, N ~ U(-ε, ε) with ε = width. In nats, with h(Y|X) = ln 2ε,

        I = h(Y) - ln 2ε = ε - ln 2ε  for ε ≤ ½,   1/(4ε)  above.

    The density of Y is a trapezium: flat in the middle, and ramps of length min(2ε, 1).
    Raises ValueError when ε is not greater than 0.
    """
    if not width > 0:
        raise ValueError(f"width must be greater than 0, got {width}")

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.random((n, 1))
        return x, x + rng.uniform(-width, width, (n, 1))

    nats = width - np.log(2 * width) if width <= 0.5 else 1 / (4 * width)
    name = f"Uniform 1 × 1 (additive noise={width:g})"
    return Law(name, float(nats / np.log(2)), draw, source=source)
