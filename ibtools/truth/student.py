"""Student-t pairs: tails so heavy that a correlation may not exist, yet the information is finite.

The coordinates of X and Y are uncorrelated here and still depend: one random scale, common to all
of them, makes all large at once. An estimator that looks at correlations alone sees nothing.
"""

import numpy as np
from scipy.special import digamma, gammaln

from ibtools.information.validation import whole_number
from ibtools.truth.law import Law


def student_entropy(d: int, dof: float) -> float:
    """Differential entropy in nats of the d-dimensional Student-t with unit dispersion:

        h = ln Γ(ν/2) - ln Γ((ν+d)/2) + (d/2) ln(νπ) + (ν+d)/2 (ψ((ν+d)/2) - ψ(ν/2))

    Source: Arellano-Valle, Contreras-Reyes & Genton (2013), Scandinavian Journal of Statistics 40,
    equation 7.
    """
    half, whole = dof / 2, (dof + d) / 2
    return (
        gammaln(half)
        - gammaln(whole)
        + d / 2 * np.log(dof * np.pi)
        + whole * (digamma(whole) - digamma(half))
    )


def student_pairs(d: int, dof: float, *, source: str = "") -> Law:
    """d × d coordinates jointly Student-t, ν = dof, unit dispersion: I = h(X) + h(Y) - h(X, Y).

    Raises ValueError when dof is not greater than 0.
    """
    if not dof > 0:
        raise ValueError(f"dof must be greater than 0, got {dof}")
    d = whole_number(d, "d")

    def draw(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        normal = rng.standard_normal((n, 2 * d))
        joint = normal / np.sqrt(rng.chisquare(dof, (n, 1)) / dof)
        return joint[:, :d], joint[:, d:]

    nats = 2 * student_entropy(d, dof) - student_entropy(2 * d, dof)
    # With ν → ∞ the information vanishes, and rounding may leave less than 0.
    information = max(0.0, float(nats / np.log(2)))
    name = f"Student-t {d} × {d} (dof={dof:g})"
    return Law(name, information, draw, d_x=d, d_y=d, source=source)
