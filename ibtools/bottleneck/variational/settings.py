"""The settings that all trained bottlenecks share, and what they may be."""

from dataclasses import dataclass, fields
from math import inf
from numbers import Real

from ibtools.information.validation import positive, whole_number


@dataclass(kw_only=True, eq=False)
class BottleneckSettings:
    """How a bottleneck is built and trained. Raises ValueError that names the setting.

    beta: β, multiplies relevance as everywhere in this book. Papers on the variational bottleneck
    let theirs multiply the rate, CE + β' rate: β = 1/β', and their 1e-3 is 1000 here. Infinite: the
    cross-entropy alone, as networks are trained everywhere.
    power: p of rate^p. Not 1, it gives β the unit of the rate to p-1, and the rate is in nats.
    code_size: units of T.  hidden, decoder_hidden: widths of the layers (SiLU) between x and T and
    between T and y; () is a linear map.
    n_training_samples: t drawn for each x at each step.  n_posterior_samples: t drawn for each x
    when predicting and evaluating.
    learning_rate: of Adam; times learning_rate_decay after every epoch.
    averaging: predictions use a running average of the weights that keeps this share of itself at
    each step (Polyak); 0 is no averaging.
    look_every: epochs between two entries of the history; to look is to pass through all samples.
    """

    beta: float = 1000.0
    power: float = 1
    code_size: int = 16
    hidden: tuple[int, ...] = (256,)
    decoder_hidden: tuple[int, ...] = (64,)
    n_training_samples: int = 1
    n_posterior_samples: int = 12
    learning_rate: float = 1e-2
    learning_rate_decay: float = 0.98
    averaging: float = 0.99
    epochs: int = 200
    batch_size: int = 128
    look_every: int = 1
    seed: int = 0

    def __post_init__(self):
        if self.beta != inf:
            self.beta = positive(self.beta, "beta")
        if not isinstance(self.power, Real) or not 1 <= self.power < inf:
            raise ValueError(f"power must be at least 1 and finite, got {self.power!r}")
        for name in ("hidden", "decoder_hidden"):
            widths = getattr(self, name)
            if not isinstance(widths, tuple | list):
                raise ValueError(
                    f"{name} must be a tuple of widths, such as (256,), got {widths!r}"
                )
            setattr(self, name, tuple(whole_number(width, name) for width in widths))
        for name in (
            "code_size",
            "n_training_samples",
            "n_posterior_samples",
            "epochs",
            "batch_size",
            "look_every",
        ):
            setattr(self, name, whole_number(getattr(self, name), name))
        self.seed = whole_number(self.seed, "seed", at_least=0)
        self.learning_rate = positive(self.learning_rate, "learning_rate")
        if not 0 < self.learning_rate_decay <= 1:
            raise ValueError(
                "learning_rate_decay must be above 0 and at most 1, "
                f"got {self.learning_rate_decay!r}"
            )
        if not 0 <= self.averaging < 1:
            raise ValueError(f"averaging must be at least 0 and below 1, got {self.averaging!r}")

    def settings(self) -> dict:
        """All settings as plain values, ready for JSON; with `type(self)` they make it again."""
        values = {item.name: getattr(self, item.name) for item in fields(self) if item.init}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
