"""Why descent does not get stuck: valleys of networks and of spin glasses, and ways between."""

from ibtools.questions.landscape.complexity import complexity, lowest_energy, threshold_energy
from ibtools.questions.landscape.critical_point import (
    critical_point,
    curvatures,
    n_parameters,
    squared_loss,
)
from ibtools.questions.landscape.critical_points import critical_points
from ibtools.questions.landscape.low_loss_path import (
    WAYS,
    barrier,
    bent_path,
    matched_units,
    on_the_way,
    paths_between_minima,
    permuted_units,
)
from ibtools.questions.landscape.reduced_images import reduced_images
from ibtools.questions.landscape.spin_glass import (
    descend,
    random_couplings,
    slope,
    spin_glass_descents,
    spin_glass_energy,
)
from ibtools.questions.landscape.width import (
    losses,
    losses_by_width,
    outputs,
    trained_ensemble,
)

__all__ = [
    "WAYS",
    "barrier",
    "bent_path",
    "complexity",
    "critical_point",
    "critical_points",
    "curvatures",
    "descend",
    "losses",
    "losses_by_width",
    "lowest_energy",
    "matched_units",
    "n_parameters",
    "on_the_way",
    "outputs",
    "paths_between_minima",
    "permuted_units",
    "random_couplings",
    "reduced_images",
    "slope",
    "spin_glass_descents",
    "spin_glass_energy",
    "squared_loss",
    "threshold_energy",
    "trained_ensemble",
]
