"""What moves: a Python side and one ES module each."""

from ibtools.widgets.information_plane_lab import InformationPlaneLab, replay

__all__ = ["InformationPlaneLab", "replay"]
