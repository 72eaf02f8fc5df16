"""Forward and backward through a stack of fully connected networks.

All networks of an ensemble have the same shape, so a layer of the whole ensemble is one array and
one batched matrix product. Samples come last, T_l (networks, units, samples), weights are
(networks, out, in): the inner loops then run over hundreds of samples, not over three units,
which makes the products several times faster.

    forward    T_l = g(W_l T_{l-1} + b_l),    output softmax(W_L T_{L-1} + b_L)
    backward   δ_L = p - onehot(y),           δ_{l-1} = (W_lᵀ δ_l) ∘ g'(T_{l-1})
               ∂loss/∂W_l = δ_l T_{l-1}ᵀ / n,  ∂loss/∂b_l = mean of δ_l

The derivatives g' are written as functions of the activation T = g(a), so that nothing but the
activations has to be kept.
"""

import torch
from torch.nn import functional

ACTIVATION_FUNCTIONS = {
    "tanh": torch.tanh,
    "relu": torch.relu,
    "softsign": functional.softsign,
    "softplus": functional.softplus,
    "linear": lambda a: a,
}

DERIVATIVES = {
    "tanh": lambda t: 1 - t * t,
    "relu": lambda t: (t > 0).to(t.dtype),
    "softsign": lambda t: (1 - t.abs()) ** 2,
    "softplus": lambda t: -torch.expm1(-t),
    "linear": torch.ones_like,
}

Parameters = list[tuple[torch.Tensor, torch.Tensor]]


def forward(parameters: Parameters, x: torch.Tensor, activation: str) -> list[torch.Tensor]:
    """Activations of every layer for x (networks, inputs, samples); the last holds the logits."""
    g = ACTIVATION_FUNCTIONS[activation]
    layers, t = [], x
    for i, (weights, bias) in enumerate(parameters):
        a = torch.baddbmm(bias, weights, t)
        t = g(a) if i < len(parameters) - 1 else a
        layers.append(t)
    return layers


def deltas(
    parameters: Parameters, layers: list[torch.Tensor], y: torch.Tensor, activation: str
) -> list[torch.Tensor]:
    """δ_l of every layer, per sample: the gradient of its cross-entropy at the layer's input sum.

    layers: what `forward` returned.  y: (networks, samples) labels.
    """
    derivative = DERIVATIVES[activation]
    delta = torch.softmax(layers[-1], dim=1)
    delta.scatter_add_(1, y[:, None], delta.new_full((1, 1, 1), -1.0).expand(delta.shape))
    backwards = [delta]
    for (weights, _), t in zip(parameters[:0:-1], layers[-2::-1], strict=True):
        delta = torch.bmm(weights.mT, delta).mul_(derivative(t))
        backwards.append(delta)
    return backwards[::-1]


def gradients(
    parameters: Parameters, x: torch.Tensor, y: torch.Tensor, activation: str
) -> Parameters:
    """Gradient of the mean cross-entropy (nats) of each network, in the shape of `parameters`."""
    layers = forward(parameters, x, activation)
    inputs = [x, *layers[:-1]]
    n = x.shape[2]
    return [
        (torch.bmm(delta, t.mT).div_(n), delta.mean(dim=2, keepdim=True))
        for t, delta in zip(inputs, deltas(parameters, layers, y, activation), strict=True)
    ]


def weight_gradient_moments(
    parameters: Parameters, x: torch.Tensor, y: torch.Tensor, activation: str
) -> tuple[torch.Tensor, torch.Tensor]:
    """Norm of the mean and spread of the single samples' weight gradients, (networks, layers) each.

    One sample's gradient is the outer product of t and δ, so its squared norm is ‖t‖²‖δ‖², and
    trace(Cov) = mean of ‖t‖²‖δ‖² - ‖mean gradient‖²: no sample's gradient need be formed.
    """
    layers = forward(parameters, x, activation)
    means, spreads = [], []
    inputs = [x, *layers[:-1]]
    for t, delta in zip(inputs, deltas(parameters, layers, y, activation), strict=True):
        mean_square = torch.bmm(delta, t.mT).div_(x.shape[2]).square().sum(dim=(1, 2))
        square_mean = (t.square().sum(1) * delta.square().sum(1)).mean(dim=1)
        means.append(mean_square.sqrt())
        spreads.append((square_mean - mean_square).clamp_(min=0).sqrt())
    return torch.stack(means, dim=1), torch.stack(spreads, dim=1)


def loss_and_accuracy(logits: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Mean cross-entropy in nats and share of right answers of each network, (networks,) each."""
    log_p = torch.log_softmax(logits, dim=1)
    loss = -log_p.gather(1, y[:, None]).mean(dim=(1, 2))
    return loss, (logits.argmax(dim=1) == y).to(logits.dtype).mean(dim=1)
