"""The information curve of jointly Gaussian X and Y: concave, smooth, of n pieces."""

import numpy as np

from ibtools.bottleneck.curve import IBCurve, validated_costs
from ibtools.bottleneck.gaussian.canonical import canonical_directions
from ibtools.bottleneck.gaussian.solver import solution_along
from ibtools.bottleneck.settings import validated_betas
from ibtools.information.validation import validated_base


def gaussian_bottleneck_curve(
    cov: np.ndarray, n_x: int, betas: np.ndarray, *, base: float = 2
) -> IBCurve:
    """`gaussian_bottleneck` for each of betas (n,), one point a β in the order given.

    Its solutions are `GaussianSolution`s, n_clusters the numbers of active directions, and H_T is
    infinite. These are points of the exact curve; between them see `gaussian_relevance_at`.

    Raises the errors of `gaussian_bottleneck`, and ValueError when betas is empty.
    """
    betas = validated_betas(betas)
    rho, directions = canonical_directions(cov, n_x)
    solutions = tuple(solution_along(rho, directions, beta, base=base) for beta in betas)
    with np.errstate(divide="ignore"):
        nats = -np.log(solutions[0].eigenvalues).sum() / 2
    return IBCurve(
        beta=betas,
        I_XT=np.array([s.I_XT for s in solutions]),
        I_TY=np.array([s.I_TY for s in solutions]),
        H_T=np.full(len(solutions), np.inf),
        n_clusters=np.array([s.n_active for s in solutions]),
        converged=np.ones(len(solutions), dtype=bool),
        I_XY=float(nats / np.log(solutions[0].base)),
        base=solutions[0].base,
        solutions=solutions,
    )


def gaussian_relevance_at(
    cov: np.ndarray, n_x: int, cost_value: np.ndarray | float, *, base: float = 2
) -> np.ndarray:
    """The largest I(T;Y) for I(X;T) = cost_value: the information curve itself, exactly.

    With n active directions

        I(T;Y) = I(X;T) - n/2 log( (Π ρ_i²)^(1/n) + (Π λ_i)^(1/n) exp(2 I(X;T)/n) )  (in nats)

    and the n+1st opens at I(X;T) = ½ Σ_{i≤n} (s_{n+1} - s_i), where s_i = log λ_i/ρ_i²: cost is
    shared out as water fills a vessel whose floor is at s_i in direction i. Where X determines a
    part of Y, all that is paid is told: I(T;Y) = I(X;T). For ever larger cost it comes to I(X;Y).

    Raises ValueError for a negative or NaN cost_value, and the errors of `gaussian_bottleneck`.
    Source: Chechik et al. (2005), Journal of Machine Learning Research 6, 165-188.
    """
    rho, _ = canonical_directions(cov, n_x)
    unit = np.log(validated_base(base))
    paid = validated_costs(cost_value) * unit
    rho = rho[rho > 0]
    if len(rho) == 0:
        return np.zeros_like(paid)
    if rho[0] == 1:
        return paid / unit
    log_share = 2 * np.log(rho)
    floor = np.log1p(-rho) + np.log1p(rho) - log_share
    n = np.arange(1, len(rho) + 1)
    opens_at = (np.arange(len(rho)) * floor - np.r_[0, floor.cumsum()[:-1]]) / 2
    active = np.searchsorted(opens_at, paid, side="right")
    mean_floor = (floor.cumsum() / n)[active - 1]
    total_share = log_share.cumsum()[active - 1]
    # The formula above with I(X;T) taken into the logarithm, where no large cost can overflow.
    nats = -(active * np.logaddexp(-2 * paid / active, mean_floor) + total_share) / 2
    return nats / unit
