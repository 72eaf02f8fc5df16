"""Entropy from counts c_i of k symbols in n = Σ c_i samples.

Plug-in, jackknife and Grassberger's estimate differ only in what they take for the logarithm in

    Ĥ = f(n) - Σ_i (c_i/n) g(c_i)

With f = g = log it is the plug-in value. That is too low by about (K-1)/(2n) nats for K possible
symbols, and never above log n; the others try to undo the bias. None is unbiased for all laws
(Paninski 2003, Neural Computation 15, 1191-1253): with n below K, trust those that use K where K is
known ("nsb"), and none where it is not.

counts: whole numbers in any shape; zeros do not matter. All return bits unless base says otherwise,
and 0 where only one symbol was seen and no other is known to exist. All raise ValueError for
negative or fractional counts or no sample at all, and TypeError for anything but numbers.
"""

import numpy as np
from scipy.special import digamma, entr, xlog1py

from ibtools.information.nsb import entropy_nsb
from ibtools.information.validation import (
    alphabet_size,
    one_of,
    validated_base,
    validated_counts,
)


def entropy_plug_in(counts: np.ndarray, *, base: float = 2) -> float:
    """H of the observed frequencies c_i/n, which is also the maximum-likelihood estimate."""
    counts = validated_counts(counts)
    return float(entr(counts / counts.sum()).sum() / np.log(validated_base(base))) + 0.0


def entropy_miller_madow(counts: np.ndarray, *, base: float = 2) -> float:
    """Plug-in + (k-1)/(2n) nats, the first term of its bias with the k symbols seen for all K.

    Removes little while many symbols are unseen.

    Source: Miller (1955), Note on the bias of information estimates.
    """
    counts = validated_counts(counts)
    correction = (len(counts) - 1) / (2 * counts.sum()) / np.log(validated_base(base))
    return entropy_plug_in(counts, base=base) + float(correction)


def entropy_jackknife(counts: np.ndarray, *, base: float = 2) -> float:
    """n Ĥ - (n-1) times the mean plug-in entropy with one sample left out.

    Written out, the leave-one-out sums collapse to f(m) = g(m) = m log m - (m-1) log(m-1). Cancels
    the bias of order 1/n, at the price of a larger spread; may exceed log K.

    Source: Zahl (1977), Ecology 58, 907-913.
    """
    counts = validated_counts(counts)

    def g(m):  # as log m - (m-1) log(1 - 1/m), which does not cancel for large m
        return np.log(m) - xlog1py(m - 1, -1 / m)

    n = counts.sum()
    nats = g(n) - (counts / n * g(counts)).sum()
    return float(nats / np.log(validated_base(base)))


def entropy_grassberger(counts: np.ndarray, *, base: float = 2) -> float:
    """f = log and g = G, where G(c) = ψ(c) + (-1)^c [ψ((c+1)/2) - ψ(c/2)] / 2; the form of 2003.

    Its bias falls exponentially in the mean count of a symbol; with most symbols seen once or never
    it is still too low. The formula gives up to 1/n nats on either side of 0 for a single symbol;
    here that is 0, so that a constant has neither entropy nor information.

    Source: Grassberger (2003), arXiv:physics/0307138.
    """
    counts = validated_counts(counts)
    if len(counts) == 1:
        return 0.0
    sign = 1 - 2 * (counts % 2)
    g = digamma(counts) + sign / 2 * (digamma((counts + 1) / 2) - digamma(counts / 2))
    nats = np.log(counts.sum()) - (counts / counts.sum() * g).sum()
    return float(nats / np.log(validated_base(base)))


def entropy_chao_shen(counts: np.ndarray, *, base: float = 2) -> float:
    """- Σ p̃_i log p̃_i / (1 - (1-p̃_i)^n), with p̃_i = C c_i/n and C = 1 - f₁/n.

    The coverage C (Good and Turing) is the estimated probability of all symbols seen, from the
    number f₁ of those seen once; dividing by the probability of being seen at all makes up for
    those that were not. If each symbol was seen once, C would be 0 and the sum empty: f₁ is then
    taken as n - 1, for a coverage of 1/n. Does not need K; spread is large when C is small.

    Source: Chao & Shen (2003), Environmental and Ecological Statistics 10, 429-443.
    """
    counts = validated_counts(counts)
    n = counts.sum()
    coverage = 1 - min((counts == 1).sum(), n - 1) / n
    p = coverage * counts / n
    seen = -np.expm1(xlog1py(n, -p))  # 1 - (1-p)^n, which would cancel for small p
    return float((entr(p) / seen).sum() / np.log(validated_base(base))) + 0.0


def entropy_shrinkage(
    counts: np.ndarray, *, n_symbols: int | None = None, base: float = 2
) -> float:
    """H of p = λ/K + (1-λ) c/n: frequencies drawn towards the uniform law on K = n_symbols.

    λ = (1 - Σ p̂²) / ((n-1) Σ (1/K - p̂)²), at most 1, minimises the estimated squared error of p, so
    that few samples count little. K: the symbols seen, unless given. Good near the uniform law, too
    high for a law with few likely symbols. Raises ValueError when K is less than the symbols seen.

    Source: Hausser & Strimmer (2009), JMLR 10, 1469-1484.
    """
    counts = validated_counts(counts)
    k = alphabet_size(n_symbols, len(counts))
    n, p = counts.sum(), counts / counts.sum()
    spread = (n - 1) * ((p**2).sum() - 1 / k)
    shrink = min(1.0, (1 - (p**2).sum()) / spread) if spread > 0 else 1.0
    nats = entr(shrink / k + (1 - shrink) * p).sum() + (k - len(counts)) * entr(shrink / k)
    return float(nats / np.log(validated_base(base))) + 0.0


CORRECTIONS = {
    "plug-in": entropy_plug_in,
    "miller-madow": entropy_miller_madow,
    "jackknife": entropy_jackknife,
    "grassberger": entropy_grassberger,
    "chao-shen": entropy_chao_shen,
    "james-stein": entropy_shrinkage,
    "nsb": entropy_nsb,
}


def entropy_from_counts(
    counts: np.ndarray,
    *,
    correction: str = "plug-in",
    n_symbols: int | None = None,
    base: float = 2,
) -> float:
    """Entropy by one of CORRECTIONS; n_symbols, those seen unless given, is used by two of them.

    Raises ValueError for a correction that does not exist.
    """
    one_of(correction, "correction", CORRECTIONS)
    alphabet = {"n_symbols": n_symbols} if correction in ("james-stein", "nsb") else {}
    return CORRECTIONS[correction](counts, base=base, **alphabet)
