"""Folding of the plane: what each layer of a ReLU network does to a square sheet of paper.

A ReLU layer creases the plane along the line of each unit, and can lay what is on one side of the
crease onto what is on the other. A cut that a later unit makes through the folded sheet then goes
through all the paper at once, and is there many times when the sheet is opened again.
"""

from collections.abc import Sequence
from itertools import product
from pathlib import Path

import numpy as np
import traitlets

from ibtools.information.validation import generator, one_of, whole_number
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget

MODULE = Path(__file__).with_suffix(".js")
Layer = dict[str, list]

NETWORKS = ("halves", "thirds", "random")
# More pieces than some hundreds are too small to see, and too many to move smoothly.
DEEPEST = {"halves": 4, "thirds": 2, "random": 4}
N_RANDOM_UNITS = 4


def folds(n_parts: int) -> Layer:
    """The layer that folds the sheet [-1, 1]² into n_parts along each side, stretched to fill it.

    Montúfar et al. (2014), with n_parts ReLU units for each coordinate z. The first is on all over
    the sheet and rises by n_parts; each other one starts at a crease and turns the slope round:

        n relu(z + 1) - 2n relu(z - z_1) + 2n relu(z - z_2) - ... - 1,    z_k = -1 + 2k / n

    is a zigzag between -1 and 1 with n_parts teeth: n_parts² pieces of paper on one another.
    """
    creases = -1 + 2 * np.arange(n_parts) / n_parts
    turns = n_parts * np.array([1, *(2 * (-1) ** k for k in range(1, n_parts))])
    along_x, along_y = np.eye(2)
    return {
        "W": np.vstack([np.tile(along_x, (n_parts, 1)), np.tile(along_y, (n_parts, 1))]).tolist(),
        "b": np.tile(-creases, 2).tolist(),
        "V": np.kron(np.eye(2), turns).tolist(),
        "c": [-1.0, -1.0],
    }


def random_layers(n_units: int, depth: int, rng: np.random.Generator) -> list[Layer]:
    """Layers with units in random directions, each with its crease near the middle of the sheet.

    What a layer makes of the sheet is then turned, shifted and stretched to be as wide as it is
    high and to fit into [-1, 1]² (as far as a grid of points tells): without that, random sheets
    soon shrink to a thread. It costs no units, for the weights that read the units can do it.
    """
    layers = []
    sheet = np.array(list(product(np.linspace(-1, 1, 101), repeat=2)))
    for _ in range(depth):
        angles = rng.uniform(0, 2 * np.pi, n_units)
        W = np.column_stack([np.cos(angles), np.sin(angles)])
        b = rng.uniform(-0.5, 0.5, n_units)
        V = rng.normal(size=(2, n_units))
        said = np.maximum(sheet @ W.T + b, 0)
        spread, axes = np.linalg.eigh(np.cov(said @ V.T, rowvar=False))
        V = axes @ np.diag(spread**-0.5) @ axes.T @ V
        low, high = (said @ V.T).min(axis=0), (said @ V.T).max(axis=0)
        V = 2 * V / (high - low)[:, None]
        c = -(high + low) / (high - low)
        layers.append({"W": W.tolist(), "b": b.tolist(), "V": V.tolist(), "c": c.tolist()})
        sheet = said @ V.T + c
    return layers


class Folding(PageWidget):
    """A sheet folded by a ReLU network, and one straight cut that opens into many creases.

    network: "halves" (each layer folds the sheet in half both ways, with four units), "thirds"
    (in three, with six) or "random" (four units with random weights).  depth: how many layers
    fold, 1 to 4 (with thirds 2).  fold: how far the sheet on the right is folded, from 0 (flat)
    to 1.  cut: where the cut leaves the sheet, as two per cents (0 to 99) of the way around it,
    clockwise from the upper left corner.  seed: of the random network.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "folding"
    _height = 560

    networks = traitlets.Dict().tag(sync=True)
    network = traitlets.Unicode().tag(sync=True)
    depth = traitlets.Int().tag(sync=True)
    fold = traitlets.Float().tag(sync=True)
    cut = traitlets.List().tag(sync=True)

    def __init__(
        self,
        *,
        network: str = "halves",
        depth: int = 2,
        fold: float = 1.0,
        cut: Sequence[int] = (5, 58),
        seed: int = 1,
    ):
        networks = {
            "halves": [folds(2)] * DEEPEST["halves"],
            "thirds": [folds(3)] * DEEPEST["thirds"],
            "random": random_layers(N_RANDOM_UNITS, DEEPEST["random"], generator(seed)),
        }
        super().__init__(
            networks=networks,
            network=one_of(network, "network", NETWORKS),
            depth=_depth(depth, network),
            fold=_share(fold),
            cut=_cut(cut),
        )

    @property
    def layers(self) -> list[Layer]:
        """The folding layers shown: z becomes V relu(W z + b) + c."""
        return self.networks[self.network][: self.depth]

    def summary(self) -> str:
        n_units = sum(len(layer["b"]) for layer in self.layers)
        layers = "1 layer" if self.depth == 1 else f"{self.depth} layers"
        return (
            f"A square sheet folded by {layers} of a ReLU network with {n_units} units "
            f"({self.network}), and a straight cut through the folded sheet, which is there many "
            "times when the sheet is laid open: each layer of folds multiplies what is cut later."
        )

    def page_state(self) -> dict:
        names = ("networks", "network", "depth", "fold", "cut")
        return {name: getattr(self, name) for name in names}


def _depth(depth: int, network: str) -> int:
    deepest = DEEPEST[network]
    if whole_number(depth, "depth") > deepest:
        raise ValueError(f"depth must be at most {deepest} with {network}, got {depth}")
    return int(depth)


def _share(fold: float) -> float:
    if isinstance(fold, bool) or not isinstance(fold, int | float) or not 0 <= fold <= 1:
        raise ValueError(f"fold must be between 0 (flat) and 1 (folded), got {fold!r}")
    return float(fold)


def _cut(cut: Sequence[int]) -> list[int]:
    ends = list(cut)
    if len(ends) != 2 or any(not isinstance(e, int) or not 0 <= e <= 99 for e in ends):
        raise ValueError(f"cut must be two whole numbers from 0 to 99, got {cut!r}")
    return ends
