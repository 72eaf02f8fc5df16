"""Exercise: how many parameter vectors are the same function."""

from collections.abc import Callable
from math import factorial, prod
from operator import eq

from ibtools.check.mistakes import known_mistake
from ibtools.check.verdict import Verdict, checker, not_yet


@checker
def equivalent_parameters(answer: Callable) -> Verdict:
    """answer(widths) -> parameter vectors of the same function, by reordering and flipping."""
    cases = [(5, 4, 3, 2), (2, 3, 1), (3, 2, 2, 2, 3), (4, 5, 1)]
    got = [answer(widths) for widths in cases]

    def of_each(rule: Callable, units: slice = slice(1, -1), combined: Callable = prod) -> list:
        return [combined(rule(n) for n in widths[units]) for widths in cases]

    def both(n: int) -> int:
        return factorial(n) * 2**n

    hints = [
        (
            of_each(factorial),
            "these are the orders of the units. A tanh unit can also change the signs of all its "
            "weights, those that leave it included.",
        ),
        (
            of_each(lambda n: 2**n),
            "these are the changes of sign. The units of a layer can also change places.",
        ),
        (
            of_each(both, combined=sum),
            "the counts of the layers are added. What is done in one layer can be combined with "
            "anything in another: multiply.",
        ),
        (
            of_each(both, slice(None)),
            "inputs and outputs are counted too. Their order is part of the question: exchange "
            "two inputs and the function is another one.",
        ),
        (of_each(both, slice(1, None)), "the outputs are counted too; only hidden units are free."),
        (of_each(both, slice(None, -1)), "the inputs are counted too; only hidden units are free."),
        (
            of_each(lambda n: n * 2**n),
            "n units have n! orders, not n.",
        ),
        (
            of_each(lambda n: factorial(n) * 2),
            "one change of sign is counted for the whole layer. Every unit can change its signs by "
            "itself: n units, 2ⁿ choices.",
        ),
        (
            of_each(both, slice(1, 2)),
            "only the first hidden layer is counted. Each of the others has its orders and signs "
            "too.",
        ),
        (
            of_each(lambda n: factorial(n) + 2**n),
            "orders and signs are added. Every order goes with every choice of signs: multiply.",
        ),
        (
            of_each(factorial, combined=sum),
            "these are the orders, added up over the layers. What is done in one layer can be "
            "combined with anything in another, and signs can change too.",
        ),
        (
            [both(sum(widths[1:-1])) for widths in cases],
            "units are exchanged between layers. A unit of the second layer gets other inputs than "
            "one of the first: only units of the same layer can change places.",
        ),
    ]
    if found := known_mistake(got, hints, same=eq):
        return found
    right = of_each(both)
    for widths, value, wanted in zip(cases, got, right, strict=True):
        if value != wanted:
            return not_yet(f"for widths {widths} there are {wanted}, your function: {value}.")
    if answer((3, 1)) != 1:
        return not_yet(
            f"a network without hidden units, widths (3, 1), has 1 such parameter vector, its own; "
            f"your function: {answer((3, 1))}."
        )
    return Verdict(True, "n! orders times 2ⁿ signs in every hidden layer, multiplied.")
