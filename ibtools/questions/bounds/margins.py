"""Bounds that hold for all networks at once: by their number of weights, by norms, by margins.

Networks f(x) = w₂ᵀ max(0, W₁ x), no biases, labels ±1; W₁: (k, d), w₂: (k,).  A sample has the
margin y f(x): positive when it is classified rightly.
"""

import numpy as np

from ibtools.information.validation import positive, row, whole_number
from ibtools.questions.bounds.held_out import checked_delta


def capacity_by_weights(n_weights: int, n_layers: int) -> float:
    """W L log₂ W, the order of the Vapnik–Chervonenkis dimension of ReLU networks.

    Up to constants it is an upper bound, and W L log₂(W/L) a lower one.
    Source: Bartlett, Harvey, Liaw, Mehrabian (2019), theorems 3 and 6.
    """
    n_weights, n_layers = whole_number(n_weights, "n_weights"), whole_number(n_layers, "n_layers")
    return n_weights * n_layers * float(np.log2(n_weights))


def rademacher_of_norms(x: np.ndarray, *matrices: np.ndarray) -> float:
    """Rademacher complexity of all networks with layers of at most these Frobenius norms:

        (√(2 ln 2 · L) + 1) · Π_l ‖W_l‖_F · √(Σ_i ‖x_i‖²) / n

    x: (n, d).  matrices: W_1 … W_L, from the input on; ReLU between them, no biases.
    Source: Golowich, Rakhlin, Shamir (2018), theorem 1.
    """
    depth = np.sqrt(2 * np.log(2) * len(matrices)) + 1
    norms = np.prod([np.linalg.norm(each) for each in matrices])
    return float(depth * norms * np.linalg.norm(x) / len(x))


def spectral_complexity(x: np.ndarray, *pairs: tuple[np.ndarray, np.ndarray]) -> float:
    """‖X‖_F / n · Π_l ‖W_l‖ · (Σ_l (‖W_l − M_l‖_{2,1} / ‖W_l‖)^{2/3})^{3/2}, without constants.

    pairs: (W_l, M_l) from the input on, M_l any reference chosen beforehand, as the first weights.
    ‖W‖ is the largest singular value, ‖W‖_{2,1} the sum over units of the norms of their weights.
    Constants, the logarithm of the width and the price of choosing the norms after seeing the data
    are left out, all of which are above 1.
    Source: Bartlett, Foster, Telgarsky (2017), theorem 1.1.
    """
    sizes = np.array([np.linalg.norm(w, ord=2) for w, _ in pairs])
    moved = np.array([np.linalg.norm(w - m, axis=1).sum() for w, m in pairs])
    ratios = ((moved / sizes) ** (2 / 3)).sum() ** 1.5
    return float(np.linalg.norm(x) / len(x) * sizes.prod() * ratios)


def margin_bound(
    margins: np.ndarray, complexity: float, *, delta: float = 0.05, factor: float = 2.0
) -> float:
    """The smallest, over γ, of: share of margins below γ + factor·complexity/γ + confidence.

    margins: y f(x) of the n training samples.  complexity: of the networks, as functions to the
    reals.  The factor 2 belongs to the Rademacher complexity and the loss that falls from 1 to 0
    between the margins 0 and γ; the confidence is 3√(ln(2/δ)/2n).  The price of choosing γ after
    seeing the data is left out. Values above 1 say nothing.
    Source: Bartlett, Mendelson (2002); Mohri, Rostamizadeh, Talwalkar, Foundations, theorem 5.8.
    Raises ValueError for a complexity that is not positive and delta outside (0, 1).
    """
    margins = np.sort(row(margins, "margins"))
    positive(complexity, "complexity"), checked_delta(delta)
    n = len(margins)
    confidence = 3 * np.sqrt(np.log(2 / delta) / (2 * n))
    # Between two margins the bound falls with γ: the best γ is a margin, or as large as can be.
    above = margins > 0
    below = np.arange(n)[above] / n
    candidates = below + factor * complexity / margins[above]
    return float(min(candidates, default=np.inf)) + float(confidence)
