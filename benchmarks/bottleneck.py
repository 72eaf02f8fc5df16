"""What do fifty points of the information curve cost next to embo, and which are closer to optimal?

Random tables: p(x) ~ Dirichlet(10), p(y|x) ~ Dirichlet(0.3). Both sides run with their default
settings, in turn, in one thread. Both are then held against a reference. For the two smaller tables
it is the smallest functional I(X;T) - β I(T;Y) of plain sweeps, written out here: annealed down,
annealed up with split clusters, and from ten random encoders at every β, each until a sweep changes
it by less than 1e-12 (or LONGEST sweeps are done). For the largest table that takes too long: its
reference is ibtools itself, annealed down and up and with ten restarts at every tenth β, at a
thousandth of the default tolerance.

embo multiplies β with bits inside an exponential of nats, so that its β is ours times ln 2 (a known
point of the binary symmetric channel is checked first). It leaves out points that would make its
curve fall; those it returns are compared at the β that it returns with them.
"""

import statistics
import time

import numpy as np
from embo import InformationBottleneck
from scipy.special import entr

from ibtools.bottleneck.blahut_arimoto.annealing import information_bottleneck_curve

LONGEST = 20_000
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


def run_to_rest(p_xy: np.ndarray, betas: np.ndarray, encoders: np.ndarray) -> np.ndarray:
    """Plain sweeps of encoders (n, n_x, n_t), each at its β, until one changes F less than 1e-12.

    Written out here, with nothing of the package in it.
    """
    encoders, left = encoders.copy(), np.arange(len(betas))
    p_x = p_xy.sum(axis=1)
    last = np.full(len(betas), np.inf)
    for _ in range(LONGEST):
        beta = betas[left, None, None]
        q_ty = encoders[left].mT @ p_xy
        q_t = q_ty.sum(axis=-1)
        log_q_y = np.log(np.maximum(q_ty, 1e-300)) - np.log(np.maximum(q_t, 1e-300))[..., None]
        exponent = (
            np.log(np.maximum(q_t, 1e-300))[:, None] + (p_xy / p_x[:, None]) @ (beta * log_q_y).mT
        )
        largest = exponent.max(axis=-1, keepdims=True)
        weights = np.exp(exponent - largest)
        z = weights.sum(axis=-1, keepdims=True)
        encoders[left] = weights / z
        free_energy = -(largest + np.log(z))[..., 0] @ p_x
        rests = last[left] - free_energy < 1e-12
        last[left] = free_energy
        left = left[~rests]
        if not len(left):
            break
    return encoders


def functional(p_xy: np.ndarray, betas: np.ndarray, encoders: np.ndarray) -> np.ndarray:
    """I(X;T) - β I(T;Y) in bits."""
    p_x, p_y = p_xy.sum(axis=1), p_xy.sum(axis=0)
    q_ty = encoders.mT @ p_xy
    h_t = entr(q_ty.sum(axis=-1)).sum(axis=-1)
    i_xt = h_t - entr(encoders).sum(axis=-1) @ p_x
    i_ty = h_t + entr(p_y).sum() - entr(q_ty).sum(axis=(-1, -2))
    return (i_xt - betas * i_ty) / np.log(2)


def annealed(p_xy: np.ndarray, betas: np.ndarray, encoder: np.ndarray, split: bool) -> np.ndarray:
    """The functional at betas, one after the other, each from the encoder before.

    split: first each cluster into two parts drawn at random, of which the likeliest stay.
    """
    rng, found = np.random.default_rng(0), []
    for beta in betas:
        if split:
            part = rng.uniform(0.1, 0.9, size=encoder.shape)
            encoder = np.hstack([encoder * part, encoder * (1 - part)])
            likeliest = np.argsort(-(p_xy.sum(axis=1) @ encoder))[: 2 * len(p_xy)]
            encoder = encoder[:, likeliest] / encoder[:, likeliest].sum(axis=1, keepdims=True)
        one = np.array([beta])
        encoder = run_to_rest(p_xy, one, encoder[None])[0]
        found.append(functional(p_xy, one, encoder[None])[0])
    return np.array(found)


def independent_reference(p_xy: np.ndarray) -> np.ndarray:
    n_x = len(p_xy)
    down = annealed(p_xy, BETAS[::-1], np.eye(n_x), split=False)[::-1]
    up = annealed(p_xy, BETAS, np.ones((n_x, 1)), split=True)
    rng = np.random.default_rng(0)
    best = np.minimum(down, up)
    for _ in range(10):
        starts = rng.dirichlet(np.ones(n_x), size=(len(BETAS), n_x))
        best = np.minimum(best, functional(p_xy, BETAS, run_to_rest(p_xy, BETAS, starts)))
    return best


def reference(p_xy: np.ndarray) -> np.ndarray:
    """Independent for the smaller tables; for the largest it would take an hour."""
    if len(p_xy) < 200:
        return independent_reference(p_xy)
    tight = {"tolerance": 1e-8, "max_steps": 20_000}
    best = information_bottleneck_curve(p_xy, BETAS, method="both", **tight).functional
    some = np.arange(4, 50, 10)
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
