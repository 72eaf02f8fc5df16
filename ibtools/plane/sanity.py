"""Does a plane show what no true information can do?

Layers of a deterministic network on n equally likely inputs form a chain X → T1 → T2 → …, so that
truly

    0 ≤ I(T;Y) ≤ I(X;T) ≤ log n,    I(T;Y) ≤ H(Y),
    I(X;T) and I(T;Y) never rise from a layer to a deeper one (data processing).

Estimates are under no such law. Where they break it, the plane shows the estimator and not the
network. And where I(X;T) sits at log n it shows how many inputs there were.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from ibtools.information.discrete import entropy_discrete
from ibtools.information.estimate import unit_name
from ibtools.information.validation import validated_base
from ibtools.plane import artefacts
from ibtools.plane.findings import Finding, findings_by_layer
from ibtools.plane.trajectory import Trajectory

AT_LOG_N = "I(X;T) at log n"
TRULY_LOG_N = "I(X;T) truly log n"
NEAR = 0.99


def _rise(values: np.ndarray) -> np.ndarray:
    """How much more each layer has than the poorest shallower one; the first: -inf."""
    rise = np.full(values.shape, -np.inf)
    rise[..., 1:] = values[..., 1:] - np.minimum.accumulate(values, axis=-1)[..., :-1]
    return rise


def _validated(name: str, values: np.ndarray, shape: tuple | None = None) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if values.ndim != 3 or values.size == 0 or (shape or values.shape) != values.shape:
        expected = shape or "(networks, snapshots, layers)"
        raise ValueError(f"{name} must have shape {expected}, got {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError(f"{name} must be finite, got NaN or infinite values")
    return values


def plane_findings(
    I_XT: np.ndarray,
    I_TY: np.ndarray,
    *,
    n: int | None = None,
    H_Y: float | None = None,
    n_distinct: np.ndarray | None = None,
    estimator: dict | None = None,
    activation: str | None = None,
    layer_names: Sequence[str] | None = None,
    tolerance: float = 1e-3,
    base: float = 2,
) -> list[Finding]:
    """What is wrong with a plane: at most one finding for each kind and layer.

    I_XT, I_TY: (networks, snapshots, layers) in units of log base, shallow layers first.
    n: number of equally likely inputs, and H_Y: entropy of the labels in the plane's unit; what
    is not given is not checked.  n_distinct: shape of I_XT, how many inputs the layer itself keeps
    apart.  estimator, activation: what `ibtools.plane.artefacts.artefact` tells the cause from.
    tolerance: a smaller excess, in the plane's unit, counts as rounding.

    An empty list does not make the estimates right: they may be wrong within the laws.
    Raises ValueError for planes that are not finite, have other than three axes, or do not fit.
    """
    I_XT = _validated("I_XT", I_XT)
    I_TY = _validated("I_TY", I_TY, I_XT.shape)
    log_base, unit = math.log(validated_base(base)), unit_name(base)
    estimator = estimator or {}
    names = layer_names or [f"T{layer + 1}" for layer in range(I_XT.shape[2])]

    def law(kind: str, excess: np.ndarray, claim: str, shallower: np.ndarray | None = None):
        def words(layer, where, worst, at):
            other = names[shallower[where][:layer].argmin()] if shallower is not None else ""
            cause = artefacts.artefact(kind, estimator, activation)
            return (
                f"{names[layer]} {claim}{other} {at}, by up to {worst:.2g} {unit} "
                f"(network {where[0]}, snapshot {where[1]}): {cause}."
            )

        return findings_by_layer(kind, excess > tolerance, excess, words)

    found = [
        *law(artefacts.NEGATIVE, -np.minimum(I_XT, I_TY), "has negative information"),
        *law(artefacts.ABOVE_I_XT, I_TY - I_XT, "seems to know more of Y than of X"),
        *law(artefacts.DEEPER_X, _rise(I_XT), "seems to know more of X than ", I_XT),
        *law(artefacts.DEEPER_Y, _rise(I_TY), "seems to know more of Y than ", I_TY),
    ]
    if H_Y is not None:
        claim = f"seems to know more of Y than H(Y) = {H_Y:.4g} {unit}"
        found += law(artefacts.ABOVE_H_Y, I_TY - H_Y, claim)
    if n is not None:
        log_n = math.log(n) / log_base
        claim = f"seems to know more of X than log n = {log_n:.4g} {unit}, n = {n},"
        found += law(artefacts.ABOVE_LOG_N, I_XT - log_n, claim)
        found += _notes(I_XT, n, log_n, n_distinct, estimator, names, tolerance, unit)
    return found


def _notes(I_XT, n, log_n, n_distinct, estimator, names, tolerance, unit) -> Iterator[Finding]:
    """What breaks no law: estimates at log n, and truths there that the estimate hides."""
    ruler = artefacts.estimator_in_words(estimator)
    missing = log_n - I_XT

    def at_log_n(layer, where, worst, at):
        return (
            f"I(X;{names[layer]}) is within {worst:.2g} {unit} of log n = {log_n:.4g} {unit} {at}: "
            f"{ruler} keeps nearly all {n} inputs apart there, and the value is their number."
        )

    def truly_log_n(layer, where, worst, at):
        return (
            f"{names[layer]}: {at} {ruler} reads up to {worst:.2g} {unit} below the truth, "
            f"which is log n = {log_n:.4g} {unit}, as the layer itself keeps all {n} inputs apart."
        )

    near = (missing >= -tolerance) & (missing <= (1 - NEAR) * log_n)
    yield from findings_by_layer(AT_LOG_N, near, missing, at_log_n, impossible=False)
    if n_distinct is not None:
        hidden = (_validated("n_distinct", n_distinct, I_XT.shape) >= n) & (missing > tolerance)
        yield from findings_by_layer(TRULY_LOG_N, hidden, missing, truly_log_n, impossible=False)


def check_plane(trajectory: Trajectory, y: np.ndarray, *, tolerance: float = 1e-3) -> list[Finding]:
    """`plane_findings` of a trajectory measured on the inputs with labels y (samples,)."""
    return plane_findings(
        trajectory.I_XT,
        trajectory.I_TY,
        n=len(y),
        H_Y=entropy_discrete(y),
        n_distinct=trajectory.n_distinct,
        estimator=trajectory.estimator,
        activation=trajectory.settings.get("activation"),
        layer_names=trajectory.layer_names,
        tolerance=tolerance,
    )
