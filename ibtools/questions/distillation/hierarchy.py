"""A cause with many effects, level by level, and the same way back: inference on a tree."""

import numpy as np

from ibtools.information.validation import columns, whole_number

LARGEST = 4


def leaf_states(depth: int) -> np.ndarray:
    """All 2^(2^depth) patterns ±1 of the leaves, (patterns, leaves), +1 first.

    Raises ValueError for a depth above 4: sixteen leaves, 65,536 patterns.
    """
    if whole_number(depth, "depth") > LARGEST:
        raise ValueError(f"depth must be {LARGEST} at most, to list all patterns, got {depth}")
    leaves = 2**depth
    return 1 - 2 * (np.arange(2**leaves)[:, None] >> np.arange(leaves)[::-1] & 1)


def leaf_weights(flip: float, depth: int) -> np.ndarray:
    """P(leaves | root) of all patterns for the roots +1 and −1, (2, patterns).

    Every node has two children; each takes its parent's sign, and the other one with probability
    flip. From the leaves up: P(leaves below | node) is a product over the children.
    """
    keep = 1 - flip_probability(flip)
    step = np.array([[keep, flip], [flip, keep]])
    below = np.eye(2)
    for _ in range(whole_number(depth, "depth")):
        child = step @ below
        below = (child[:, :, None] * child[:, None, :]).reshape(2, -1)
    return below


def flip_probability(flip: float) -> float:
    """The probability if it lies between 0 and 1/2, both excluded. Raises ValueError otherwise."""
    if not 0 < flip < 0.5:
        raise ValueError(f"flip must lie between 0 and 0.5, got {flip!r}")
    return flip


def upward(leaves: np.ndarray, flip: float) -> list[np.ndarray]:
    """Log odds of every node given the leaves below it, level by level, leaves first.

    leaves: (samples, 2^depth) of ±1.  Returns depth + 1 arrays, (samples, nodes of the level); the
    leaves are known and stand as ±1, the last has one column, ln P(+1 | leaves) / P(−1 | leaves).

    L(parent) = Σ_children 2 artanh((1 − 2 flip) tanh(L(child) / 2)); a known leaf has tanh ±1. With
    both signs equally likely at the root this is exact, by Bayes' rule on a tree.

    Raises ValueError unless the columns are a power of two and hold ±1 only.
    """
    leaves = columns(leaves, "leaves")
    n = leaves.shape[1]
    if n & (n - 1):
        raise ValueError(f"leaves must have a power of two as columns, got {n}")
    if not (np.abs(leaves) == 1).all():
        raise ValueError("leaves must hold −1 and 1 only")
    pull = 1 - 2 * flip_probability(flip)
    levels, known = [leaves], leaves.astype(float)
    while known.shape[1] > 1:
        odds = 2 * np.arctanh(pull * known)
        levels.append(odds[:, ::2] + odds[:, 1::2])
        known = np.tanh(levels[-1] / 2)
    return levels


def votes(leaves: np.ndarray) -> list[np.ndarray]:
    """As `upward`, but every node hands on no more than a vote: the sign of its children's sum.

    −1, 0 or 1, 0 where the children disagree or both have no opinion.
    """
    levels = [columns(leaves, "leaves")]
    while levels[-1].shape[1] > 1:
        below = levels[-1]
        levels.append(np.sign(below[:, ::2] + below[:, 1::2]))
    return levels


def information_by_level(levels: list[np.ndarray], flip: float) -> tuple[np.ndarray, np.ndarray]:
    """H(T) and I(T; Y) in bits of every level T, Y the root, both (depth + 1,).

    levels: of `upward` or `votes` for all `leaf_states`, in their order.  Numbers that agree to
    nine decimals count as one value of T.
    """
    given = leaf_weights(flip, len(levels) - 1)
    entropies, informations = [], []
    for level in levels:
        _, value = np.unique(level.round(9) + 0.0, axis=0, return_inverse=True)
        p = np.stack([np.bincount(value.ravel(), weights=row) for row in given])
        entropies.append(_entropy(p.mean(axis=0)))
        informations.append(entropies[-1] - np.mean([_entropy(row) for row in p]))
    return np.array(entropies), np.array(informations)


def root_error(flip: float, depth: int) -> float:
    """Share of wrong answers of the best guess at the root: ½ Σ min(P(x | +1), P(x | −1))."""
    return float(leaf_weights(flip, depth).min(axis=0).sum() / 2)


def majority_error(flip: float, depth: int) -> float:
    """Share of wrong answers of the sign of the sum of the leaves, half of it at a tie."""
    votes = leaf_states(depth).sum(axis=1)
    plus, _ = leaf_weights(flip, depth)
    return float(plus[votes < 0].sum() + plus[votes == 0].sum() / 2)


def _entropy(p: np.ndarray) -> float:
    known = p[p > 0]
    return float(-(known * np.log2(known)).sum())
