"""Does the deterministic bottleneck find better partitions than embo, and at what cost?

20 random tables, p(x) ~ Dirichlet(10), p(y|x) ~ Dirichlet(0.3), 20 values of β each. The step of
embo adds β times a divergence in bits to a logarithm in nats, so that its β is β ln 2: verified
first, for α = 1, where the truth is known and the step is the same. It chooses among its restarts
by a cost in bits with the β as given. So it is asked twice, for β ln 2 and for β itself, and each
answer is compared at the β meant, by H(T) - β I(T;Y) in bits. It returns no encoder, so H(T) and
I(T;Y) are those that it reports. By default it leaves out points that are not monotone, most of
them here; the comparison has it keep all. Sides take turns, in one thread.
"""

import statistics
import time
import warnings

import numpy as np
from embo import InformationBottleneck

from ibtools.bottleneck.deterministic.solver import deterministic_bottleneck_curve

SIZES = ((16, 8), (32, 16), (48, 10), (64, 32))
TABLES_EACH = 5
BETAS = np.linspace(0.5, 25, 20)
UNITS = {"beta ln 2": np.log(2), "beta": 1.0}
REPEATS = 3


def table(n_x: int, n_y: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    p_x = rng.dirichlet(np.full(n_x, 10.0))
    return p_x[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def embo_points(p_xy: np.ndarray, betas: np.ndarray, **settings) -> tuple[np.ndarray, ...]:
    """The β that embo answers for, evenly spaced, and I(T;Y) and H(T) there, in bits."""
    np.random.seed(0)  # noqa: NPY002  embo draws from the global state
    solver = InformationBottleneck(
        pxy=p_xy.copy(), minbeta=betas[0], maxbeta=betas[-1], numbeta=len(betas), **settings
    )
    _, relevance, entropy, answered = solver.get_bottleneck()
    return np.asarray(answered), np.asarray(relevance), np.asarray(entropy)


def verify_unit() -> None:
    p_xy = np.array([[0.45, 0.05], [0.05, 0.45]])
    betas = np.linspace(0.8, 1.8, 51)
    answered, relevance, _ = embo_points(p_xy, betas, iterations=3000, rtol=1e-10)
    onset = answered[relevance > 1e-3].min()
    print(f"the symmetric source leaves 0 at beta = 1.5625; with embo at {onset:.2f}, ", end="")
    print(f"which is {onset / np.log(2):.2f} ln 2")
    assert abs(onset / np.log(2) - 1.5625) < 0.04


def seconds(solve) -> float:
    start = time.perf_counter()
    solve()
    return time.perf_counter() - start


def gaps_of(p_xy: np.ndarray, unit: float) -> np.ndarray:
    """embo's functional minus ours, in bits, at each β."""
    curve = deterministic_bottleneck_curve(p_xy, BETAS)
    answered, relevance, entropy = embo_points(
        p_xy, unit * BETAS, alpha=0, ensure_monotonic_bound=False
    )
    assert np.allclose(answered, unit * curve.beta)
    return entropy - curve.beta * relevance - curve.functional


def compare(n_x: int, n_y: int) -> dict[str, list[float]]:
    tables = [table(n_x, n_y, n_x * 1000 + n_y + i) for i in range(TABLES_EACH)]
    gaps = {name: [g for p in tables for g in gaps_of(p, unit)] for name, unit in UNITS.items()}
    print(f"{n_x} x {n_y}, {TABLES_EACH} tables of {len(BETAS)} beta: embo above ours by")
    for name, each in gaps.items():
        print(f"    {np.mean(each):.3f} bits on average, {max(each):.3f} at most, ", end="")
        print(f"{min(each):.1e} at least, asked for {name}")
        assert min(each) > -1e-9, "embo is better"
    left = [len(embo_points(p, np.log(2) * BETAS, alpha=0)[0]) for p in tables]
    ratios = sorted(
        seconds(lambda p=p: deterministic_bottleneck_curve(p, BETAS))
        / seconds(lambda p=p: embo_points(p, np.log(2) * BETAS, alpha=0))
        for p in tables
        for _ in range(REPEATS)
    )
    print(f"    our time {statistics.median(ratios):.2f} of embo's ", end="")
    print(f"({ratios[0]:.2f} to {ratios[-1]:.2f} in {len(ratios)} runs); ", end="")
    print(f"by default it keeps {min(left)} to {max(left)} points of {len(BETAS)}", flush=True)
    return gaps


def main() -> None:
    warnings.simplefilter("ignore")
    verify_unit()
    every = [compare(*size) for size in SIZES]
    for name in UNITS:
        gaps = [gap for each in every for gap in each[name]]
        print(f"all, asked for {name}: mean gap {np.mean(gaps):.3f}, max {max(gaps):.3f} bits")


if __name__ == "__main__":
    main()
