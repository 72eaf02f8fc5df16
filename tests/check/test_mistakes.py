from operator import eq

import numpy as np

from ibtools.check.mistakes import alike, known_mistake, values_at

HINTS = [(1.0, "one."), (np.ones(2), "a pair of ones."), (1.0, "one again.")]


def test_the_first_mistake_that_fits_is_told():
    assert repr(known_mistake(1 + 1e-12, HINTS)) == "Not yet: one."
    assert repr(known_mistake(np.ones(2), HINTS)) == "Not yet: a pair of ones."


def test_what_is_no_known_mistake_gets_no_verdict():
    assert known_mistake(2.0, HINTS) is None
    assert known_mistake(np.nan, HINTS) is None
    assert known_mistake(1 + 1e-12, HINTS[:1], same=eq) is None


def test_mistakes_behind_the_one_that_fits_are_not_computed():
    def hints():
        yield 1.0, "one."
        raise AssertionError

    assert known_mistake(1.0, hints()).message == "one."


def test_equal_numbers_in_another_shape_are_not_alike():
    assert alike([1, 1], np.ones(2))
    assert not alike(1.0, np.ones(2))
    assert not alike(np.ones((1, 2)), np.ones((2, 1)))


def test_values_are_numbers_in_the_order_of_the_cases():
    def quotient(a, b):
        return np.float32(a / b)

    values = values_at(quotient, [(1, 2), (3, 1)])
    assert values.tolist() == [0.5, 3.0]
    assert values.dtype == float
