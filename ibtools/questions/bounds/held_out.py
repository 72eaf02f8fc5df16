"""What a test set promises: the exact binomial bound."""

from scipy.stats import beta

from ibtools.information.validation import whole_number


def held_out_bound(errors: int, n: int, *, delta: float = 0.05) -> float:
    """The largest error rate under which so few of n test samples are wrong with probability delta.

    errors: of a classifier fixed before the test samples were drawn. The true error rate lies above
    the bound with probability at most delta. Clopper and Pearson's upper end, one-sided.
    Raises ValueError unless 0 ≤ errors ≤ n and 0 < delta < 1.
    """
    n, errors = whole_number(n, "n"), whole_number(errors, "errors", at_least=0)
    if errors > n:
        raise ValueError(f"errors must be {n} at most, got {errors}")
    checked_delta(delta)
    return 1.0 if errors == n else float(beta.ppf(1 - delta, errors + 1, n - errors))


def checked_delta(delta: float) -> float:
    if not 0 < delta < 1:
        raise ValueError(f"delta must lie between 0 and 1, got {delta}")
    return delta
