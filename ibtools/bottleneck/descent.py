"""Down to a solution of the self-consistent equations, in few sweeps."""

from typing import NamedTuple

import numpy as np
from scipy.special import logsumexp

from ibtools.bottleneck.self_consistent import NOTHING, Clusters, Sweep, Tables, sweep
from ibtools.bottleneck.tidying import tidied

FIRST_REACH = 4.0


class Descent(NamedTuple):
    """Where a descent has ended: the last sweep, the functional after each, and whether at rest."""

    last: Sweep
    history: list[float]
    converged: bool


def descend(
    tables: Tables, start: Clusters, beta: float, *, tolerance: float, max_steps: int
) -> Descent:
    """Sweep until no cluster promises more than `tolerance` nats, then tidy up; until at rest.

    Sweeps go in pairs, and each pair is extrapolated. The result counts only if its functional is
    no higher, so that the functional never increases.
    """
    at = sweep(tables, start, beta)
    history = [at.functional]
    reach = FIRST_REACH
    while len(history) <= max_steps:
        before = at.functional
        one = sweep(tables, at.clusters, beta)
        two = sweep(tables, one.clusters, beta)
        further, length = extrapolated(tables, at.clusters, one.clusters, two.clusters, reach)
        three = sweep(tables, further, beta)
        accepted = three.functional <= two.functional
        history += [one.functional, two.functional] + [three.functional] * accepted
        at = three if accepted else two
        if length == reach or not accepted:
            reach = 4 * reach if accepted else max(FIRST_REACH, reach / 4)
        if two.promise < tolerance and before - at.functional < tolerance / 100:
            tidy = tidied(tables, at, beta)
            if len(tidy.clusters.log_q_t) == len(at.clusters.log_q_t):
                return Descent(at, history, True)
            at = tidy
            history.append(at.functional)
    return Descent(at, history, False)


def extrapolated(
    tables: Tables, at: Clusters, one: Clusters, two: Clusters, reach: float
) -> tuple[Clusters, float]:
    """Where the steps at → one → two lead, and how far that is in steps, `reach` at most.

    If each step were a fixed fraction of the last, the limit would be known after two. In many
    dimensions one length α for all is taken from the sizes of the step and of its change; the
    logarithms of the probabilities keep what results positive. (SQUAREM: Varadhan & Roland 2008,
    Scandinavian Journal of Statistics 35, 335-353)
    """
    steps = [b - a for a, b in zip(at, one, strict=True)]
    changes = [b - a - step for a, b, step in zip(one, two, steps, strict=True)]
    size = sum(np.vdot(step, step) for step in steps)
    curvature = sum(np.vdot(change, change) for change in changes)
    length = float(np.clip(np.sqrt(size / max(curvature, NOTHING)), 1, reach))
    log_q_t, log_ratio = (
        a + 2 * length * step + length**2 * change
        for a, step, change in zip(at, steps, changes, strict=True)
    )
    return normalised(tables, Clusters(log_q_t, log_ratio)), length


def normalised(tables: Tables, clusters: Clusters) -> Clusters:
    """The clusters with probabilities that sum to 1."""
    log_q_t, log_ratio = clusters
    log_p_y = np.log(tables.p_y)
    log_q_y = log_ratio + log_p_y
    return Clusters(
        log_q_t - logsumexp(log_q_t),
        log_q_y - logsumexp(log_q_y, axis=1, keepdims=True) - log_p_y,
    )
