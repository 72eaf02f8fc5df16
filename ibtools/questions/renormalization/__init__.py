"""Does a network coarse grain? Decimated magnets, machines trained on magnets, and an identity."""

from ibtools.questions.renormalization.contrastive_divergence import (
    contrastive_divergence,
    train_machine,
)
from ibtools.questions.renormalization.decimation import (
    correlation_length,
    couplings,
    decimated_coupling,
    decimation_constant,
    sum_out,
)
from ibtools.questions.renormalization.ising import (
    critical_coupling,
    ising_samples,
    log_weights,
    onsager_energy,
    ring_bonds,
    spin_states,
    square_bonds,
)
from ibtools.questions.renormalization.receptive_fields import receptive_fields
from ibtools.questions.renormalization.restricted_boltzmann_machine import (
    BoltzmannMachine,
    likelihood_gradient,
    log_hidden_weights,
    log_likelihood,
    log_partition,
    log_visible_weights,
    random_machine,
)
from ibtools.questions.renormalization.spread import field_spread
from ibtools.questions.renormalization.variational_identity import (
    chain_machine,
    coarse_grained,
    coupling_operator,
    free_energy_difference,
    identity_gap,
    kl_divergence,
    likelihood_ascent,
    trace_deviation,
)

__all__ = [
    "BoltzmannMachine",
    "chain_machine",
    "coarse_grained",
    "contrastive_divergence",
    "correlation_length",
    "coupling_operator",
    "couplings",
    "critical_coupling",
    "decimated_coupling",
    "decimation_constant",
    "field_spread",
    "free_energy_difference",
    "identity_gap",
    "ising_samples",
    "kl_divergence",
    "likelihood_ascent",
    "likelihood_gradient",
    "log_hidden_weights",
    "log_likelihood",
    "log_partition",
    "log_visible_weights",
    "log_weights",
    "onsager_energy",
    "random_machine",
    "receptive_fields",
    "ring_bonds",
    "spin_states",
    "square_bonds",
    "sum_out",
    "trace_deviation",
    "train_machine",
]
