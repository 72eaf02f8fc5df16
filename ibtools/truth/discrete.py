"""Two variables with finitely many values: the information is a sum over their table."""

import numpy as np

from ibtools.information import mutual_information_from_table
from ibtools.information.validation import whole_number
from ibtools.truth.law import Law


def from_table(p_xy: np.ndarray, name: str, *, source: str = "") -> Law:
    """x = i and y = j with probability p_xy[i, j].

    Raises ValueError when p_xy is not a normalised table with two axes.
    """
    p_xy = np.asarray(p_xy, dtype=float)
    information = mutual_information_from_table(p_xy)

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        cells = rng.choice(p_xy.size, size=n, p=p_xy.ravel() / p_xy.sum())
        return np.divmod(cells, p_xy.shape[1])

    return Law(name, information, draw, kind="discrete", source=source)


def binary_symmetric_channel(flip: float) -> Law:
    """A fair bit, flipped with probability ε: I = 1 - h(ε) bits."""
    if not 0 <= flip <= 1:
        raise ValueError(f"flip must lie between 0 and 1, got {flip}")
    table = np.array([[1 - flip, flip], [flip, 1 - flip]]) / 2
    return from_table(table, f"Binary symmetric channel (flip = {flip:g})")


def identical_symbols(m: int) -> Law:
    """Y = X, uniform over m symbols: I = log2 m."""
    m = whole_number(m, "m")
    return from_table(np.eye(m) / m, f"Identical symbols ({m})")


def independent_symbols(m_x: int, m_y: int) -> Law:
    """Uniform and independent: I = 0; whatever an estimate says is bias and noise."""
    shape = whole_number(m_x, "m_x"), whole_number(m_y, "m_y")
    return from_table(np.full(shape, 1 / (m_x * m_y)), f"Independent symbols ({m_x} × {m_y})")


def random_table(m_x: int, m_y: int, *, seed: int = 0, concentration: float = 0.3) -> Law:
    """p(x) uniform, each p(y|x) drawn from a symmetric Dirichlet: the smaller, the spikier."""
    shape = whole_number(m_x, "m_x"), whole_number(m_y, "m_y")
    rows = np.random.default_rng(seed).dirichlet(np.full(shape[1], concentration), shape[0])
    return from_table(rows / m_x, f"Random table ({m_x} × {m_y}, seed {seed})")
