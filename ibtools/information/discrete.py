"""Entropy and information of discrete variables, from samples.

    H[X|Z]   = H[X,Z] - H[Z]
    I[X;Y]   = H[X] + H[Y] - H[X,Y]
    I[X;Y|Z] = H[X,Z] + H[Y,Z] - H[X,Y,Z] - H[Z]

with each entropy estimated from counts by a `correction`, named in `counts.CORRECTIONS`. The
plug-in entropy is too low by about (K-1)/(2n) nats for K symbols and n samples; its largest share
is in the joint entropy, so that the plug-in information is too high, by about
(K_x-1)(K_y-1)/(2n) nats. The other corrections remove part of that; then an information can come
out negative, and is returned so. None helps once most samples are distinct: then the data hold no
repetition to learn from, as with raw continuous measurements. Do not use these there.

"james-stein" and "nsb" ask for the number of symbols. A variable has as many as were seen, a joint
variable the product of its parts': every pair counts as possible.

A variable is x (n,), or x (n, d) whose rows are the symbols: numbers, strings, dates, or objects
that can be dictionary keys. NumPy turns a list of mixed numbers and strings into strings; an object
array keeps them apart. Two floats are one symbol only if they are equal to the last bit. All raise
ValueError for no samples, more than two axes, NaN or different lengths, TypeError for objects that
are no keys, naming the argument.
"""

from math import prod

import numpy as np

from ibtools.information.counts import entropy_from_counts
from ibtools.information.validation import plain_array, same_length


def _numbered(x: np.ndarray, name: str) -> np.ndarray:
    """Objects as integers, in the order in which they first appear."""
    first_seen: dict = {}
    try:
        numbers = [first_seen.setdefault(value, len(first_seen)) for value in x.flat]
    except TypeError as error:
        raise TypeError(f"{name} must hold values that can be dictionary keys") from error
    return np.array(numbers).reshape(x.shape)


def _one_value_each(x: np.ndarray, name: str) -> np.ndarray:
    """x (n,) or (n, d) as an array (n,) that np.unique can sort, equal where symbols are equal."""
    x = plain_array(x, name)
    if x.ndim not in (1, 2) or 0 in x.shape:
        raise ValueError(f"{name} must have shape (n,) or (n, d), n ≥ 1 and d ≥ 1, got {x.shape}")
    numbers = _numbered(x, name) if x.dtype == object else x
    if np.any(x != x):  # NaN and NaT equal nothing: counting them has no meaning.
        raise ValueError(f"{name} must not contain NaN")
    x = numbers
    if x.ndim == 1 or x.shape[1] == 1:
        return x.reshape(-1)
    if x.dtype.char in "gGT":  # Their bytes do not name the value: padding, or an address.
        x = np.stack([symbols(column) for column in x.T], axis=1)
    # Rows as strings of bytes sort several times faster; adding 0 turns -0 into 0.
    x = np.ascontiguousarray(x + 0 if x.dtype.kind in "fc" else x)
    return x.view(np.dtype((np.void, x.dtype.itemsize * x.shape[1]))).reshape(-1)


def symbols(x: np.ndarray, name: str = "x") -> np.ndarray:
    """Number the distinct values of x (n,) or rows of x (n, d): integers (n,) from 0."""
    return np.unique(_one_value_each(x, name), return_inverse=True)[1]


def n_distinct(x: np.ndarray) -> int:
    """Number of distinct values in x (n,), or of distinct rows in x (n, d)."""
    return len(np.unique(_one_value_each(x, "x")))


def _coded(**variables: np.ndarray) -> list[np.ndarray]:
    coded = {name: symbols(values, name) for name, values in variables.items()}
    same_length(**coded)
    return list(coded.values())


def _coded_together(variables: tuple) -> list[np.ndarray]:
    if not variables:
        raise ValueError("variables must be at least one, got none")
    return _coded(**{f"variables[{i}]": x for i, x in enumerate(variables)})


def _joint(coded: list[np.ndarray]) -> np.ndarray:
    """Numbers of the distinct tuples, renumbered with each variable so that they stay below n²."""
    joint, *others = coded
    for other in others:
        joint = np.unique(joint * (other.max() + 1) + other, return_inverse=True)[1]
    return joint


def joint_symbols(*variables: np.ndarray) -> np.ndarray:
    """Number the distinct tuples of variables, (n,) or (n, d) each, of any types: (n,) from 0."""
    return _joint(_coded_together(variables))


def _combined(joints: list, less: list, correction: str, base: float) -> float:
    """Σ H[joints] - Σ H[less], each entry a list of coded variables taken together."""

    def entropies(groups):
        for group in groups:
            yield entropy_from_counts(
                np.bincount(_joint(group)),
                correction=correction,
                n_symbols=prod(int(x.max()) + 1 for x in group),
                base=base,
            )

    difference = sum(entropies(joints)) - sum(entropies(less))
    # The plug-in value is the exact information of a table; below 0 is rounding.
    return max(0.0, difference) if correction == "plug-in" else difference


def entropy_discrete(
    x: np.ndarray, *, correction: str = "plug-in", n_symbols: int | None = None, base: float = 2
) -> float:
    """Entropy of samples x.

    n_symbols: number of possible symbols, for "james-stein" and "nsb"; those seen unless given.
    The plug-in value is at most log n: with few samples a symbol it measures n more than X.
    """
    counts = np.bincount(symbols(x))
    return entropy_from_counts(counts, correction=correction, n_symbols=n_symbols, base=base)


def conditional_entropy_discrete(
    x: np.ndarray, given: np.ndarray, *, correction: str = "plug-in", base: float = 2
) -> float:
    """H[X|Z] = H[X,Z] - H[Z] of paired samples x and given.

    The plug-in value is 0 when every given is distinct, whatever x has to do with it.
    """
    x, given = _coded(x=x, given=given)
    return _combined([[x, given]], [[given]], correction, base)


def mutual_information_discrete(
    x: np.ndarray, y: np.ndarray, *, correction: str = "plug-in", base: float = 2
) -> float:
    """I[X;Y] = H[X] + H[Y] - H[X,Y] of paired samples x and y.

    When every x is distinct the plug-in value is the entropy of y, whatever the two have to do
    with each other.
    """
    x, y = _coded(x=x, y=y)
    return _combined([[x], [y]], [[x, y]], correction, base)


def conditional_mutual_information_discrete(
    x: np.ndarray, y: np.ndarray, given: np.ndarray, *, correction="plug-in", base: float = 2
) -> float:
    """I[X;Y|Z] of samples x, y and given; plug-in bias about K_z(K_x-1)(K_y-1)/(2n) nats."""
    x, y, given = _coded(x=x, y=y, given=given)
    return _combined([[x, given], [y, given]], [[x, y, given], [given]], correction, base)


def total_correlation_discrete(
    *variables: np.ndarray, correction: str = "plug-in", base: float = 2
) -> float:
    """TC[X₁;…;X_d] = Σ_i H[X_i] - H[X₁,…,X_d] of d samples taken together, one argument each.

    The joint has up to Π K_i symbols, so that the plug-in bias grows fast with d.
    """
    coded = _coded_together(variables)
    return _combined([[x] for x in coded], [coded], correction, base)
