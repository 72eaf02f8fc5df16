"""Sparse filtering step by step: how filters turn until they tell points apart by features.

A picture of the algorithm in two dimensions, where a filter is a direction and what it tells apart
can be seen. The descent takes a few milliseconds, so the ES module (sparse_filtering_steps.js)
computes it wherever it runs: in a live kernel, or on the course's site without one.
"""

from pathlib import Path

import traitlets

from ibtools.information.validation import one_of, whole_number
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget

MODULE = Path(__file__).with_suffix(".js")
DATA = {
    "two_cones": "24 points in two directions",
    "three_cones": "24 points in three directions",
    "near_and_far": "a near and a far cloud of 12 points each",
    "all_directions": "25 points in every direction",
}
MOST_STEPS = 60
LAST_SEED = 999
# The loss per point where every direction is alike.
ALL_ALIKE = {2: "4/π = 1.273", 3: "2√6/π = 1.559"}


class SparseFilteringSteps(PageWidget):
    """Points in the plane, the filters' cones that turn onto them, and the features they become.

    data: `two_cones`, `three_cones`, `near_and_far` (two clouds at one angle) or `all_directions`.
    n_features: 2 or 3.  seed: which filters to begin with, 0 to 999.  step: where to begin, 0 to
    60; the last step of a shorter descent where it is more.

    The loss is the sum of a point's features, each point a unit vector: 1 where one feature tells
    the point by itself, √n_features where all do alike. It falls at every step, but not from every
    start to the same place: there are local minima.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "bases"
    _height = 830

    data = traitlets.Enum(tuple(DATA), "two_cones").tag(sync=True)
    features = traitlets.Int(2).tag(sync=True)
    seed = traitlets.Int(0).tag(sync=True)
    step = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, data: str = "two_cones", *, n_features: int = 2, seed: int = 0, step: int = 0
    ):
        super().__init__(
            data=one_of(data, "data", DATA),
            features=_at_most(whole_number(n_features, "n_features", at_least=2), "n_features", 3),
            seed=_at_most(whole_number(seed, "seed", at_least=0), "seed", LAST_SEED),
            step=_at_most(whole_number(step, "step", at_least=0), "step", MOST_STEPS),
        )

    def summary(self) -> str:
        return (
            f"Sparse filtering, step by step: {DATA[self.data]}. The cones of {self.features} "
            "features turn onto the points until as few features as possible tell each of them. "
            "Direction decides, distance does not. The loss per point is 1 where one feature "
            f"tells each point; directions all alike would leave {ALL_ALIKE[self.features]}."
        )

    def page_state(self) -> dict:
        return {"data": self.data, "features": self.features, "seed": self.seed, "step": self.step}


def _at_most(value: int, name: str, most: int) -> int:
    if value > most:
        raise ValueError(f"{name} must be at most {most}, got {value}")
    return value
