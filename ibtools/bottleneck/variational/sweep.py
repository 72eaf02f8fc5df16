"""A trained bottleneck over many β and seeds: where compression helps, and where it hurts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from numbers import Real

import numpy as np
from tqdm.auto import tqdm

from ibtools.bottleneck.variational.model import TrainedBottleneck
from ibtools.bottleneck.variational.samples import labels
from ibtools.datasets import train_test_split
from ibtools.information.validation import columns, generator, same_length, whole_number

MEASURED = ("I_XT_upper", "I_TY_lower", "error")


@dataclass(frozen=True, eq=False)
class VariationalSweep:
    """betas (b,), seeds (s,), epochs (l,) of the looks; the rest (b, s, l), [..., -1] being last.

    I_XT_upper_train, I_TY_lower_train, error_train and the same with _test: as in `Evaluation`, in
    bits; test samples are a part of the data that training never sees.
    I_XT_train: (b, s) I(X;T) itself at the end, see `TrainedBottleneck.input_information`.
    Cells that an interruption left out are NaN.
    kind, settings: of the bottleneck, all but beta and seed.  data, train_fraction: of the samples.
    """

    betas: np.ndarray
    seeds: np.ndarray
    epochs: np.ndarray
    I_XT_upper_train: np.ndarray
    I_TY_lower_train: np.ndarray
    error_train: np.ndarray
    I_XT_upper_test: np.ndarray
    I_TY_lower_test: np.ndarray
    error_test: np.ndarray
    I_XT_train: np.ndarray
    kind: str = ""
    settings: dict = field(default_factory=dict)
    data: str = ""
    train_fraction: float = 0.8

    def last(self, name: str) -> np.ndarray:
        """(b, s) the last look of one of the arrays (b, s, l)."""
        return getattr(self, name)[..., -1]

    def functional_at(self, beta: float) -> np.ndarray:
        """(b, s) I(X;T)^p - β I(T;Y) in nats of every code, for one β, with the training bounds.

        For the β that a code was trained for it should be the lowest. If the code of another β has
        less, training has ended in a local optimum, or far from any.
        """
        rate = self.last("I_XT_upper_train") * np.log(2)
        return rate ** self.settings["power"] - beta * self.last("I_TY_lower_train") * np.log(2)

    def rows(self) -> list[str]:
        """A line a β: mean and standard deviation over seeds of what was reached.

        Two bounds and I(X;T) of the training samples; the bound on I(T;Y) and the error, in per
        cent, of the test samples.
        """
        titles = ("I(X;T) ≤", "I(X;T)", "I(T;Y) ≥", "test", "error")
        lines = [" ".join(["   beta", *(f"{title:>12}" for title in titles)])]
        for b, beta in enumerate(self.betas):
            columns = (
                self.last("I_XT_upper_train")[b],
                self.I_XT_train[b],
                self.last("I_TY_lower_train")[b],
                self.last("I_TY_lower_test")[b],
                100 * self.last("error_test")[b],
            )
            # One seed has no spread, and neither has what is infinite.
            with np.errstate(invalid="ignore"):
                spread = [f"{c.mean():z5.2f} ± {c.std(ddof=len(c) > 1):4.2f}" for c in columns]
            lines.append(f"{beta:7g} {' '.join(spread)} %")
        return lines


def variational_sweep(
    model: TrainedBottleneck,
    x: np.ndarray,
    y: np.ndarray,
    *,
    betas: Sequence[float],
    seeds: int | Sequence[int] = 5,
    train_fraction: float = 0.8,
    data: str = "",
    progress: bool | None = None,
) -> VariationalSweep:
    """Train a bottleneck with the settings of `model` for every β and seed, from the start each.

    model: its beta and seed do not matter, and it is not trained.  x (n, d), y (n,): split into
    samples to train on and to test on, anew for each seed and the same for every β, so that
    spreads hold the chance of the split and differences between β do not.
    seeds: how many, from 0, or which.  data: a name for the samples, kept with the result.
    Interrupting ends the sweep; the cells that were not done are NaN.

    Raises ValueError for no betas, and the errors of the model and of its fit.
    """
    x, y = columns(x), labels(y)
    same_length(x=x, y=y)
    seeds = list(range(whole_number(seeds, "seeds")) if isinstance(seeds, Real) else seeds)
    if not len(betas) or not seeds:
        raise ValueError(f"betas and seeds must not be empty, got {list(betas)} and {seeds}")
    models = [[replace(model, beta=beta, seed=seed) for seed in seeds] for beta in betas]
    epochs = np.array(sorted({0, *range(0, model.epochs + 1, model.look_every), model.epochs}))
    names = [f"{name}_{part}" for part in ("train", "test") for name in MEASURED]
    arrays = {name: np.full((len(betas), len(seeds), len(epochs)), np.nan) for name in names}
    information = np.full((len(betas), len(seeds)), np.nan)
    hidden = None if progress is None else not progress
    for b, s in tqdm(
        product(range(len(betas)), range(len(seeds))),
        total=information.size,
        unit="model",
        disable=hidden,
    ):
        chosen, rest = train_test_split(len(x), train_fraction, rng=generator(seeds[s]))
        fitted = models[b][s].fit(
            x[chosen], y[chosen], x_test=x[rest], y_test=y[rest], progress=False
        )
        if fitted.history.ended == "interrupted":
            break
        for name in MEASURED:
            arrays[f"{name}_train"][b, s] = getattr(fitted.history.train, name)
            arrays[f"{name}_test"][b, s] = getattr(fitted.history.test, name)
        information[b, s] = fitted.input_information(x[chosen])
    return VariationalSweep(
        betas=np.array(betas, dtype=float),
        seeds=np.array(seeds),
        epochs=epochs,
        **arrays,
        I_XT_train=information,
        kind=type(model).__name__,
        settings={k: v for k, v in model.settings().items() if k not in ("beta", "seed")},
        data=data,
        train_fraction=train_fraction,
    )
