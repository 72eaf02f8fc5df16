"""A widget with two lives: live beside a kernel, and on a page of the site without one."""

import json
from collections.abc import Callable
from pathlib import Path

import anywidget
import numpy as np

from ibtools.bottleneck import IBCurve
from ibtools.figures.reach import reach_limit

MIME_TYPE = "application/vnd.ibtools.widget.v1+json"


class PageWidget(anywidget.AnyWidget):
    """What a widget adds to its output, so that the site can mount the same module.

    A widget names its ES module (_module), what links call it (_address) and about how tall it is,
    so that the page does not jump (_height), and says `summary` and `page_state`.
    """

    _module: Path
    _address: str
    _height: int

    def summary(self) -> str:
        """What is there to see, for a reader who does not see it."""
        raise NotImplementedError

    def page_state(self) -> dict:
        """The values that the module asks its model for, where there is no kernel."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs) -> tuple[dict, dict]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data["text/plain"] = self.summary()
        data[MIME_TYPE] = {
            "module": self._module.stem,
            "address": self._address,
            "state": self.page_state(),
            "summary": data["text/plain"],
            "height": self._height,
        }
        return data, metadata


def rounded(values: np.ndarray, decimals: int) -> list:
    return np.asarray(values, dtype=float).round(decimals).tolist()


def thinned(build: Callable[[np.ndarray], dict], n: int, *, at_most: int, max_bytes: int) -> dict:
    """build(kept) for as many of n things as max_bytes of JSON hold, evenly spread, ends included.

    at_most: not more than so many; two are kept whatever their size.
    """
    n_kept = min(n, at_most)
    while True:
        built = build(np.linspace(0, n - 1, n_kept).round().astype(int))
        size = len(json.dumps(built).encode())
        if size <= max_bytes or n_kept <= 2:
            return built
        n_kept = max(2, min(n_kept - 1, n_kept * max_bytes // size))


def limit_line(curve: IBCurve, end: float, cost: str = "I_XT") -> dict:
    """The limit of a curve up to the cost end, as the widgets shade it: see `reach_limit`."""
    x, y = reach_limit(curve, end, cost)
    return {"x": rounded(x, 3), "y": rounded(y, 4)}
