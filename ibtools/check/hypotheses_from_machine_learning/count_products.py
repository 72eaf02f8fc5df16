"""Exercise: how many products a layered sum-product formula has when it is multiplied out."""

from collections.abc import Callable

import numpy as np

from ibtools.check.mistakes import known_mistake, values_at
from ibtools.check.verdict import Verdict, checker, not_yet

CASES = ((("multiply", "add"),), (("add", "multiply"),), (("multiply", "add") * 3,), ((),), (
    ("add", "multiply", "multiply"),))  # fmt: skip

SWAPPED = {"add": "multiply", "multiply": "add"}


def _right(layers: tuple[str, ...]) -> int:
    products = 1
    for layer in layers:
        products = products**2 if layer == "multiply" else 2 * products
    return products


HINTS: tuple[tuple[Callable[[tuple[str, ...]], float], str], ...] = (
    (
        lambda layers: 2 ** layers.count("add"),
        "multiplying two sums squares the number of products: each of one meets each of the other.",
    ),
    (
        lambda layers: 2 ** len(layers),
        "this is the number of inputs. Multiplying two sums squares the number of products, adding "
        "them doubles it.",
    ),
    (
        lambda layers: _right(tuple(SWAPPED[each] for each in layers)),
        "sums and products have changed places: adding doubles, multiplying squares.",
    ),
    (
        lambda layers: _right(tuple(reversed(layers))),
        "the layers are taken from the top. They are given from the inputs upwards.",
    ),
    (
        lambda layers: 2 ** len(layers) - 1,
        "this counts the units of the layered network, not the products.",
    ),
    (
        lambda layers: _right(layers) - 1 if layers else 1,
        "one too few.",
    ),
)  # fmt: skip


@checker
def count_products(answer: Callable) -> Verdict:
    """answer(layers): products of the expanded formula; layers 'multiply' or 'add', from below."""
    got, wanted = values_at(answer, CASES), values_at(_right, CASES)
    if np.array_equal(got, wanted):
        return Verdict(True, "adding doubles the products, multiplying squares them.")
    if found := known_mistake(got, ((values_at(rule, CASES), hint) for rule, hint in HINTS)):
        return found
    if got[3] != 1:
        return not_yet(f"without layers the formula is one input, one product; got {got[3]:g}.")
    i = int(np.argmax(got != wanted))
    return not_yet(
        f"for {', '.join(CASES[i][0])} you give {got[i]:g}. Write out x₁x₂ + x₃x₄, then its "
        "product with x₅x₆ + x₇x₈: how many products are there before, and how many after?"
    )
