import numpy as np
import pytest

from ibtools.check.refusals import refusal, value_unless_refused


def raising(p):
    if p < 0:
        raise ValueError("p must not be negative")
    return p


def asserting(p):
    assert p >= 0
    return p


def solving(p):
    return np.linalg.inv(np.full((2, 2), p))[0, 0]


def test_who_refuses_and_how():
    assert [refusal(answer, 0.5) for answer in (raising, asserting)] == [None, None]
    assert [refusal(answer, -1.0) for answer in (raising, asserting)] == [
        ValueError,
        AssertionError,
    ]
    # LinAlgError is a ValueError too.
    assert refusal(solving, 1.0) is ValueError


def test_a_refusal_has_no_value_and_the_rest_does():
    assert value_unless_refused(raising, 0.5) == 0.5
    assert value_unless_refused(raising, -1.0) is None


def test_other_errors_are_no_refusals():
    with pytest.raises(TypeError):
        refusal(raising, "p")
    with pytest.raises(AssertionError):
        value_unless_refused(asserting, -1.0)
