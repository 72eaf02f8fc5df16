"""What a critic's scores say about I[X;Y].

A critic f gives every pair (x, y) a number. Trained well, f is the log density ratio
log p(x,y) / p(x)p(y), for all bounds here. scores (K, K) holds f(x_i, y_j) for K paired samples:
the diagonal are pairs that belong together, everything else stands for p(x)p(y).

    Donsker-Varadhan   I ≥ E_p[f] - log E_q[e^f]
    NWJ                I ≥ E_p[f] + 1 - E_q[e^f]
    InfoNCE            I ≥ E[f(x_i,y_i) - log (1/K) Σ_j e^f(x_i,y_j)],    at most log K
    SMILE              E_p[f] - log E_q[clip(e^f)],    no bound

with p = p(x,y) and q = p(x)p(y). All are in nats, from tensors to a tensor without axes.

What goes wrong: E_q[e^f] is an average of rare, huge terms. With N samples of q it misses those
that are rarer than 1/N, so that no lower bound that holds for every law can say more than about
log N with confidence (McAllester & Stratos 2020, arXiv:1811.04251, theorem 1.1).
"""

import math

import torch
from torch.nn import functional


def _apart(scores: torch.Tensor) -> torch.Tensor:
    """The K(K-1) scores off the diagonal."""
    k = len(scores)
    return scores.flatten()[1:].view(k - 1, k + 1)[:, :-1].reshape(-1)


def log_partition(scores: torch.Tensor) -> torch.Tensor:
    """log E_q[e^f]: 0 for the true log density ratio."""
    apart = _apart(scores)
    return torch.logsumexp(apart, dim=0) - math.log(len(apart))


def donsker_varadhan(scores: torch.Tensor) -> torch.Tensor:
    """E_p[f] - log E_q[e^f]; any constant added to f changes nothing.

    A lower bound for infinitely many samples only. The logarithm of a sample mean is too small on
    average, so from K samples the value is too large for the critic that it is read from.
    Source: Donsker & Varadhan (1983); Belghazi et al. (2018), arXiv:1801.04062, equation 5 (MINE).
    """
    return scores.diagonal().mean() - log_partition(scores)


def moving_average_surrogate(scores: torch.Tensor, partition: torch.Tensor) -> torch.Tensor:
    """Something whose gradient is E_p[∂f] - E_q[e^f ∂f] / partition; its value means nothing.

    The gradient of Donsker-Varadhan from a minibatch divides by the batch's own partition E_q[e^f],
    and a ratio of averages is biased. MINE divides by a moving average over batches instead.
    Source: Belghazi et al. (2018), arXiv:1801.04062, equation 12.
    """
    return scores.diagonal().mean() - _apart(scores).exp().mean() / partition


def nwj(scores: torch.Tensor) -> torch.Tensor:
    """E_p[f] + 1 - E_q[e^f]: the usual form, E_p[g] - E_q[e^(g-1)], with g = f + 1.

    From samples that the critic has not seen its mean is a lower bound, for any K. Its variance
    grows like e^I: do not use it above a few nats.
    Source: Nguyen, Wainwright & Jordan (2010), IEEE Transactions on Information Theory 56, 5847.
    """
    return scores.diagonal().mean() + 1 - _apart(scores).exp().mean()


def infonce(scores: torch.Tensor) -> torch.Tensor:
    """How well x_i picks its own y among K, and y_i its own x: the mean of both directions.

    Each is a lower bound in expectation with little variance, and neither can exceed log K:
    near log K it measures K.
    Source: van den Oord, Li & Vinyals (2018), arXiv:1807.03748, equation 4 and appendix A.1.
    """
    picked = scores.diagonal()
    among = (torch.logsumexp(scores, dim=0) + torch.logsumexp(scores, dim=1)) / 2
    return (picked - among).mean() + math.log(len(scores))


def jensen_shannon(scores: torch.Tensor) -> torch.Tensor:
    """E_p[-softplus(-f)] - E_q[softplus(f)]: best for the log density ratio, and never wild.

    It is no estimate of I, but a safe way to learn f: the log-likelihood, up to a constant, of
    telling pairs that belong together from pairs that do not.
    Source: Nowozin, Cseke & Tomioka (2016), arXiv:1606.00709, table 6.
    """
    return (
        -functional.softplus(-scores.diagonal()).mean() - functional.softplus(_apart(scores)).mean()
    )


def smile(scores: torch.Tensor, *, clip: float = 5.0) -> torch.Tensor:
    """Donsker-Varadhan with e^f clipped to [e^-clip, e^clip] in the partition.

    Clipping bounds the variance, and takes away what made it a bound: where I is large the
    clipped partition is too small and the value too large. clip = ∞ is Donsker-Varadhan.
    For the same reason it cannot be trained on: scores beyond the clip would grow for ever. The
    authors' code, and this one, train f with `jensen_shannon` instead.
    Source: Song & Ermon (2020), arXiv:1910.06222, equation 13.
    """
    return scores.diagonal().mean() - log_partition(scores.clamp(-clip, clip))
