"""A neuron, and a small network, computing: values forward, gradients back, one number at a time.

The graph of a network shows what the formula hides: every circle adds up what it gets, each value
times its weight, and bends the sum; every line knows one gradient, what it got times what comes
back. The reader changes any number and takes steps of gradient descent by hand.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import traitlets

from ibtools.information.validation import generator, one_of, positive, whole_number
from ibtools.widgets.module import bundle
from ibtools.widgets.page_widget import PageWidget

MODULE = Path(__file__).with_suffix(".js")
ACTIVATIONS = ("tanh", "relu", "logistic", "linear")
OFFERED = ((2, 1), (2, 3, 1), (2, 3, 3, 1))
# More would not fit into a picture on a phone, or into an address.
MOST_UNITS, MOST_LAYERS, LARGEST = 4, 4, 20


class NetworkGraph(PageWidget):
    """A small dense network to compute with, from one neuron to two hidden layers.

    widths: how many inputs, units in each hidden layer, and one output; a reader of (2, 1),
    (2, 3, 1) or (2, 3, 3, 1) can change to the other two.  activation: what bends the sum in
    every unit, "tanh", "relu", "logistic" or "linear".  weights: for each layer an array
    (units, values it gets + 1) whose last column are the biases; by default random, from seed.
    inputs, target: the one example that is shown; its loss is (output - target)².  rate: of a
    step of gradient descent.

    `weights` are those shown, after the reader's changes and steps.
    """

    _esm = bundle(MODULE)
    _module = MODULE
    _address = "network"
    _height = 620

    networks = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    rate = traitlets.Float().tag(sync=True)

    def __init__(
        self,
        widths: Sequence[int] = (2, 1),
        *,
        activation: str = "tanh",
        weights: Sequence[np.ndarray] | None = None,
        inputs: Sequence[float] | None = None,
        target: float = 0.8,
        rate: float = 0.1,
        seed: int = 25,
    ):
        widths = _widths(widths)
        offered = OFFERED if widths in OFFERED else (widths,)
        networks = {_name(of): random_weights(of, seed=seed) for of in offered}
        if weights is not None:
            networks[_name(widths)] = _weights(weights, widths)
        inputs = [1.0, -0.5, 0.5, -1.0][: widths[0]] if inputs is None else inputs
        state = {
            "network": _name(widths),
            "activation": one_of(activation, "activation", ACTIVATIONS),
            "weights": networks[_name(widths)],
            "inputs": _numbers(inputs, "inputs", (widths[0],)),
            "target": _numbers(target, "target", ()),
            "selected": "",
        }
        super().__init__(networks=networks, state=state, rate=positive(rate, "rate"))

    @property
    def weights(self) -> list[np.ndarray]:
        return [np.array(layer) for layer in self.state["weights"]]

    def summary(self) -> str:
        n_inputs, *hidden, _ = self.state["network"].split("-")
        of = f"a network with {n_inputs} inputs and {' and '.join(hidden)} hidden units"
        return (
            f"The graph of {of if hidden else f'one neuron with {n_inputs} inputs'} "
            f"({self.state['activation']}): every unit bends a weighted sum of what it gets, and "
            "the gradient of every weight is what it got, times what comes back from the loss."
        )

    def page_state(self) -> dict:
        return {"networks": self.networks, "state": self.state, "rate": self.rate}


def random_weights(widths: Sequence[int], *, seed: int) -> list:
    """Weights of each layer, the biases last, with two decimals, so that they are easy to read.

    Sizes from 0.3 to 1.2 with random signs, biases a quarter of that: no line is too thin to see,
    and few units are bent flat.
    """
    rng = generator(seed)
    layers = []
    for n_in, n_out in pairwise(widths):
        numbers = rng.uniform(0.3, 1.2, (n_out, n_in + 1)) * rng.choice((-1, 1), (n_out, n_in + 1))
        numbers[:, -1] /= 4
        layers.append(numbers.round(2).tolist())
    return layers


def _name(widths: Sequence[int]) -> str:
    return "-".join(map(str, widths))


def _widths(widths: Sequence[int]) -> tuple[int, ...]:
    widths = tuple(whole_number(width, "every one of widths") for width in widths)
    fits = 2 <= len(widths) <= MOST_LAYERS and max(widths) <= MOST_UNITS and widths[-1] == 1
    if not fits:
        raise ValueError(
            f"widths must be 2 to {MOST_LAYERS} numbers up to {MOST_UNITS}, the last one 1, "
            f"got {widths}"
        )
    return widths


def _numbers(values, name: str, shape: tuple[int, ...]):
    values = np.asarray(values, dtype=float)
    if values.shape != shape or not (np.abs(values) <= LARGEST).all():
        wanted = f"numbers of shape {shape}" if shape else "a number"
        raise ValueError(f"{name} must be {wanted} between ±{LARGEST}, got {values.tolist()}")
    return values.tolist()


def _weights(weights: Sequence[np.ndarray], widths: tuple[int, ...]) -> list:
    if len(weights) != len(widths) - 1:
        raise ValueError(f"weights must be {len(widths) - 1} layers, got {len(weights)}")
    return [
        _numbers(layer, f"weights[{i}]", (widths[i + 1], widths[i] + 1))
        for i, layer in enumerate(weights)
    ]
