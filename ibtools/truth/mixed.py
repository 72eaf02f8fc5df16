"""Laws between discrete and continuous: one variable has atoms, or both have atoms and a density.

Neither entropy need exist, the information does. Written with the density of p(x, y) against
p(x) p(y), it is a sum over the atoms plus an integral over the rest.

Source: Gao, Kannan, Oh & Viswanath (2017), "Estimating Mutual Information for
Discrete-Continuous Mixtures", arXiv:1709.06212.
"""

import numpy as np
from scipy.special import xlogy

from ibtools.information import mutual_information_from_table
from ibtools.information.validation import whole_number
from ibtools.truth.gaussian import correlated_gaussians
from ibtools.truth.law import Law

SOURCE = "Gao et al. 2017, arXiv:1709.06212"


def uniform_steps(m: int) -> Law:
    """X uniform on 0 … m-1, Y | X ~ U(X, X+2): I = log2 m - (m-1)/m bits.

    Y tells X apart up to one neighbour; only at both ends does it tell all.
    """
    m = whole_number(m, "m")

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.integers(m, size=n)
        return x, x[:, None] + rng.uniform(0, 2, (n, 1))

    name = f"Uniform steps ({m})"
    return Law(name, float(np.log2(m) - (m - 1) / m), draw, kind="mixed", source=SOURCE)


def zero_inflated_poisson(p: float) -> Law:
    """X ~ Exp(1); Y = 0 with probability p, else Y ~ Poisson(X). In nats, for p = 0,

        I₀ = 2 ln 2 - γ - Σ_k 2^-k ln k ≈ 0.3012.

    With p > 0 the value quoted for this law is (1-p) I₀. That is I[X; Y, B] for one who also sees
    the coin B that made the zero. From Y alone a zero made by the coin cannot be told from a
    Poisson's zero, and I[X;Y] is smaller. Only the term of Y = 0 changes: v = P(Y=0 | X) is
    p + (1-p) e^-X, uniform on (p, 1), and with P = (1+p)/2 the term is E[v ln v] - P ln P; it was
    ½ ln 2 - ¼ at p = 0.

    Raises ValueError when p is not in [0, 1).
    """
    if not 0 <= p < 1:
        raise ValueError(f"p must be at least 0 and less than 1, got {p}")
    k = np.arange(1, 64)
    all_terms = 2 * np.log(2) - np.euler_gamma - (np.log(k) / 2.0**k).sum()
    zero_term = np.log(2) / 2 - 1 / 4
    mean_v_log_v = ((p**2 - 1) / 4 - p * xlogy(p, p) / 2) / (1 - p)
    inflated_zero_term = mean_v_log_v - xlogy((1 + p) / 2, (1 + p) / 2)
    nats = (1 - p) * (all_terms - zero_term) + inflated_zero_term

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x = rng.exponential(size=n)
        return x[:, None], np.where(rng.random(n) < p, 0, rng.poisson(x))

    name = f"Zero-inflated Poisson (p = {p:g})"
    return Law(name, float(nats / np.log(2)), draw, kind="mixed", source=SOURCE)


def half_atoms(rho: float = 0.9, agreement: float = 0.9) -> Law:
    """With probability ½ a Gaussian pair of correlation ρ, else two signs ±1 that mostly agree.

    A value of exactly ±1 betrays the second half, to either variable: the halves share one bit,

        I = 1 + ½ I(Gaussian) + ½ I(signs).
    """
    gaussian = correlated_gaussians(1, rho)
    table = np.array([[agreement, 1 - agreement], [1 - agreement, agreement]]) / 2
    information = 1 + (gaussian.information + mutual_information_from_table(table)) / 2

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        x, y = gaussian.draw(n, rng)
        is_sign = rng.random((n, 1)) < 0.5
        sign = rng.choice([-1.0, 1.0], (n, 1))
        other = np.where(rng.random((n, 1)) < agreement, sign, -sign)
        return np.where(is_sign, sign, x), np.where(is_sign, other, y)

    name = f"Half atoms, half Gaussian (ρ = {rho:g})"
    return Law(name, information, draw, kind="mixed", source=f"after {SOURCE}")
