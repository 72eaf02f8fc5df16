"""What a trained bottleneck is worth on some samples: two bounds and an error."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Numbers of one look, or arrays (looks,); informations in bits unless asked otherwise.

    I_XT_upper: what the code costs at most.  I_TY_lower: H(Y) minus the cross-entropy of the
    decoder; below 0 where it does worse than the labels' frequencies.  error: share of wrong
    labels.
    """

    I_XT_upper: float | np.ndarray
    I_TY_lower: float | np.ndarray
    error: float | np.ndarray

    @classmethod
    def stacked(cls, looks: "Iterable[Evaluation]") -> Self:
        """Looks, one after the other, as arrays."""
        return cls(*np.array([list(vars(look).values()) for look in looks], dtype=float).T)


@dataclass(frozen=True, eq=False)
class History:
    """How a training went. epochs: (looks,), from 0, which is before the first step.

    train, test: Evaluations of arrays (looks,); test is None where no test samples were given.
    ended: "epochs" when all were done, or "interrupted" by the user.
    """

    epochs: np.ndarray
    train: Evaluation
    test: Evaluation | None
    ended: str

    @classmethod
    def of(cls, looks: Sequence[tuple[int, list[Evaluation]]], ended: str) -> Self:
        """From (epoch, [train] or [train, test]) of each look."""
        epochs, evaluations = zip(*looks, strict=True)
        train, *test = map(Evaluation.stacked, zip(*evaluations, strict=True))
        return cls(np.array(epochs), train, test[0] if test else None, ended)
