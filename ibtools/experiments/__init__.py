"""The recorded runs of the book: what they are, and how to make them again.

python -m ibtools.experiments list
python -m ibtools.experiments show NAME
python -m ibtools.experiments run NAME [--quick]
python -m ibtools.experiments repeat RECORD.json
"""

from ibtools.experiments.catalogue import EXPERIMENTS
from ibtools.experiments.linear import LINEAR_EXPERIMENTS, LinearExperiment

__all__ = ["EXPERIMENTS", "LINEAR_EXPERIMENTS", "LinearExperiment"]
