"""The gradients of a network of two layers by hand, right and with the usual mistakes."""

from typing import Any

import numpy as np


def by_hand(
    x,
    y,
    W1,
    b1,
    W2,
    b2,
    *,
    factor=1.0,
    derivative=None,
    back=None,
    mean=True,
    output=None,
    seen=None,
    bias_share=1.0,
) -> list[np.ndarray]:
    """The four gradients, or what one of the usual mistakes makes of them."""
    a = W1 @ x + b1
    t = np.tanh(a)
    out = W2 @ t + b2
    delta_2 = factor * ((out if output is None else output(out)) - y) / (x.shape[1] if mean else 1)
    derivative = 1 - t**2 if derivative is None else derivative(a, t)
    delta_1 = (W2.T if back is None else back) @ delta_2 * derivative
    bias_1, bias_2 = (bias_share * delta.sum(axis=1, keepdims=True) for delta in (delta_1, delta_2))
    return [delta_1 @ x.T, bias_1, delta_2 @ (t if seen is None else seen(a, t)).T, bias_2]


def _softmax(out: np.ndarray) -> np.ndarray:
    p = np.exp(out - out.max(axis=0))
    return p / p.sum(axis=0)


def mistakes(*, n: int, W2: np.ndarray) -> tuple[tuple[dict[str, Any], str], ...]:
    """What to tell `by_hand` for each of the usual mistakes, and the hint that fits it."""
    hints: tuple[tuple[dict[str, Any], str], ...] = (
        (
            dict(derivative=lambda a, t: 1 - np.tanh(t) ** 2),
            "the derivative of tanh is taken at the wrong place: it is 1 - tanh(a)² where a is the "
            "sum before the bend. You hold t = tanh(a) already, so it is 1 - t².",
        ),
        (
            dict(derivative=lambda a, t: 1 - a**2),
            "1 - a² is not the derivative of tanh. It is 1 - tanh(a)², which is 1 - t² with the "
            "activation t = tanh(a), not with the sum a.",
        ),
        (
            dict(derivative=lambda a, t: t * (1 - t)),
            "t (1 - t) is the slope of the logistic function. That of tanh is 1 - t².",
        ),
        (
            dict(derivative=lambda a, t: 1.0),
            "the derivative of tanh is missing: what comes back through W2 is the gradient of t, "
            "and a still has to pass through the bend, which multiplies it by 1 - t².",
        ),
        (
            dict(seen=lambda a, t: a),
            "the gradient of W2 takes what its edges got, and they got t = tanh(a), not the sum a.",
        ),
        (
            dict(output=_softmax),
            "the softmax is still in: this network ends in its sums, so the error is "
            "W2 t + b2 - y itself.",
        ),
        (
            dict(bias_share=1 / n),
            "those of the weights are right, those of the biases too small by the number of "
            f"samples, {n}: your δ holds the 1/n of the mean already, so add up its columns.",
        ),
        (
            dict(factor=2 / W2.shape[0]),
            "these are the gradients of a mean over all entries of (output - y)², 2/size times the "
            "error. Here it is half the squares, summed over outputs, averaged over samples only.",
        ),
        (
            dict(mean=False),
            f"all are {n} times too large, and {n} is the number of samples: the loss is a mean.",
        ),
        (dict(factor=2.0), "all are twice too large: the loss is half the squared error."),
        (dict(factor=-1.0), "all have the wrong sign: the error is output - y, not y - output."),
        (dict(factor=1 / n), "you divide by the number of samples twice."),
        (
            dict(factor=1 / W2.shape[0]),
            "all are too small by the number of outputs: the squared error is summed over the "
            "outputs, and only then averaged over the samples.",
        ),
    )
    # Only there does it give a number at all.
    if W2.shape[0] == W2.shape[1]:
        transposed = (
            dict(back=W2),
            "the gradients of W1 and b1 are wrong: going back, what an output unit wants reaches "
            "hidden unit j with the weight W2[:, j]. A transpose is missing.",
        )
        return (transposed, *hints)
    return hints
