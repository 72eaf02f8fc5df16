"""Where descent ends, from many starts, in networks of different width."""

import numpy as np
import torch

from ibtools.datasets import mnist_5000
from ibtools.information.validation import whole_number
from ibtools.questions.landscape.reduced_images import reduced_images
from ibtools.questions.parts import two_parts

N_CLASSES = 10


def losses_by_width(
    *,
    seed: int,
    widths: tuple[int, ...],
    n_networks: int,
    n_train: int,
    n_test: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Many networks with one hidden layer of ReLU on the same digits of 10 × 10 pixels.

    Networks differ in their first weights only; the data and their order are one, so that what is
    spread is due to where descent starts. Descent with momentum 0.9 and steps that shrink to
    nothing along half a cosine.

    train_loss, test_loss (cross-entropy in nats), test_error: (widths, networks), at the end.
    """
    test, train = two_parts(mnist_5000(), n_test, n_train, seed=seed)
    parts = [(torch.from_numpy(reduced_images(part)), part.y) for part in (train, test)]
    found = {
        name: np.zeros((len(widths), n_networks))
        for name in ("train_loss", "test_loss", "test_error")
    }
    for i, width in enumerate(widths):
        weights = trained_ensemble(
            *parts[0],
            width,
            n_networks=n_networks,
            epochs=epochs,
            learning_rate=learning_rate,
            batch_size=batch_size,
            seed=seed,
        )
        found["train_loss"][i], _ = losses(weights, *parts[0])
        found["test_loss"][i], found["test_error"][i] = losses(weights, *parts[1])
    return found


def trained_ensemble(
    x: torch.Tensor,
    y: np.ndarray,
    width: int,
    *,
    n_networks: int,
    epochs: int,
    learning_rate: float,
    batch_size: int,
    seed: int,
) -> list[torch.Tensor]:
    """W₁ (networks, inputs, width), b₁ (networks, 1, width), W₂, b₂ after training on (x, y).

    All are trained as one batch, on the same data in the same order; `ibtools.networks.training`
    gives every network a split of its own. First weights are uniform in ±1/√fan-in.
    """
    whole_number(width, "width")
    generator = torch.Generator().manual_seed(seed)
    weights = []
    for n_in, n_out in ((x.shape[1], width), (width, N_CLASSES)):
        for rows in (n_in, 1):
            drawn = torch.rand(n_networks, rows, n_out, generator=generator)
            weights.append(((2 * drawn - 1) / n_in**0.5).requires_grad_())
    optimizer = torch.optim.SGD(weights, lr=learning_rate, momentum=0.9)
    labels = torch.from_numpy(y)
    steps = epochs * -(-len(x) // batch_size)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(whole_number(epochs, "epochs", at_least=0)):
        for batch in torch.randperm(len(x), generator=generator).split(batch_size):
            optimizer.zero_grad()
            # A sum over networks, so that each gets the gradient of its own mean loss.
            cross_entropies(weights, x[batch], labels[batch]).mean(dim=1).sum().backward()
            optimizer.step()
            schedule.step()
    return [each.detach() for each in weights]


def outputs(weights: list[torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """What all networks say of all samples, (networks, samples, classes)."""
    first, first_bias, second, second_bias = weights
    hidden = torch.baddbmm(first_bias, x.expand(len(first), -1, -1), first).relu()
    return torch.baddbmm(second_bias, hidden, second)


def losses(
    weights: list[torch.Tensor], x: torch.Tensor, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Mean cross-entropy in nats and share of wrong answers of each network, both (networks,)."""
    labels, parts = torch.from_numpy(y), torch.arange(len(x)).split(500)
    with torch.no_grad():
        loss = torch.cat([cross_entropies(weights, x[i], labels[i]) for i in parts], dim=1)
        wrong = torch.cat([outputs(weights, x[i]).argmax(dim=2) != labels[i] for i in parts], dim=1)
    return loss.mean(dim=1).numpy(), wrong.float().mean(dim=1).numpy()


def cross_entropies(
    weights: list[torch.Tensor], x: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    """−ln of the probability of the label, in nats, (networks, samples)."""
    said = outputs(weights, x)
    chosen = labels.expand(len(said), -1)
    return torch.nn.functional.cross_entropy(said.mT, chosen, reduction="none")
