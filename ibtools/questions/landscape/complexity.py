"""What random-matrix theory says of the valleys of the spherical spin glass."""

import numpy as np
from scipy.optimize import brentq

from ibtools.information.validation import whole_number


def threshold_energy(order: int) -> float:
    """E∞ = 2 √((H − 1)/H), per spin and for many spins.

    Above −E∞ typical critical points have a share of directions down; below, few or none.
    """
    return 2 * np.sqrt((_order(order) - 1) / order)


def complexity(energy: np.ndarray, order: int, *, index: int = 0) -> np.ndarray:
    """ln of the expected number of critical points of one index up to this energy, over Λ spins.

    The index is the number of ways down; for many spins

    Θ_k(u) = ½ ln(H − 1) − (H − 2) u² / (4 (H − 1)) − (k + 1) I(u) up to u = −E∞, constant from
    there, with I(u) = (2/E∞²) ∫ √(z² − E∞²) dz from E∞ to −u; u is the energy per spin, with mean 0
    and variance 1/Λ. Where it is negative there is none, but for an exponentially small
    probability. Auffinger, Ben Arous and Černý (2013).
    """
    edge = threshold_energy(order)
    u = np.minimum(np.asarray(energy, dtype=float), -edge)
    root = np.sqrt(np.maximum(u**2 - edge**2, 0))
    integral = -u * root / edge**2 - np.log((root - u) / edge)
    quadratic = (order - 2) / (4 * (order - 1)) * u**2
    rare = (whole_number(index, "index", at_least=0) + 1) * integral
    return np.log(order - 1) / 2 - quadratic - rare


def lowest_energy(order: int, *, index: int = 0) -> float:
    """E_k: no critical point of this index lies below −E_k per spin, for many spins.

    E_0 is the energy of the ground state, 1.6570 for H = 3. E_k falls to E∞ with k.
    """
    edge = threshold_energy(order)
    return -brentq(lambda u: float(complexity(u, order, index=index)), -3 * edge, -edge)


def _order(order: int) -> int:
    return whole_number(order, "order", at_least=3)
