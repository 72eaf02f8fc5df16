"""What every estimator here does to its samples before it looks for neighbours."""

import numpy as np

from ibtools.information.validation import columns, same_length, standardised, whole_number


def validated_k(k: int, n: int) -> int:
    k = whole_number(k, "k")
    if k >= n:
        raise ValueError(f"k must be less than the number of samples n = {n}, got {k}")
    return k


def prepared(k: int, **variables: np.ndarray) -> tuple[int, list[np.ndarray]]:
    """k, and each named variable as columns of mean 0 and standard deviation 1.

    Columns that never change are left out, since they are as far from everybody as from anybody;
    a variable that has no others becomes one column of zeros.
    """
    samples = {name: columns(values, name) for name, values in variables.items()}
    k = validated_k(k, same_length(**samples))
    spaces = []
    for values in samples.values():
        space = standardised(values)
        varies = space.any(axis=0)
        spaces.append(space[:, varies] if varies.any() else space[:, :1])
    return k, spaces


def is_constant(space: np.ndarray) -> bool:
    """Whether a prepared variable is the same for every sample."""
    return not space.any()


def has_repeats(space: np.ndarray) -> bool:
    """Whether some column has a value twice, which a continuous variable never has."""
    ordered = np.sort(space, axis=0)
    return bool((ordered[1:] == ordered[:-1]).any())


def atom_labels(space: np.ndarray) -> np.ndarray:
    """For each sample 0, or, where more than √n samples share its row, the number of that atom.

    A density puts no two samples on one spot, an atom puts a share of n there, and √n lies between
    the two for every n. Grids of values (data rounded to one decimal) stay below √n until each of
    their values is common enough to be a symbol.
    """
    n = len(space)
    value = np.unique(space, axis=0, return_inverse=True)[1].reshape(-1)
    is_atom = np.bincount(value) > np.sqrt(n)
    return (np.cumsum(is_atom) * is_atom)[value]
