"""Rate and distortion: how few bits do when some error is allowed. The bottleneck's ancestor.

    R(D) = min I(X;T)  over q(t|x) with  Σ p(x) q(t|x) d(x,t) ≤ D

The letters t and what is lost by saying t for x, d(x,t), are given. The information bottleneck is
the same with d(x,t) = D[p(y|x) ‖ q(y|t)] and β for the slope, but there the letters themselves,
q(y|t), are made from the encoder: a distortion that moves while one descends, and local minima,
where here there are none (Tishby, Pereira & Bialek 1999, arXiv:physics/0004057).
"""

import warnings
from dataclasses import dataclass

import numpy as np

from ibtools.bottleneck.solution import BottleneckWarning
from ibtools.information.validation import (
    positive,
    real_numbers,
    validated_base,
    validated_table,
    whole_number,
)


@dataclass(frozen=True, eq=False)
class RateDistortion:
    """A point of R(D): what it costs, what it loses, and by which encoder.

    rate: I(X;T), in units of log `base`.  distortion: Σ p(x) q(t|x) d(x,t), in the units of d.
    slope: -dR/dD.  q_t_given_x: (n_x, n_t).  q_t: (n_t,).
    gap: no encoder has a rate + slope · distortion that is lower by more.
    """

    rate: float
    distortion: float
    slope: float
    q_t_given_x: np.ndarray
    q_t: np.ndarray
    gap: float
    n_steps: int
    converged: bool
    base: float = 2


def rate_distortion(
    p_x: np.ndarray,
    distortion: np.ndarray,
    slope: float,
    *,
    q_t: np.ndarray | None = None,
    tolerance: float = 1e-6,
    max_steps: int = 100_000,
    base: float = 2,
) -> RateDistortion:
    """The point of R(D) with slope -`slope`, which minimises  I(X;T) + slope · E d(X,T).

    p_x: (n_x,).  distortion: d(x,t), (n_x, n_t), finite.  slope: in units of log `base` for a unit
    of d.  q_t: (n_t,) where to start; all letters alike unless given.

    Blahut-Arimoto: each of  q(t|x) = q(t) e^{-s d(x,t)} / Z(x)  and  q(t) = Σ_x p(x) q(t|x)
    minimises, the other being held (Blahut 1972, IEEE Transactions on Information Theory 18,
    460-473). The problem is convex, and  log max_t Σ_x p(x) e^{-s d(x,t)} / Z(x)  bounds how far
    the minimum can be: it ends when this `gap` is below tolerance (same unit as the rate). The gap
    falls as slowly as one over the number of steps where letters are barely used.

    Where R(D) has a straight piece all its points have one slope, and any of them may come out.

    Raises ValueError for a p_x that is no distribution, a distortion of another shape or with
    infinite values, a slope not positive, a q_t without weight on some letter. Warns
    (BottleneckWarning) when max_steps do not suffice.
    """
    p_x = validated_table(p_x, "p_x", n_axes=1)
    distortion = _validated_distortion(distortion, len(p_x))
    unit = np.log(validated_base(base))
    s = positive(slope, "slope") * unit
    tolerance = positive(tolerance, "tolerance") * unit
    q_t = _validated_letters(q_t, distortion.shape[1])
    # The smallest distortion of each x comes off: it costs every encoder the same, and no factor
    # of the best letter can underflow.
    nearest = distortion.min(axis=1, keepdims=True)
    factors = np.exp(-s * (distortion - nearest))
    max_steps, n_steps = whole_number(max_steps, "max_steps"), 1
    while True:
        z = factors @ q_t
        growth = (p_x / z) @ factors
        gap = float(np.log(growth.max()))
        if gap < tolerance or n_steps == max_steps:
            break
        q_t = q_t * growth
        n_steps += 1
    if gap >= tolerance:
        warnings.warn(
            f"rate_distortion did not converge in {max_steps} steps, it may be "
            f"{gap / unit:.1e} above the minimum: raise max_steps or tolerance",
            BottleneckWarning,
            stacklevel=2,
        )
    encoder = factors * q_t / z[:, None]
    lost = float(p_x @ (encoder * distortion).sum(axis=1))
    lagrangian = -p_x @ np.log(z) + s * (p_x @ nearest[:, 0])
    used = p_x @ encoder
    # The encoder's own q(t) are better than those that it was made with.
    rate = lagrangian - s * lost - used[used > 0] @ np.log(growth[used > 0])
    return RateDistortion(
        rate=max(0.0, float(rate / unit)),
        distortion=lost,
        slope=float(slope),
        q_t_given_x=encoder,
        q_t=used,
        gap=max(0.0, gap / unit),
        n_steps=n_steps,
        converged=gap < tolerance,
        base=float(base),
    )


def rate_distortion_curve(
    p_x: np.ndarray, distortion: np.ndarray, slopes: np.ndarray, **settings
) -> list[RateDistortion]:
    """`rate_distortion` for each of slopes (n,), in their order, with its settings."""
    return [rate_distortion(p_x, distortion, float(slope), **settings) for slope in slopes]


def _validated_distortion(distortion: np.ndarray, n_x: int) -> np.ndarray:
    distortion = real_numbers(distortion, "distortion").astype(np.float64)
    if distortion.ndim != 2 or len(distortion) != n_x or distortion.shape[1] == 0:
        raise ValueError(f"distortion must have shape ({n_x}, n_t), got {distortion.shape}")
    if not np.isfinite(distortion).all():
        raise ValueError("distortion must be finite, got NaN or infinite values")
    return distortion


def _validated_letters(q_t: np.ndarray | None, n_t: int) -> np.ndarray:
    if q_t is None:
        return np.full(n_t, 1 / n_t)
    q_t = validated_table(q_t, "q_t", n_axes=1)
    if len(q_t) != n_t or (q_t == 0).any():
        raise ValueError(
            f"q_t must give weight to each of the {n_t} letters, got {np.count_nonzero(q_t)} "
            f"with weight of {len(q_t)}"
        )
    return q_t / q_t.sum()
