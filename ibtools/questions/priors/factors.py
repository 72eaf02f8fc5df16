"""A prior that an answer is made of several causes, each of which matters by itself."""

from itertools import product

import numpy as np

from ibtools.questions.memorization import minimum_norm


def combinations(n_factors: int, n_values: int) -> np.ndarray:
    """All combinations of the values 0 … n_values − 1 of each factor, (n_values^n_factors, n)."""
    return np.array(list(product(range(n_values), repeat=n_factors)))


def one_hot_factors(combined: np.ndarray, n_values: int) -> np.ndarray:
    """A distributed code (m, n_factors·n_values): one unit for each value of each factor."""
    return np.eye(n_values)[combined].reshape(len(combined), -1)


def factors(
    *, seeds: tuple[int, ...], sizes: tuple[int, ...], n_factors: int, n_values: int
) -> dict[str, np.ndarray]:
    """Error on unseen combinations of a linear fit to a distributed code.

    In the first case each value of each factor adds its own normal amount to the answer, in the
    second every combination has an amount of its own. (With one unit for each combination there
    would be nothing to generalise: a unit never seen says 0 in both cases, an error of 1.)

    with_prior, without: (sizes, seeds), mean squared error over the mean square of the answers.
    """
    combined = combinations(n_factors, n_values)
    code = one_hot_factors(combined, n_values)
    errors = np.zeros((2, len(sizes), len(seeds)), dtype=np.float32)
    for k, seed in enumerate(seeds):
        rng = np.random.default_rng(seed)
        added = code @ rng.normal(size=code.shape[1]) / np.sqrt(n_factors)
        for i, answers in enumerate((added, rng.normal(size=len(code)))):
            order = rng.permutation(len(code))
            for j, n in enumerate(sizes):
                learnt, tested = order[:n], order[n:]
                guess = code[tested] @ minimum_norm(code[learnt], answers[learnt])
                error = ((guess - answers[tested]) ** 2).mean()
                errors[i, j, k] = error / (answers**2).mean()
    return {"with_prior": errors[0], "without": errors[1]}
