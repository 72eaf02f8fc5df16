"""What does it cost to bound the information in one noisy layer, and how much memory?

The plain side is what one writes in a few lines of NumPy: all pairwise squared distances by one
matrix product, exp, mean, log, for the upper bound of h(T) alone, and once more for each class
for I(T;Y). Ours gives both bounds of everything. The upper bounds agree, which is checked first.
"""

import statistics
import time
import tracemalloc

import numpy as np

from ibtools.datasets import icosahedron_rule
from ibtools.information.kernel import layer_information_kernel, mixture_entropy_bounds

REPEATS = 5


def plain_entropy(layer: np.ndarray, variance: float) -> float:
    """Upper bound of h(T) in nats."""
    units = layer.shape[1]
    norms = (layer**2).sum(axis=1)
    squares = norms[:, None] + norms[None, :] - 2 * layer @ layer.T
    information = -np.log(np.exp(-squares / (2 * variance)).mean(axis=1)).mean()
    return units / 2 * np.log(2 * np.pi * np.e * variance) + information


def plain_information(layer: np.ndarray, y: np.ndarray, variance: float) -> tuple[float, float]:
    """I(X;T) and I(T;Y) in nats, from upper bounds throughout."""
    entropy = plain_entropy(layer, variance)
    noise = layer.shape[1] / 2 * np.log(2 * np.pi * np.e * variance)
    given_y = sum(
        (y == value).mean() * plain_entropy(layer[y == value], variance) for value in np.unique(y)
    )
    return entropy - noise, entropy - given_y


def seconds(measure) -> float:
    start = time.perf_counter()
    measure()
    return time.perf_counter() - start


def peak_megabytes(measure) -> float:
    tracemalloc.start()
    measure()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def compare(title: str, plain, ours) -> None:
    pairs = [(seconds(plain), seconds(ours)) for _ in range(REPEATS)]
    slow, fast = (1e3 * statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    print(f"{title}: plain NumPy {slow:.0f} ms, ibtools {fast:.0f} ms")
    print(
        f"    {ratios[REPEATS // 2]:.1f} times faster ({ratios[0]:.1f} to {ratios[-1]:.1f} in "
        f"{REPEATS} runs), peak {peak_megabytes(ours):.0f} MB against {peak_megabytes(plain):.0f}"
    )


def main() -> None:
    y = icosahedron_rule().y
    rng = np.random.default_rng(0)
    for units, variance in ((10, 1e-3), (10, 1e-1), (3, 1e-3)):
        layer = np.tanh(rng.normal(size=(4096, units)))
        settings = {"noise_variance": variance, "base": np.e}
        result = layer_information_kernel(layer, y, **settings)
        assert np.allclose(
            plain_information(layer, y, variance), (result.I_XT_upper, result.I_TY_difference)
        )
        assert np.isclose(
            plain_entropy(layer, variance), mixture_entropy_bounds(layer, **settings)[1]
        )
        title = f"4096 x {units}, noise variance {variance}"
        compare(
            f"bounds of h(T), {title}",
            lambda layer=layer, variance=variance: plain_entropy(layer, variance),
            lambda layer=layer, settings=settings: mixture_entropy_bounds(layer, **settings),
        )
        compare(
            f"I(X;T) and I(T;Y), {title}",
            lambda layer=layer, variance=variance: plain_information(layer, y, variance),
            lambda layer=layer, settings=settings: layer_information_kernel(layer, y, **settings),
        )


if __name__ == "__main__":
    main()
