"""What moves: a Python side and one ES module each."""

from ibtools.widgets.bottleneck_slider import BottleneckSlider
from ibtools.widgets.information_plane_lab import InformationPlaneLab
from ibtools.widgets.plane_view import replay

__all__ = ["BottleneckSlider", "InformationPlaneLab", "replay"]
