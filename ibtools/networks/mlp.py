"""Forward and backward through a stack of fully connected networks.

All networks of an ensemble have the same shape, so a layer of the whole ensemble is one array and
one batched matrix product. Samples come last, T_l (networks, units, samples), weights are
(networks, out, in): the inner loops then run over hundreds of samples, not over three units,
which makes the products several times faster.

    forward    T_l = g(W_l T_{l-1} + b_l),    output softmax(W_L T_{L-1} + b_L)
    backward   δ_L = p - onehot(y),           δ_{l-1} = (W_lᵀ δ_l) ∘ g'(T_{l-1})
               ∂loss/∂W_l = δ_l T_{l-1}ᵀ / n,  ∂loss/∂b_l = mean of δ_l

The derivatives g' are written as functions of the activation T = g(a), so that nothing but the
activations has to be kept, and both g and g' overwrite what they are given: once the products are
this fast, new memory for every result would cost as much as the arithmetic.
"""

from collections.abc import Callable, Iterator

import torch
from torch.nn import functional

ACTIVATION_FUNCTIONS = {
    "tanh": torch.tanh_,
    "relu": torch.relu_,
    "softsign": functional.softsign,
    "softplus": functional.softplus,
    "linear": lambda a: a,
}

# tanh a = 2σ(2a) - 1, right to 2e-7 in float32. PyTorch's own tanh takes five times longer where
# its vector library does not know the processor. Good enough to follow a gradient; what is
# measured is made with the tanh above.
TRAINING_FUNCTIONS = ACTIVATION_FUNCTIONS | {
    "tanh": lambda a: a.mul_(2).sigmoid_().mul_(2).sub_(1),
}

DERIVATIVES = {
    "tanh": lambda t: t.square_().neg_().add_(1),
    "relu": torch.Tensor.sign_,
    "softsign": lambda t: t.abs_().neg_().add_(1).square_(),
    "softplus": lambda t: t.neg_().expm1_().neg_(),
    "linear": lambda t: t.fill_(1),
}

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def forward(
    parameters: Parameters,
    x: torch.Tensor,
    activation: str,
    *,
    functions: dict = ACTIVATION_FUNCTIONS,
    disturb: Callable[[torch.Tensor], torch.Tensor] | None = None,
) -> list[torch.Tensor]:
    """Activations of every layer for x (networks, inputs, samples); the last holds the logits.

    disturb: what happens to each hidden layer before it is seen by the next and returned.
    """
    layers, t = [], x
    for weights, bias in parameters[:-1]:
        t = functions[activation](torch.bmm(weights, t).add_(bias))
        t = t if disturb is None else disturb(t)
        layers.append(t)
    weights, bias = parameters[-1]
    return [*layers, torch.bmm(weights, t).add_(bias)]


def backward(
    parameters: Parameters, layers: list[torch.Tensor], y: torch.Tensor, activation: str
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """T_{l-1} and δ_l, per sample, of every layer, the last one first.

    layers: the input, then what `forward` returned; each is overwritten when the next pair is asked
    for.  y: (networks, samples) labels.
    """
    delta = torch.softmax(layers[-1], dim=1)
    delta.scatter_add_(1, y[:, None], delta.new_full((1, 1, 1), -1.0).expand(delta.shape))
    for (weights, _), t in zip(parameters[:0:-1], layers[-2:0:-1], strict=True):
        yield t, delta
        delta = torch.bmm(weights.mT, delta).mul_(DERIVATIVES[activation](t))
    yield layers[0], delta


def gradients(
    parameters: Parameters, x: torch.Tensor, y: torch.Tensor, activation: str
) -> Parameters:
    """Gradient of the mean cross-entropy (nats) of each network, in the shape of `parameters`."""
    layers = forward(parameters, x, activation, functions=TRAINING_FUNCTIONS)
    n = x.shape[2]
    return [
        (torch.bmm(delta, t.mT).div_(n), delta.mean(dim=2, keepdim=True))
        for t, delta in backward(parameters, [x, *layers], y, activation)
    ][::-1]


def weight_gradient_moments(
    parameters: Parameters, x: torch.Tensor, y: torch.Tensor, activation: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Norm of the mean and spread of the single samples' weight gradients, (networks, layers) each.

    One sample's gradient is the outer product of t and δ, so its squared norm is ‖t‖²‖δ‖², and
    trace(Cov) = mean of ‖t‖²‖δ‖² - ‖mean gradient‖²: no sample's gradient need be formed.
    """
    layers = forward(parameters, x, activation)
    means, spreads = [], []
    for t, delta in backward(parameters, [x, *layers], y, activation):
        mean_square = torch.bmm(delta, t.mT).div_(x.shape[2]).square().sum(dim=(1, 2))
        square_mean = (t.square().sum(1) * delta.square().sum(1)).mean(dim=1)
        means.append(mean_square.sqrt())
        spreads.append((square_mean - mean_square).clamp_(min=0).sqrt())
    return torch.stack(means[::-1], dim=1), torch.stack(spreads[::-1], dim=1)


def loss_and_accuracy(logits: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean cross-entropy in nats and share of right answers of each network, (networks,) each."""
    log_p = torch.log_softmax(logits, dim=1)
    loss = -log_p.gather(1, y[:, None]).mean(dim=(1, 2))
    return loss, (logits.argmax(dim=1) == y).to(logits.dtype).mean(dim=1)
