"""A law of two variables whose mutual information is known, as a source of samples."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ibtools.information.validation import whole_number

KINDS = ("continuous", "discrete", "mixed")

Variable = np.ndarray
Sampler = Callable[[int, np.random.Generator], tuple[Variable, Variable]]


def unchanged(x: Variable) -> Variable:
    return x


@dataclass(frozen=True)
class Law:
    """p(x, y) that can be drawn from, and what it holds.

    name: unique among the laws.  information: I[X;Y] in bits, from a formula, never from samples.
    draw: (n, Generator) to x and y, (n, d) each; integers (n,) for a discrete variable.
    d_x, d_y: number of columns.  kind: "continuous", "discrete", or "mixed" where either variable
    has atoms and the other, or the rest of it, a density.  source: who defined the law.
    """

    name: str
    information: float
    draw: Sampler = field(repr=False)
    d_x: int = 1
    d_y: int = 1
    kind: str = "continuous"
    source: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if not 0 <= self.information < np.inf:
            raise ValueError(f"information must be at least 0 and finite, got {self.information}")

    def sample(self, n: int, rng: np.random.Generator | int) -> tuple[Variable, Variable]:
        """n independent pairs: x (n, d_x) and y (n, d_y), or (n,) integers where discrete.

        rng: a Generator, which moves on, or a seed, which always gives the same pairs.
        Raises ValueError when n is not a whole number of at least 1.
        """
        return self.draw(whole_number(n, "n"), np.random.default_rng(rng))

    def mapped(
        self,
        name: str,
        of_x: Callable[[Variable], Variable] = unchanged,
        of_y: Callable[[Variable], Variable] = unchanged,
        **changes,
    ) -> "Law":
        """The law of of_x(X) and of_y(Y), under a new name.

        Both maps must be one-to-one, row by row: then I[of_x(X); of_y(Y)] = I[X;Y], and the
        information is kept. Nothing checks this. changes: other fields, such as d_x, that differ.
        """

        def draw(n: int, rng: np.random.Generator) -> tuple[Variable, Variable]:
            x, y = self.draw(n, rng)
            return of_x(x), of_y(y)

        return replace(self, name=name, draw=draw, **changes)
