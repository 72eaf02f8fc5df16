import numpy as np
import pytest

from ibtools.check.hypotheses_from_machine_learning import receptive_field


def by_places(layers):
    """Right, by following which pixels the first unit of the last layer is connected to."""
    places = {0}
    for size, step in reversed(layers):
        places = {step * place + k for place in places for k in range(size)}
    return max(places) - min(places) + 1


def early(layers):
    seen, apart = 1, 1
    for size, step in layers:
        apart *= step
        seen += (size - 1) * apart
    return seen


def one_below(layers):
    steps = [1, *(step for _, step in layers)]
    return 1 + sum((size - 1) * steps[k] for k, (size, _) in enumerate(layers))


ANSWERS = [
    (by_places, "Right"),
    (lambda layers: 1 + sum(size - 1 for size, _ in layers), "steps are missing"),
    (lambda layers: sum(size for size, _ in layers), "added as they are"),
    (lambda layers: int(np.prod([size for size, _ in layers])), "multiplied"),
    (early, "too early"),
    (one_below, "Steps multiply"),
    (lambda layers: by_places(layers) - 1 if layers else 1, "one too few"),
    (lambda layers: by_places(layers[::-1]), "from the top"),
    (lambda layers: by_places(layers) + 1, "sees 1; got 2"),
    (lambda layers: 3 if layers else 1, r"you give 3. Layer by layer .*\[4, 1, 8, 2\]"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(receptive_field(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(receptive_field, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_machine_learning")["receptive_field"]
    assert_says(receptive_field(answer), "Right")
