"""What does a full merge tree cost, and what does the obvious way of building it?

Full size are the 12-bit rule with soft labels (4,096 x 2) and 1,000 documents of 2,000 words. The
plain side is one vectorised computation of the costs of all pairs, again after every merge. It is
run on tables small enough for it, where both must make the same merges; what it would need at full
size is extrapolated, as n_x³ · n_y, from the largest of them.
"""

import resource
import statistics
import time

import numpy as np

from ibtools.bottleneck.clustering.agglomerative import agglomerative_bottleneck
from ibtools.datasets import soft_label, topic_documents

SIZES = (60, 120, 240)
REPEATS = 3


def x_log_x(u: np.ndarray) -> np.ndarray:
    return u * np.log(np.where(u > 0, u, 1))


def plain_merges(p_xy: np.ndarray) -> list[list[int]]:
    rows, names, merges = p_xy, np.arange(len(p_xy)), []

    def spread(rows: np.ndarray) -> np.ndarray:
        return x_log_x(rows).sum(axis=-1) - x_log_x(rows.sum(axis=-1))

    while len(rows) > 1:
        costs = spread(rows)[:, None] + spread(rows) - spread(rows[:, None] + rows)
        costs[np.tril_indices(len(rows))] = np.inf
        i, j = np.unravel_index(costs.argmin(), costs.shape)
        merges.append(sorted((int(names[i]), int(names[j]))))
        names = np.append(np.delete(names, (i, j)), len(p_xy) + len(merges) - 1)
        rows = np.vstack([np.delete(rows, (i, j), axis=0), rows[i] + rows[j]])
    return merges


def timed(build, *settings) -> tuple[float, object]:
    start = time.perf_counter()
    built = build(*settings)
    return time.perf_counter() - start, built


def random_table(n_x: int, n_y: int) -> np.ndarray:
    rng = np.random.default_rng(n_x * 1000 + n_y)
    return rng.dirichlet(np.full(n_x, 10))[:, None] * rng.dirichlet(np.full(n_y, 0.3), size=n_x)


def compare(n_y: int, full_shape: tuple[int, int]) -> None:
    for n_x in SIZES:
        p_xy = random_table(n_x, n_y)
        rounds = []
        for _ in range(REPEATS):
            plain_time, merges = timed(plain_merges, p_xy)
            our_time, tree = timed(agglomerative_bottleneck, p_xy)
            assert tree.merges.tolist() == merges
            rounds.append((plain_time, our_time))
        plain_time, our_time = (statistics.median(side) for side in zip(*rounds, strict=True))
        ratios = sorted(ours / plain for plain, ours in rounds)
        print(f"{n_x} x {n_y}: plain {plain_time:.3f} s, ibtools {our_time:.4f} s, ", end="")
        print(f"ratio {statistics.median(ratios):.4f} ({ratios[0]:.4f} to {ratios[-1]:.4f})")
    growth = (full_shape[0] / n_x) ** 3 * full_shape[1] / n_y
    print(f"    plain at {full_shape}, extrapolated: {plain_time * growth:.0f} s", flush=True)


def full_size(title: str, table) -> None:
    rounds = [timed(agglomerative_bottleneck, table) for _ in range(REPEATS)]
    seconds = sorted(each for each, _ in rounds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{title}: {seconds[REPEATS // 2]:.2f} s ({seconds[0]:.2f} to {seconds[-1]:.2f}), ", end=""
    )
    print(f"the whole process so far at most {memory:.0f} MB")
    tree = rounds[0][1]
    kept = (f"{tree.I_TY[-k] / tree.I_XY:.1%} with {k}" for k in (20, 10, 5, 2))
    print(f"    share of I(X;Y) kept: {', '.join(kept)} clusters", flush=True)


def main() -> None:
    full_size("12-bit rule, 4096 x 2", soft_label(55) / 4096)
    counts, _ = topic_documents(1000, 20, 2000)
    full_size("1,000 documents x 2,000 words", counts)
    compare(2, (4096, 2))
    compare(100, counts.shape)


if __name__ == "__main__":
    main()
