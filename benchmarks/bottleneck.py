"""What do fifty points of the information curve cost next to embo, and which are closer to optimal?

Random tables: p(x) ~ Dirichlet(10), p(y|x) ~ Dirichlet(0.3). Both sides run with their default
settings, in turn, in one thread. Both are then held against a reference: the smallest functional
I(X;T) - β I(T;Y) of plain sweeps annealed down, of ibtools annealed down and up, and of ten
restarts at every β (every tenth for the largest table), at a hundredth of the default tolerance.

embo multiplies β with bits inside an exponential of nats, so that its β is ours times ln 2 (a known
point of the binary symmetric channel is checked first). It leaves out points that would make its
curve fall; those it returns are compared at the β that it returns with them.
"""

import statistics
import time

import numpy as np
from embo import InformationBottleneck

from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve
from ibtools.bottleneck.blahut_arimoto.equations import blahut_arimoto_step
from ibtools.bottleneck.solution import encoder_solution

BETAS = np.linspace(0.5, 25, 50)
SHAPES = {(32, 16): 5, (64, 32): 5, (256, 10): 3}


def random_table(n_x: int, n_y: int) -> np.ndarray:
    rng = np.random.default_rng(n_x * 1000 + n_y)
    p_x = rng.dirichlet(np.full(n_x, 10.0))
    return p_x[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def embo_curve(p_xy: np.ndarray, betas: np.ndarray, **settings) -> tuple[np.ndarray, ...]:
    """I(X;T), I(T;Y) and our β of the points that embo returns."""
    units = np.log(2)
    solver = InformationBottleneck(
        pxy=p_xy.copy(),
        minbeta=betas[0] * units,
        maxbeta=betas[-1] * units,
        numbeta=len(betas),
        **settings,
    )
    i_xt, i_ty, _, their_betas = solver.get_bottleneck()
    return np.array(i_xt), np.array(i_ty), np.array(their_betas) / units


def check_units() -> None:
    """Run to its end on the binary symmetric channel with flips 0.1, embo has to give our point."""
    source = np.array([[0.45, 0.05], [0.05, 0.45]])
    i_xt, i_ty, betas = embo_curve(source, np.array([2.0, 3.0]), iterations=5000, rtol=1e-10)
    assert np.allclose([i_xt[0], i_ty[0], betas[0]], [0.69643, 0.40723, 2], atol=1e-4)


def plain_functional(p_xy: np.ndarray) -> np.ndarray:
    """Sweeps from T = X at the largest β, downwards, until one changes less than 1e-7."""
    encoder = np.eye(len(p_xy))
    found = []
    for beta in BETAS[::-1]:
        for _ in range(2_000):
            new = blahut_arimoto_step(p_xy, encoder, beta)
            change = np.abs(new - encoder).max()
            encoder = new
            if change < 1e-7:
                break
        found.append(encoder_solution(p_xy, encoder, beta=beta).functional)
    return np.array(found[::-1])


def reference(p_xy: np.ndarray) -> np.ndarray:
    tight = {"tolerance": 1e-8, "max_steps": 20_000}
    both = information_bottleneck_curve(p_xy, BETAS, method="both", **tight)
    best = np.minimum(both.functional, plain_functional(p_xy))
    some = np.arange(50) if len(p_xy) < 200 else np.arange(4, 50, 10)
    restarted = information_bottleneck_curve(p_xy, BETAS[some], n_restarts=10, **tight)
    best[some] = np.minimum(best[some], restarted.functional)
    return best


def seconds(solve, *arguments) -> float:
    start = time.perf_counter()
    solve(*arguments)
    return time.perf_counter() - start


def compare(shape: tuple[int, int], repeats: int) -> None:
    p_xy = random_table(*shape)
    ours = information_bottleneck_curve(p_xy, BETAS)
    i_xt, i_ty, betas = embo_curve(p_xy, BETAS)
    best = reference(p_xy)
    at = np.abs(BETAS[:, None] - betas).argmin(axis=0)
    assert np.allclose(BETAS[at], betas)

    pairs = [
        (seconds(information_bottleneck_curve, p_xy, BETAS), seconds(embo_curve, p_xy, BETAS))
        for _ in range(repeats)
    ]
    ratios = sorted(mine / theirs for mine, theirs in pairs)
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"{shape[0]} x {shape[1]}, 50 β: ibtools {mine:.3f} s, embo {theirs:.3f} s")
    print(
        f"    {statistics.median(ratios):.3f} of embo's time "
        f"({ratios[0]:.3f} to {ratios[-1]:.3f} in {repeats} runs)"
    )
    print(
        f"    functional above the reference, at most: ibtools "
        f"{(ours.functional - best).max():.1e} bits, embo "
        f"{(i_xt - betas * i_ty - best[at]).max():.1e} bits, in {len(betas)} of 50 points",
        flush=True,
    )


def main() -> None:
    check_units()
    for shape, repeats in SHAPES.items():
        compare(shape, repeats)


if __name__ == "__main__":
    main()
