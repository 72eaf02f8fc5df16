"""The bottleneck with a power of the cost, which reaches points that the Lagrangian passes over.

    minimise  I(X;T)^p - β I(T;Y)  over q(t|x),  p > 1

Where the information curve is straight, I(X;T) - β I(T;Y) has one β for all points of the straight
piece and jumps from end to end; if Y is a function of X, the whole curve is such a piece. A
strictly convex function of I(X;T) has one best point on any concave curve, that moves as β does.

I(X;T)^p depends on the unit: β is measured in units of I(X;T)^(p-1), so that β for bits is β for
nats divided by (ln 2)^(p-1).

Source: Kolchinsky, Tracey & Van Kuyk (2019), Caveats for information bottleneck in deterministic
scenarios, arXiv:1808.07593, section 4. They maximise I(T;Y) - β' I(X;T)²: β' is 1/β here.
"""

import warnings
from dataclasses import replace

import numpy as np

from ibtools.bottleneck.blahut_arimoto.solver import information_bottleneck
from ibtools.bottleneck.curve import IBCurve
from ibtools.bottleneck.merging import merge_equal_clusters
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.settings import validated_betas, warn_of_unconverged
from ibtools.bottleneck.solution import BottleneckWarning, Solution, encoder_solution
from ibtools.bottleneck.sufficient import minimal_sufficient_statistic
from ibtools.information.validation import positive, validated_base, whole_number

ROUNDING = 1e-12
# With more, powers of a few bits over- and underflow.
MOST_POWER = 100


def power_bottleneck(
    p_xy: np.ndarray | Problem,
    beta: float,
    *,
    power: float = 2,
    n_restarts: int = 0,
    tolerance: float = 1e-7,
    max_steps: int = 50,
    seed: int = 0,
    base: float = 2,
) -> Solution:
    """The encoder with the smallest I(X;T)^power - β I(T;Y), I(X;T) in units of log base.

    n_restarts: of each information bottleneck that is solved on the way.
    tolerance: how far above the minimum the functional may be.
    max_steps: bottlenecks solved; a result that needs more has converged=False and warns.

    Any mixture of two encoders is an encoder, T telling which of them was used: all points on the
    chord between two points of the information plane can be had, and the problem is convex in two
    dimensions. A step takes the best point (r, y) on the envelope of the points known so far. There
    I(X;T)^p - β I(T;Y) has the slope p r^(p-1) in I(X;T); the information bottleneck with β / that
    slope leads farthest down along it (the Frank-Wolfe method). Either it finds a new point above
    the envelope, or the best has been found: as I^p is convex, no encoder is lower than (r, y) by
    more than the best is on the linear approximation. converged=True says that this is at most
    tolerance, as far as the bottleneck that was solved last is a global minimum.

    The result is one encoder where one is within tolerance of the best, and else a mixture of two,
    with the clusters of both. history is the functional of the best point after each step.

    Raises ValueError for β not positive and finite, a power not above 1 (for 1 use
    `information_bottleneck`) or above 100, settings out of range, and the errors of Problem.
    """
    return power_bottleneck_curve(
        p_xy,
        np.array([positive(beta, "beta")]),
        power=power,
        n_restarts=n_restarts,
        tolerance=tolerance,
        max_steps=max_steps,
        seed=seed,
        base=base,
    )[0]


def power_bottleneck_curve(
    p_xy: np.ndarray | Problem,
    betas: np.ndarray,
    *,
    power: float = 2,
    n_restarts: int = 0,
    tolerance: float = 1e-7,
    max_steps: int = 50,
    seed: int = 0,
    base: float = 2,
) -> IBCurve:
    """`power_bottleneck` for each of betas (n,), one point a β, in the order given.

    Each β goes on with the points that were found for those before it. Settings and errors as in
    `power_bottleneck`; ValueError also for betas that are not one-dimensional or empty.
    """
    problem = Problem.of(p_xy)
    betas, power, base = validated_betas(betas), validated_power(power), validated_base(base)
    tolerance, max_steps = positive(tolerance, "tolerance"), whole_number(max_steps, "max_steps")
    settings = {
        "n_restarts": whole_number(n_restarts, "n_restarts", at_least=0),
        "tolerance": tolerance / 10,
        "seed": seed,
        "base": base,
    }
    smaller, statistic = minimal_sufficient_statistic(problem)
    everything = np.eye(smaller.n_x)[statistic]
    known = [encoder_solution(problem, everything, beta=1, base=base)]
    solutions = [
        _solved(problem, known, float(beta), power, tolerance, max_steps, settings)
        for beta in betas
    ]
    warn_of_unconverged(solutions, f"the bottleneck with power {power:g}", max_steps)
    return IBCurve.from_solutions(problem, solutions)


def validated_power(power: float) -> float:
    if not 1 < positive(power, "power") <= MOST_POWER:
        raise ValueError(
            f"power must be above 1 and at most {MOST_POWER}, got {power!r}: for 1 use "
            "information_bottleneck"
        )
    return float(power)


def _solved(
    problem: Problem,
    known: list[Solution],
    beta: float,
    power: float,
    tolerance: float,
    max_steps: int,
    settings: dict,
) -> Solution:
    """The solution for one β; the points of the plane found on the way are added to known."""
    if problem.information() < ROUNDING:
        nothing = np.ones((problem.n_x, 1))
        return encoder_solution(problem, nothing, beta=beta, power=power, base=settings["base"])
    history, at_rest = [], False
    while True:
        best, multiplier = _best_mixture(problem, known, beta, power)
        history.append(best.functional)
        if at_rest or len(history) > max_steps:
            break
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", BottleneckWarning)
            new = information_bottleneck(problem, multiplier, **settings)
        gap = beta * ((best.I_XT - new.I_XT) / multiplier - (best.I_TY - new.I_TY))
        at_rest = new.converged and gap <= tolerance / 2
        if new.I_XT > ROUNDING:
            known.append(new)
    alone = [replace(solution, beta=beta, power=power) for solution in known]
    single = min(alone, key=lambda solution: solution.functional)
    chosen = single if single.functional <= best.functional + tolerance / 2 else best
    return encoder_solution(
        problem,
        merge_equal_clusters(problem, chosen.q_t_given_x),
        beta=beta,
        power=power,
        converged=at_rest,
        history=history,
        base=best.base,
    )


def _best_mixture(
    problem: Problem, known: list[Solution], beta: float, power: float
) -> tuple[Solution, float]:
    """The encoder with the smallest functional on the envelope of (0, 0) and what is known.

    Also the multiplier β / (p r^(p-1)), with which the Lagrangian goes on from there.
    """
    hull = IBCurve.from_solutions(problem, known).envelope()
    r, y = np.r_[0.0, hull.I_XT], np.r_[0.0, hull.I_TY]
    encoders = [np.ones((problem.n_x, 1)), *(solution.q_t_given_x for solution in hull)]
    steepness = np.diff(y) / np.diff(r)
    # Where the functional is least on the line through two neighbours, if that is between them.
    with np.errstate(over="ignore"):
        inside = (beta / power * steepness) ** (1 / (power - 1))
    share = np.clip((inside - r[:-1]) / np.diff(r), 0, 1)
    values = (r[:-1] + share * np.diff(r)) ** power - beta * (y[:-1] + share * np.diff(y))
    k = int(values.argmin())
    mixture = np.hstack([(1 - share[k]) * encoders[k], share[k] * encoders[k + 1]])
    best = encoder_solution(problem, mixture, beta=beta, power=power, base=known[0].base)
    if share[k] < 1 and (share[k] > 0 or k == 0):
        # The same, where r may be lost in rounding.
        return best, float(1 / steepness[k])
    return best, float(beta / (power * best.I_XT ** (power - 1)))
