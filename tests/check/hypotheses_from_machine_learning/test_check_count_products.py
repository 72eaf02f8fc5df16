import pytest

from ibtools.check.hypotheses_from_machine_learning import count_products


def by_sets(layers):
    """Right, by multiplying out sets of inputs."""
    inputs = iter(range(2 ** len(layers)))

    def formula(depth):
        if depth == 0:
            return [frozenset([next(inputs)])]
        one, other = formula(depth - 1), formula(depth - 1)
        if layers[depth - 1] == "add":
            return one + other
        return [a | b for a in one for b in other]

    return len(set(formula(len(layers))))


def swapped(layers):
    return by_sets(tuple({"add": "multiply", "multiply": "add"}[each] for each in layers))


ANSWERS = [
    (by_sets, "Right"),
    (lambda layers: 2 ** layers.count("add"), "squares the number of products: each"),
    (lambda layers: 2 ** len(layers), "the number of inputs"),
    (swapped, "changed places"),
    (lambda layers: by_sets(layers[::-1]), "from the top"),
    (lambda layers: 2 ** len(layers) - 1, "counts the units"),
    (lambda layers: by_sets(layers) - 1 if layers else 1, "one too few"),
    (lambda layers: 7, "without layers"),
    (lambda layers: 7 if layers else 1, "for multiply, add you give 7"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(count_products(answer), message)


def test_the_hints_are_told_apart(assert_told_apart):
    assert_told_apart(count_products, ANSWERS)


def test_the_printed_solution_is_right(printed_solutions, assert_says):
    answer = printed_solutions("hypotheses_from_machine_learning")["count_products"]
    assert_says(count_products(answer), "Right")
