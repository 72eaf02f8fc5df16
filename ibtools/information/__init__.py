"""How much does one variable tell about another?"""

from ibtools.information.binning import bin_histogram, bin_indices, layer_information
from ibtools.information.catalogue import ENTROPY, MUTUAL_INFORMATION
from ibtools.information.counts import (
    CORRECTIONS,
    entropy_chao_shen,
    entropy_from_counts,
    entropy_grassberger,
    entropy_jackknife,
    entropy_miller_madow,
    entropy_plug_in,
    entropy_shrinkage,
)
from ibtools.information.covariances import (
    conditional_mutual_information_gaussian_from_covariance,
    entropy_gaussian_from_covariance,
    mutual_information_gaussian_from_covariance,
)
from ibtools.information.discrete import (
    conditional_entropy_discrete,
    conditional_mutual_information_discrete,
    entropy_discrete,
    joint_symbols,
    mutual_information_discrete,
    n_distinct,
    symbols,
    total_correlation_discrete,
)
from ibtools.information.estimate import Estimate, EstimateWarning
from ibtools.information.estimators import entropy, mutual_information
from ibtools.information.gaussian import (
    conditional_mutual_information_gaussian,
    entropy_gaussian,
    mutual_information_gaussian,
    normal_scores,
)
from ibtools.information.nsb import entropy_nsb, nsb_posterior
from ibtools.information.tables import (
    conditional_entropy_from_table,
    conditional_mutual_information_from_table,
    cross_entropy,
    entropy_from_table,
    jensen_shannon_divergence,
    kl_divergence,
    mutual_information_from_table,
    total_correlation_from_table,
)

__all__ = [
    "CORRECTIONS",
    "ENTROPY",
    "MUTUAL_INFORMATION",
    "Estimate",
    "EstimateWarning",
    "bin_histogram",
    "bin_indices",
    "conditional_entropy_discrete",
    "conditional_entropy_from_table",
    "conditional_mutual_information_discrete",
    "conditional_mutual_information_from_table",
    "conditional_mutual_information_gaussian",
    "conditional_mutual_information_gaussian_from_covariance",
    "cross_entropy",
    "entropy",
    "entropy_chao_shen",
    "entropy_discrete",
    "entropy_from_counts",
    "entropy_from_table",
    "entropy_gaussian",
    "entropy_gaussian_from_covariance",
    "entropy_grassberger",
    "entropy_jackknife",
    "entropy_miller_madow",
    "entropy_nsb",
    "entropy_plug_in",
    "entropy_shrinkage",
    "jensen_shannon_divergence",
    "joint_symbols",
    "kl_divergence",
    "layer_information",
    "mutual_information",
    "mutual_information_discrete",
    "mutual_information_from_table",
    "mutual_information_gaussian",
    "mutual_information_gaussian_from_covariance",
    "n_distinct",
    "normal_scores",
    "nsb_posterior",
    "symbols",
    "total_correlation_discrete",
    "total_correlation_from_table",
]
