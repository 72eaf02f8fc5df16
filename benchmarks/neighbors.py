"""What does a KSG mutual information cost, next to the packages people use?

X ~ N(0, I) in d columns, Y = ρX + √(1-ρ²) Z, ρ = 0.6, k = 3. Each side runs in turn, in one
thread, and gets its data in the form it wants. The values are compared first. scikit-learn and
ennemi take one column only. A ratio below 1 means that ibtools is faster than the fastest of them.
"""

import statistics
import time
import warnings

import ennemi
import npeet_plus
import numpy as np
from sklearn.feature_selection import mutual_info_regression

from ibtools.information.neighbors import mutual_information_ksg

RHO = 0.6
SIZES = {1: (1_000, 10_000, 100_000), 3: (1_000, 10_000), 10: (1_000, 10_000)}
REPEATS = {1_000: 101, 10_000: 5, 100_000: 3}


def peers(x: np.ndarray, y: np.ndarray) -> dict:
    """For each package, a function that returns I[X;Y] in nats."""
    found = {"npeet-plus": lambda: npeet_plus.mi(x, y, k=3, base=np.e)}
    if x.shape[1] == 1:
        u, v = x[:, 0], y[:, 0]
        found["ennemi"] = lambda: float(np.squeeze(ennemi.estimate_mi(v, u, k=3)))
        found["scikit-learn"] = lambda: float(mutual_info_regression(x, v, n_neighbors=3)[0])
    return found


def seconds(measure) -> float:
    start = time.perf_counter()
    measure()
    return time.perf_counter() - start


def compare(d: int, n: int) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(n, d))
    y = RHO * x + np.sqrt(1 - RHO**2) * rng.normal(size=(n, d))
    sides = peers(x, y) | {"ibtools": lambda: mutual_information_ksg(x, y, base=np.e)}

    values = {name: measure() for name, measure in sides.items()}
    spread = max(values.values()) - min(values.values())
    assert spread < 0.02, f"the packages disagree: {values}"

    rounds = [
        {name: seconds(measure) for name, measure in sides.items()} for _ in range(REPEATS[n])
    ]
    times = {name: statistics.median(each[name] for each in rounds) for name in sides}
    ours = times.pop("ibtools")
    fastest = min(times, key=times.get)
    ratios = sorted(each["ibtools"] / each[fastest] for each in rounds)
    others = ", ".join(f"{name} {1e3 * each:.1f}" for name, each in times.items())
    print(f"d = {d:2}, n = {n:6}: ibtools {1e3 * ours:.1f} ms, {others} ms")
    print(f"    {ours / times[fastest]:.2f} of {fastest}, the fastest ", end="")
    print(f"({ratios[0]:.2f} to {ratios[-1]:.2f} in {len(rounds)} runs)", flush=True)


def main() -> None:
    warnings.simplefilter("ignore")
    for d, sizes in SIZES.items():
        for n in sizes:
            compare(d, n)


if __name__ == "__main__":
    main()
