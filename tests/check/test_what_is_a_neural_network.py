from math import factorial, prod

import numpy as np
import pytest
import torch

from ibtools.check import what_is_a_neural_network as check


def only_square(x, weights, bias):
    return np.tanh(x @ weights.T + bias) if len(weights) == 4 else np.zeros((len(x), 2))


LAYER = [
    (lambda x, w, b: torch.nn.functional.linear(*map(torch.tensor, (x, w, b))).tanh(), "Right"),
    (lambda x, w, b: [np.tanh(w @ one + b) for one in x], "Right"),
    (lambda x, w, b: x @ w.T + b, "still has to go through tanh"),
    (lambda x, w, b: np.tanh(x @ w.T), "bias is missing"),
    (lambda x, w, b: np.tanh(x @ w.T) + b, "added after tanh"),
    (lambda x, w, b: np.tanh(x[:, None] * w).sum(2) + b, "adds first and bends"),
    (lambda x, w, b: np.tanh(x @ w + b), "column by column"),
    (lambda x, w, b: np.tanh(w @ x.T + b[:, None]), "on their side"),
    (lambda x, w, b: x @ w.T, "bias and tanh are both missing"),
    (lambda x, w, b: np.maximum(x @ w.T + b, 0), "as rectified units do"),
    (lambda x, w, b: 1 / (1 + np.exp(-(x @ w.T + b))), "logistic function"),
    (lambda x, w, b: np.tanh(x @ w), "bias is missing, and the weights"),
    (lambda x, w, b: np.tanh(w @ x.T + b), "as if it had one number per sample"),
    (lambda x, w, b: x @ w.T + np.zeros(3), "stops with ValueError"),
    (lambda x, w, b: w @ x.T + b[:, None], r"has \(4, 7\), one row per unit"),
    (lambda x, w, b: np.tanh(x[0] @ w.T + b), r"should have shape \(7, 4\), and has \(4,\)"),
    (lambda x, w, b: np.tanh(2 * x @ w.T + b), "should be -?[0-9.]+ and is -?[0-9.]+"),
    (only_square, "rely on a square matrix"),
]

AFFINE = [
    (lambda w1, b1, w2, b2: (w2 @ w1, w2 @ b1 + b2), "Right"),
    (lambda w1, b1, w2, b2: (w1 @ w2, w2 @ b1 + b2), "wrong order"),
    (lambda w1, b1, w2, b2: ((w2 @ w1).T, w2 @ b1 + b2), "transposed"),
    (lambda w1, b1, w2, b2: (w1 + w2, b1 + b2), "matrices are added"),
    (lambda w1, b1, w2, b2: (w1 * w2, b1 + b2), "entry by entry"),
    (lambda w1, b1, w2, b2: (w2, b2), "entry in the first row"),
    (lambda w1, b1, w2, b2: (w2 @ w1, b1 + b2), "only added"),
    (lambda w1, b1, w2, b2: (w2 @ w1, w2 @ b1), "b2 is missing"),
    (lambda w1, b1, w2, b2: (w2 @ w1, b2), "b1 is missing"),
    (lambda w1, b1, w2, b2: (w2 @ w1, w1 @ b2 + b1), "exchanged"),
    (lambda w1, b1, w2, b2: (w2 @ w1, w1 @ b1 + b2), "b1 goes through w1"),
    (lambda w1, b1, w2, b2: w2 @ w1, "one matrix alone"),
    (lambda w1, b1, w2, b2: (w2 @ w1, w2 @ (b1 + b2)), "w2 acts on b2 too"),
    (lambda w1, b1, w2, b2: (w2 @ w1, 0 * b1), "what comes out for x = 0"),
    (lambda w1, b1, w2, b2: (w2 @ w1, 0.0), r"b \(3,\)"),
]


def both(n):
    return factorial(n) * 2**n


def per_hidden_layer(rule):
    return lambda widths: prod(map(rule, widths[1:-1]))


COUNT = [
    (per_hidden_layer(both), "Right"),
    (per_hidden_layer(factorial), "orders of the units"),
    (per_hidden_layer(lambda n: 2**n), "changes of sign"),
    (lambda widths: sum(map(both, widths[1:-1])), "are added"),
    (lambda widths: prod(map(both, widths)), "inputs and outputs are counted"),
    (lambda widths: prod(map(both, widths[1:])), "outputs are counted too; only"),
    (lambda widths: prod(map(both, widths[:-1])), "the inputs are counted too; only"),
    (per_hidden_layer(lambda n: n * 2**n), "n! orders, not n"),
    (per_hidden_layer(lambda n: factorial(n) * 2), "one change of sign"),
    (lambda widths: both(widths[1]), "only the first hidden layer"),
    (per_hidden_layer(lambda n: factorial(n) + 2**n), "orders and signs are added"),
    (lambda widths: sum(map(factorial, widths[1:-1])), "orders, added up"),
    (lambda widths: both(sum(widths[1:-1])), "between layers"),
    (lambda widths: 7, r"for widths \(5, 4, 3, 2\) there are 18432, your function: 7"),
    (lambda w: per_hidden_layer(both)(w) if len(w) > 2 else 0, "without hidden units"),
]

COPY = [
    (lambda a, b1, b2: b1 + b2 - a, "Right"),
    (lambda a, b1, b2: (b1 + b2) / 2, "half the gradient"),
    (lambda a, b1, b2: b1 + b2, "yours is 2a"),
    (lambda a, b1, b2: b1 + b2 - 2 * a, "what the request adds to a"),
    (lambda a, b1, b2: a + b1 + b2, "added to a in full"),
    (lambda a, b1, b2: b1, "second user is forgotten"),
    (lambda a, b1, b2: b2, "first user is forgotten"),
    (lambda a, b1, b2: 2 * a - b1 - b2, "is the gradient of the error"),
    (lambda a, b1, b2: 3 * a - b1 - b2, "sign is wrong"),
    (lambda a, b1, b2: 2 * b1 + 2 * b2 - 3 * a, "gradient is doubled"),
    (lambda a, b1, b2: a, "would not learn"),
    (lambda a, b1, b2: a - 0.1 * (2 * a - b1 - b2), "the request is"),
    (lambda a, b1, b2: (b1, b2), r"has \(2, 5\)"),
]

EXERCISES = {
    "layer_output": LAYER,
    "collapse_affine": AFFINE,
    "equivalent_parameters": COUNT,
    "copy_request": COPY,
}
CASES = [(name, *case) for name, cases in EXERCISES.items() for case in cases]


@pytest.mark.parametrize(("name", "answer", "message"), CASES)
def test_each_answer_gets_its_own_hint(name, answer, message, assert_says):
    assert_says(getattr(check, name)(answer), message)


@pytest.mark.parametrize("name", EXERCISES)
def test_wrong_answers_are_told_apart(name):
    told = [repr(getattr(check, name)(answer)) for answer, _ in EXERCISES[name]]
    wrong = [message for message in told if message.startswith("Not yet")]
    assert len(set(wrong)) == len(wrong) >= 3


def test_the_copy_learner_is_what_gradients_say():
    a, b1, b2 = torch.randn(3, 4, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    a.requires_grad_()
    error = ((a - b1) ** 2 + (a - b2) ** 2).sum() / 2
    (gradient,) = torch.autograd.grad(error, a)
    assert torch.allclose(a - gradient, b1 + b2 - a)
