"""Training by Adam on shuffled batches, with a running average of the parameters."""

from collections.abc import Callable

import torch
from tqdm.auto import tqdm

from ibtools.bottleneck.variational.evaluation import Evaluation
from ibtools.bottleneck.variational.settings import BottleneckSettings
from ibtools.information.variational.critics import Parameters

Looks = list[tuple[int, list[Evaluation]]]


def train(
    parameters: Parameters,
    loss: Callable[[torch.Tensor], torch.Tensor],
    look: Callable[[Parameters], list[Evaluation]],
    n: int,
    settings: BottleneckSettings,
    generator: torch.Generator,
    *,
    progress: bool | None = None,
) -> tuple[Parameters, Looks, str]:
    """Lower a loss; returns the averaged parameters, the looks with their epochs, how it ended.

    loss: indices of a batch to the loss of `parameters`, which are changed in place.
    look: averaged parameters to what the history keeps of them; called without gradients at epoch
    0, every settings.look_every epochs and at the last.

    Interrupting (KeyboardInterrupt) ends the training as "interrupted" and keeps what was learnt.
    Raises FloatingPointError when the loss is no longer finite.
    """
    for parameter in parameters:
        parameter.requires_grad_(True)
    current = [parameter.detach() for parameter in parameters]
    averaged = [parameter.clone() for parameter in current]
    optimizer = torch.optim.Adam(parameters, lr=settings.learning_rate, fused=True)
    slower = torch.optim.lr_scheduler.ExponentialLR(optimizer, settings.learning_rate_decay)
    look = torch.no_grad()(look)
    looks = [(0, look(averaged))]
    step = 0
    # None hides the bar where there is no terminal.
    hidden = None if progress is None else not progress
    try:
        for epoch in tqdm(range(1, settings.epochs + 1), unit="epoch", disable=hidden):
            for batch in torch.randperm(n, generator=generator).split(settings.batch_size):
                value = loss(batch)
                if not torch.isfinite(value):
                    raise FloatingPointError(
                        f"the loss is not finite in epoch {epoch}: learning_rate="
                        f"{settings.learning_rate} is too large, or x is (bring it to unit size)"
                    )
                optimizer.zero_grad()
                value.backward()
                optimizer.step()
                step += 1
                # At first the average forgets faster, so that it does not remember its start.
                torch._foreach_lerp_(averaged, current, max(1 - settings.averaging, 9 / (step + 9)))
            slower.step()
            if epoch % settings.look_every == 0 or epoch == settings.epochs:
                looks.append((epoch, look(averaged)))
    except KeyboardInterrupt:
        return averaged, looks, "interrupted"
    return averaged, looks, "epochs"
