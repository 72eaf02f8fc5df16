"""What a trajectory says in a few numbers, network by network."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from ibtools.information.validation import whole_number
from ibtools.plane.trajectory import Trajectory


def compression(trajectory: Trajectory) -> np.ndarray:
    """How far I(X;T) ends below its highest value, bits, (networks, layers), never negative.

    Each network has its own peak. What rises to the end has 0; so has what never moves, and a
    reading at its ceiling tells nothing. A reading that jumps up and down has more than 0 without
    a phase in which it falls: look at the curve too.
    """
    return trajectory.I_XT.max(axis=1) - trajectory.I_XT[:, -1]


def peak_epoch(trajectory: Trajectory) -> np.ndarray:
    """The first recorded epoch at which I(X;T) is highest, (networks, layers).

    Raises ValueError where a layer has no number, such as the output of noisy networks.
    """
    if np.isnan(trajectory.I_XT).any():
        raise ValueError("trajectory must have I_XT without NaN: a layer has no peak there")
    return trajectory.epochs[trajectory.I_XT.argmax(axis=1)]


def first_epoch(
    epochs: np.ndarray, values: np.ndarray, level: float, *, falling: bool = False
) -> np.ndarray:
    """The first recorded epoch at which values reach the level; NaN where they never do.

    epochs: (snapshots,).  values: (networks, snapshots, …), for example trajectory.test_accuracy;
    the result has all axes but the snapshots.  falling: reach it from above, as a loss does.

    The truth lies between this epoch and the recorded one before. A value that passes the level
    and returns counts as there.
    """
    reached = values <= level if falling else values >= level
    epoch = np.asarray(epochs, dtype=float)[reached.argmax(axis=1)]
    return np.where(reached.any(axis=1), epoch, np.nan)


def dead_over_epochs(trajectory: Trajectory) -> np.ndarray:
    """Which networks have a layer that answers every input alike: (networks, snapshots) truths.

    Its last column is Trajectory.dead. Nothing below a dead layer has a gradient, but a network
    may come back all the same: Adam goes on for some steps on the gradients it remembers.
    """
    return (trajectory.n_distinct == 1).any(axis=2)


def information_of_states(n_distinct: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Least and largest I(X;T) = H(T) of n equally likely inputs in n_distinct states, bits.

    T is a function of X, so I(X;T) is the entropy of its states. For k of them it is largest when
    all are equally full, log₂ k, and least when k - 1 hold one input each and one holds the rest,
    log₂ n - (m/n) log₂ m with m = n - k + 1. For k = n both are log₂ n: the layer has lost
    nothing. (Where k does not divide n, log₂ k is an upper bound that is not quite reached.)

    Raises ValueError for more states than inputs or less than one.
    """
    whole_number(n, "n", at_least=1)
    states = np.asarray(n_distinct)
    if states.size and not 1 <= states.min() <= states.max() <= n:
        found = f"{states.min()} to {states.max()}"
        raise ValueError(f"n_distinct must lie between 1 and n = {n}, got {found}")
    rest = n - states + 1
    return np.log2(n) - rest / n * np.log2(rest), np.log2(states)


def spread(values: np.ndarray, decimals: int = 2) -> str:
    """Mean, least and largest over the networks in words: "2.97 (1.37 to 5.04)"; NaN left out.

    Where all are the same to the last digit shown it is one number; "none" where there is nothing.
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if not known.size:
        return "none"
    mean, low, high = (
        f"{value:.{decimals}f}" for value in (known.mean(), known.min(), known.max())
    )
    return mean if low == high else f"{mean} ({low} to {high})"


@dataclass(frozen=True)
class RankCorrelation:
    """Spearman's ρ in [-1, 1], layer by layer, with the interval [low, high] of its chance spread.

    NaN where the networks do not differ.
    """

    rho: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def in_words(self, layer: int = -1) -> str:
        """For example: 0.12 (95 %: -0.17 to 0.39)."""
        if np.isnan(self.rho[layer]):
            return "none: the networks do not differ"
        return f"{self.rho[layer]:.2f} (95 %: {self.low[layer]:.2f} to {self.high[layer]:.2f})"


def _rank_correlation(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Pearson's correlation of the ranks along axis 0; ties share their mean rank."""
    a, b = (ranks - ranks.mean(axis=0) for ranks in (rankdata(a, axis=0), rankdata(b, axis=0)))
    size = np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))
    return np.divide((a * b).sum(axis=0), size, out=np.full(size.shape, np.nan), where=size > 0)


def compression_ranks(
    trajectory: Trajectory, *, n_resamples: int = 2000, seed: int = 0
) -> RankCorrelation:
    """Do the networks whose layers compress more have the higher test accuracy at the end?

    Rank correlation, over the networks, of `compression` and the last test accuracy; the interval
    is the central 95 % of bootstrap resamples of the networks, which come from one seed each and
    so are independent. Dead networks have no compression and chance accuracy, and a few of them
    make a correlation by themselves: leave them out with `Trajectory.networks`.
    A correlation over initialisations is no cause, and an interval around 0 does not show that
    there is none, only how large it may be.
    Source of the question: Saxe et al. (2018), claim 2.

    Raises ValueError for fewer than 4 networks.
    """
    whole_number(n_resamples, "n_resamples", at_least=100)
    n = trajectory.n_networks
    if n < 4:
        raise ValueError(f"trajectory must have at least 4 networks, got {n}")
    fall = compression(trajectory)
    accuracy = np.broadcast_to(trajectory.test_accuracy[:, -1, None], fall.shape)
    rng = np.random.default_rng(seed)
    drawn = rng.integers(n, size=(n, n_resamples))
    resampled = _rank_correlation(fall[drawn], accuracy[drawn])
    known = [draws[~np.isnan(draws)] for draws in resampled.T]
    ends = [np.percentile(d, [2.5, 97.5]) if d.size else (np.nan, np.nan) for d in known]
    return RankCorrelation(_rank_correlation(fall, accuracy), *np.transpose(ends))
