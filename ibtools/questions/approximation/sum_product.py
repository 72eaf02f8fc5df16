"""Products of sums of products: short to say in layers, long when multiplied out."""

import numpy as np

from ibtools.information.validation import columns, whole_number

Monomials = frozenset[frozenset[int]]


def sum_product(x: np.ndarray) -> np.ndarray:
    """Products of neighbours, sums of neighbours, products, sums, … until one number is left.

    x: (m, n) with n = 4, 16, 64, …  Returns (m,).  A network of n − 1 units.
    Source: family F of Delalleau and Bengio (2011).
    """
    x = columns(x)
    _check(x.shape[1])
    multiply = True
    while x.shape[1] > 1:
        left, right = x[:, ::2], x[:, 1::2]
        x = left * right if multiply else left + right
        multiply = not multiply
    return x[:, 0]


def multiplied_out(n: int) -> Monomials:
    """The same as a sum of products of inputs: for each product the inputs in it.

    A network of one layer of products and one sum needs a unit for each, 2^(√n − 1) in all.
    n: 4, 16 or 64; 256 would be 32,768 products of 16 inputs each.
    """
    _check(n)
    if n > 64:
        raise ValueError(f"n must be 64 at most to be multiplied out, got {n}")
    polynomials: list[Monomials] = [frozenset([frozenset([i])]) for i in range(n)]
    multiply = True
    while len(polynomials) > 1:
        pairs = zip(polynomials[::2], polynomials[1::2], strict=True)
        polynomials = [
            frozenset(a | b for a in one for b in other) if multiply else one | other
            for one, other in pairs
        ]
        multiply = not multiply
    return polynomials[0]


def evaluated(monomials: Monomials, x: np.ndarray) -> np.ndarray:
    """The sum of the products at x (m, n), (m,)."""
    x = columns(x)
    return sum(x[:, sorted(inputs)].prod(axis=1) for inputs in monomials)


def _check(n: int) -> None:
    whole_number(n, "n", at_least=4)
    if n & (n - 1) or (n.bit_length() - 1) % 2:
        raise ValueError(f"n must be a power of four from 4 on, got {n}")
