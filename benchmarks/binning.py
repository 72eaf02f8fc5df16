"""What does it cost to measure all layers of one network, and of fifty, at one snapshot?

The plain side counts rows with np.unique(axis=0), as the papers' scripts do, network by network;
the bytes side views each row as one string of bytes first, which sorts faster. All sides give the
same numbers, which is checked first.
"""

import statistics
import time

import numpy as np

from ibtools.datasets import icosahedron_rule
from ibtools.information import layer_information

REPEATS = 5


def plain_information(layer: np.ndarray, y: np.ndarray, as_bytes=False) -> tuple[float, float]:
    def entropy(cells: np.ndarray) -> float:
        if as_bytes:
            rows = np.ascontiguousarray(cells)
            whole_row = np.dtype((np.void, rows.dtype.itemsize * rows.shape[1]))
            counts = np.unique(rows.view(whole_row).ravel(), return_counts=True)[1]
        else:
            counts = np.unique(cells, axis=0, return_counts=True)[1]
        p = counts / len(cells)
        return float(-(p * np.log2(p)).sum())

    bins = np.digitize(layer, np.linspace(-1, 1, 31)[1:-1])
    given_y = sum((y == value).mean() * entropy(bins[y == value]) for value in np.unique(y))
    return entropy(bins), entropy(bins) - given_y


def seconds(measure, layers: list[np.ndarray]) -> float:
    start = time.perf_counter()
    for layer in layers:
        measure(layer)
    return time.perf_counter() - start


def compare(title: str, plain, ours, layers: list[np.ndarray]) -> None:
    pairs = [(seconds(plain, layers), seconds(ours, layers)) for _ in range(REPEATS)]
    slow, fast = (1e3 * statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    middle = ratios[REPEATS // 2]
    print(f"{title}: {slow:.1f} ms, ibtools {fast:.1f} ms")
    print(
        f"    {middle:.1f} times faster ({ratios[0]:.1f} to {ratios[-1]:.1f} in {REPEATS} runs), "
        f"ratio {1 / middle:.3f}"
    )


def main() -> None:
    y = icosahedron_rule().y
    rng = np.random.default_rng(0)
    fifty = [
        np.tanh(rng.normal(size=(50, 4096, units))).astype(np.float32) for units in (10, 7, 5, 4, 3)
    ]
    one = [layer[0] for layer in fifty]
    for layer in one:
        expected = layer_information(layer, y)
        assert np.allclose(plain_information(layer, y), expected)
        assert np.allclose(plain_information(layer, y, as_bytes=True), expected)

    def each(as_bytes):
        def measure(layer):
            networks = layer if layer.ndim == 3 else layer[None]
            return [plain_information(network, y, as_bytes) for network in networks]

        return measure

    def ours(layer):
        return layer_information(layer, y)

    for title, layers in (("1 network", one), ("50 networks", fifty)):
        title = f"measuring 5 layers of {title}"
        compare(f"{title}: np.unique(axis=0)", each(False), ours, layers)
        compare(f"{title}: np.unique of rows as bytes", each(True), ours, layers)


if __name__ == "__main__":
    main()
