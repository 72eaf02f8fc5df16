import re

import numpy as np
import pytest
import torch

from ibtools.check.learning import gradients


def two_layers(
    derivative=lambda a, t: 1 - t**2,
    error=lambda o, y: (o - y) / y.shape[1],
    back="T",
    seen=lambda a, t: t,
):
    def answer(x, y, W1, b1, W2, b2):
        a = W1 @ x + b1
        t = np.tanh(a)
        d2 = error(W2 @ t + b2, y)
        d1 = (W2.T if back == "T" else W2) @ d2 * derivative(a, t)
        bias_1, bias_2 = (d.sum(axis=1, keepdims=True) for d in (d1, d2))
        return d1 @ x.T, bias_1, d2 @ seen(a, t).T, bias_2

    return answer


right_gradients = two_layers()


def with_torch(x, y, *parameters):
    leaves = [torch.tensor(part, requires_grad=True) for part in parameters]
    W1, b1, W2, b2 = leaves
    output = W2 @ torch.tanh(W1 @ torch.tensor(x) + b1) + b2
    loss = (output - torch.tensor(y)).square().sum() / (2 * x.shape[1])
    return [part.numpy() for part in torch.autograd.grad(loss, leaves)]


def biases(change):
    def answer(*case):
        dW1, db1, dW2, db2 = right_gradients(*case)
        return dW1, change(db1, case[0].shape[1]), dW2, change(db2, case[0].shape[1])

    return answer


def softmax(o):
    return np.exp(o) / np.exp(o).sum(axis=0)


def in_order(*order):
    return lambda *case: [right_gradients(*case)[i] for i in order]


def biases_over(axis, **options):
    def answer(x, y, W1, b1, W2, b2):
        t = np.tanh(W1 @ x + b1)
        d2 = (W2 @ t + b2 - y) / x.shape[1]
        d1 = W2.T @ d2 * (1 - t**2)
        return d1 @ x.T, d1.sum(axis=axis, **options), d2 @ t.T, d2.sum(axis=axis, **options)

    return answer


def only_one_wrong(*case):
    dW1, db1, dW2, db2 = right_gradients(*case)
    return dW1 + 1, db1, dW2, db2


ANSWERS = [
    (right_gradients, "Right"),
    (with_torch, "Right"),
    (biases(lambda b, n: b.ravel()), "Right"),
    (two_layers(lambda a, t: 1 - np.tanh(t) ** 2), "at the wrong place"),
    (two_layers(lambda a, t: 1 - a**2), "1 - a² is not the derivative"),
    (two_layers(lambda a, t: 1.0), "the derivative of tanh is missing"),
    (two_layers(error=lambda o, y: o - y), "7 times too large"),
    (two_layers(error=lambda o, y: 2 * (o - y) / 7), "half the squared error"),
    (two_layers(error=lambda o, y: (y - o) / 7), "wrong sign"),
    (two_layers(error=lambda o, y: (o - y) / 49), "samples twice"),
    (two_layers(error=lambda o, y: (o - y) / y.size), "number of outputs"),
    (two_layers(back="none"), "transpose is missing"),
    (biases(lambda b, n: np.repeat(b / n, n, axis=1)), "one column for each"),
    (biases(lambda b, n: np.zeros(n)), "not over the units"),
    (biases(lambda b, n: b.sum()), "not over the units"),
    (
        lambda *c: [part.T if i % 2 == 0 else part for i, part in enumerate(right_gradients(*c))],
        r"transposed: the gradient of W1, W2.*W2 its entry \[0, 1\] should be",
    ),
    (two_layers(lambda a, t: t * (1 - t)), "slope of the logistic"),
    (two_layers(seen=lambda a, t: a), r"they got t = tanh\(a\), not the sum a"),
    (two_layers(error=lambda o, y: (softmax(o) - y) / 7), "softmax is still in"),
    (two_layers(error=lambda o, y: 2 * (o - y) / y.size), "2/size"),
    (biases(lambda b, n: b / n), "those of the biases too small .* 7"),
    (in_order(2, 3, 0, 1), "in the order W2, b2, W1, b1"),
    (in_order(0, 2, 1, 3), "in the order W1, W2, b1, b2"),
    (biases_over(1), "Right"),
    (biases_over(0), r"shape \(7,\): sum over the samples"),
    (biases_over(0, keepdims=True), r"shape \(1, 7\): sum over the samples"),
    (lambda *c: right_gradients(*c)[:2], "four gradients.*got 2"),
    (only_one_wrong, "not right: the gradient of W1. Begin"),
]


@pytest.mark.parametrize(("answer", "message"), ANSWERS)
def test_each_answer_gets_its_own_hint(answer, message, assert_says):
    assert_says(gradients(answer), message)


def test_transposed_gradients_are_told_by_their_shape_where_it_shows():
    def turned_unless_square(*case):
        turns = case[2].shape[0] != case[2].shape[1]
        return [part.T if turns else part for part in right_gradients(*case)]

    verdict = gradients(turned_unless_square)
    assert re.search(r"shape \(2, 4\); .* \(4, 2\). Turn the product", repr(verdict))
