"""What the widgets share: the drawing kit, and the output that the site mounts without a kernel."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np

from ibtools.bottleneck import IBCurve
from ibtools.figures.reach import reach_limit

MIME_TYPE = "application/vnd.ibtools.widget.v1+json"
DRAWING = Path(__file__).with_name("drawing.js")


def module_source(module: Path) -> str:
    """The ES module of a widget: the drawing kit and then its own file.

    importModule in book/assets/course.js puts them together in the same way.
    """
    return DRAWING.read_text(encoding="utf-8") + module.read_text(encoding="utf-8")


def page_output(module: Path, state: dict, *, summary: str, height: int) -> dict:
    """The entry of a MIME bundle from which the site mounts a widget.

    state: the traits that the module asks its model for.  summary: what is there without it.
    height: about how tall the widget is, so that the page does not jump.
    """
    return {
        MIME_TYPE: {"module": module.stem, "state": state, "summary": summary, "height": height}
    }


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
    """The limit of a curve up to the cost end, as drawing.js shades it: see `reach_limit`."""
    x, y = reach_limit(curve, end, cost)
    return {"x": rounded(x, 3), "y": rounded(y, 4)}
