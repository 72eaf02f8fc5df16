"""The view of the information plane: recorded runs to look at, in a kernel and on the site."""

from collections.abc import Mapping
from pathlib import Path

import anywidget
import traitlets

from ibtools.bottleneck import IBCurve
from ibtools.figures.reach import in_bits
from ibtools.plane import Trajectory
from ibtools.widgets import frames
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget, limit_line

MODULE = Path(__file__).with_name("information_plane_lab.js")
# Bits on the axis of I(X;T), more than any layer can have.
WIDEST_LIMIT = 32.0


class PlaneView(PageWidget):
    """What the site needs of the lab and of `replay`: the module and recorded runs to show."""

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "lab"
    _height = 900

    live = traitlets.Bool().tag(sync=True)
    trains = traitlets.Bool().tag(sync=True)
    runs = traitlets.List().tag(sync=True)
    limit = traitlets.Dict().tag(sync=True)

    def __init__(self, runs: Mapping[str, Trajectory], limit: IBCurve | None, **traits):
        recorded = [frames.run(label, trajectory) for label, trajectory in runs.items()]
        line = limit_line(in_bits(limit), WIDEST_LIMIT) if limit else {}
        super().__init__(runs=recorded, limit=line, **traits)

    def summary(self) -> str:
        words = "Layers of networks in the information plane"
        if not self.runs:
            return f"{words}, trained live."
        labels = "; ".join(run["label"] for run in self.runs)
        return f"{words}, recorded while they were trained: {labels}."

    def page_state(self) -> dict:
        limit = {"limit": self.limit} if self.limit else {}
        return {"live": False, "trains": False, "runs": self.runs} | limit


def replay(runs: Mapping[str, Trajectory], *, limit: IBCurve | None = None) -> anywidget.AnyWidget:
    """Recorded runs to look at, by label: in JupyterLab, and on the site without a kernel.

    limit: the exact IB curve of their task; the plane is shaded above it.

    Raises ValueError when there is no run.
    """
    if not runs:
        raise ValueError("runs must hold at least one trajectory, got none")
    return PlaneView(runs, limit)
