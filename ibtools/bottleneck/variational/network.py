"""Encoder, decoder and noise as one flat list of weights, and what they say about samples."""

import torch
from torch.nn import functional

from ibtools.bottleneck.variational.codes import Code
from ibtools.bottleneck.variational.settings import BottleneckSettings
from ibtools.information.variational.critics import Parameters, dense, through


def initialised(
    settings: BottleneckSettings,
    sizes: tuple[int, int, int],
    noise: Parameters,
    generator: torch.Generator,
) -> Parameters:
    """sizes: columns of x, outputs of the encoder, classes.  noise: further weights of the code."""
    n_inputs, n_outputs, n_classes = sizes
    encoder = [n_inputs, *settings.hidden, n_outputs]
    decoder = [settings.code_size, *settings.decoder_hidden, n_classes]
    both = (dense(widths, generator, last_gain=1) for widths in (encoder, decoder))
    return [*(tensor for network in both for tensor in network), *noise]


def parts(
    settings: BottleneckSettings, parameters: Parameters
) -> tuple[Parameters, Parameters, Parameters]:
    """The weights of the encoder, of the decoder, and of the noise."""
    first = 2 * (len(settings.hidden) + 1)
    second = first + 2 * (len(settings.decoder_hidden) + 1)
    return parameters[:first], parameters[first:second], parameters[second:]


def log_probabilities(
    decoder: Parameters, code: Code, n_samples: int, generator: torch.Generator
) -> torch.Tensor:
    """log q(y|t) of n_samples t from each q(t|x): (n_samples, n, classes)."""
    t = code.sample(n_samples, generator)
    scores = through(decoder, t.flatten(0, 1)).unflatten(0, t.shape[:2])
    return functional.log_softmax(scores, dim=-1)


def cross_entropy(log_q: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """- E log q(y|t) in nats: the mean over samples t of the logarithm, as the bound asks."""
    return -log_q.gather(2, targets.expand(len(log_q), -1)[..., None]).mean()


def error(log_q: torch.Tensor, targets: torch.Tensor) -> float:
    """Share of x whose most probable label, by the mean over t of the probability, is wrong."""
    wrong = log_q.exp().mean(dim=0).argmax(dim=1) != targets
    return float(wrong.double().mean())
