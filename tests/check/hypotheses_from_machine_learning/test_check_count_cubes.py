from math import ceil

import pytest

from ibtools.check.hypotheses_from_machine_learning import count_cubes


def by_trying(slope, error, dimensions):
    """Right: more and more cubes along a coordinate, until half a width is small enough."""
    along = 1
    while slope / (2 * along) > error:
        along += 1
    return along**dimensions


ANSWERS = [
    (by_trying, "Right"),
    (lambda slope, error, d: ceil(slope / error) ** d, "more than are needed"),
    (lambda slope, error, d: (slope / 2 / error) ** d, "a part of a cube"),
    (lambda slope, error, d: ceil((slope / 2 / error) ** d), "too late"),
    (lambda slope, error, d: int(slope / 2 / error) ** d, "rounded down"),
    (lambda slope, error, d: ceil(slope / 2 / error) * d, "it is a power"),
    (lambda slope, error, d: ceil(slope / 2 / error), "for one dimension"),
    (lambda slope, error, d: ceil(slope * d / 2 / error) ** d, "do not add up"),
    (lambda slope, error, d: ceil(2 * error / slope) ** d, "upside down"),
    (lambda slope, error, d: 12, "you give 12. A cube may be 0.25 wide"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(count_cubes(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(count_cubes, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_machine_learning")["count_cubes"]
    assert_says(count_cubes(answer), "Right")
