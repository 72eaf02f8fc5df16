"""The recorded runs of the book: what they are, and how to make them again.

python -m ibtools.experiments list
python -m ibtools.experiments run NAME [--quick]
"""

from ibtools.experiments.catalogue import EXPERIMENTS

__all__ = ["EXPERIMENTS"]
