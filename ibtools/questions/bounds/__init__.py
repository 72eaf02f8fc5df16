"""Bounds on the error of a network, computed: most say nothing, one says something."""

from ibtools.questions.bounds.computed_bounds import computed_bounds
from ibtools.questions.bounds.held_out import held_out_bound
from ibtools.questions.bounds.kl_inverse import binary_kl, kl_inverse
from ibtools.questions.bounds.margins import (
    capacity_by_weights,
    margin_bound,
    rademacher_of_norms,
    spectral_complexity,
)
from ibtools.questions.bounds.pac_bayes import allowed_variance, normal_kl, pac_bayes_bound
from ibtools.questions.bounds.stochastic_network import (
    StochasticNetwork,
    train_stochastic_network,
)

__all__ = [
    "StochasticNetwork",
    "allowed_variance",
    "binary_kl",
    "capacity_by_weights",
    "computed_bounds",
    "held_out_bound",
    "kl_inverse",
    "margin_bound",
    "normal_kl",
    "pac_bayes_bound",
    "rademacher_of_norms",
    "spectral_complexity",
    "train_stochastic_network",
]
