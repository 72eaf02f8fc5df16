"""The information curve: how much about Y can be kept for a given cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ibtools.bottleneck.envelope import concave_envelope
from ibtools.bottleneck.problem import Problem
from ibtools.bottleneck.solution import Solution
from ibtools.information.validation import one_of, real_numbers

COSTS = ("I_XT", "H_T")


@dataclass(frozen=True, eq=False)
class IBCurve:
    """Solutions of one problem over β: one point a β, in the order in which the β were given.

    beta, I_XT, I_TY, H_T, n_clusters, converged: (n,) arrays; informations in units of log `base`.
    H_T is infinite for continuous T.
    I_XY: I(X;Y), the height that no point exceeds.
    alpha: 1 for the information bottleneck, 0 for the deterministic one.  power: see `functional`.
    solutions: the full solutions, n of them, or none where only the numbers were kept.

    len(curve), curve[i] (a solution), curve[a:b] (a curve) and loops work as for a list.

    The optimal curve I(T;Y) over I(X;T) starts in (0, 0), rises, is concave, has slope 1/β where β
    is the multiplier that leads to it, and ends at I(X;Y) (Tishby, Pereira & Bialek 1999,
    arXiv:physics/0004057; Gilad-Bachrach, Navot & Tishby 2003). Solvers find local optima: these
    properties are worth checking, see `slope_excess` and `envelope`.
    """

    beta: np.ndarray
    I_XT: np.ndarray
    I_TY: np.ndarray
    H_T: np.ndarray
    n_clusters: np.ndarray
    converged: np.ndarray
    I_XY: float
    alpha: float = 1.0
    base: float = 2
    solutions: tuple[Solution, ...] = ()
    power: float = 1.0

    def __post_init__(self):
        for name, values in self.arrays().items():
            object.__setattr__(self, name, values)
        shapes = {name: values.shape for name, values in self.arrays().items()}
        if len(set(shapes.values())) != 1 or len(shapes["beta"]) != 1:
            raise ValueError(f"the arrays of a curve must have one length (n,), got {shapes}")
        if self.solutions and len(self.solutions) != len(self.beta):
            raise ValueError(
                f"solutions must be one for each beta or none, got {len(self.solutions)} for "
                f"{len(self.beta)}"
            )

    @classmethod
    def from_solutions(cls, p_xy: np.ndarray | Problem, solutions: Sequence[Solution]) -> "IBCurve":
        """Put solutions of one problem, of one alpha, power and base, in a row.

        Raises ValueError when there are none, or when alpha, power or base differ.
        """
        if not solutions:
            raise ValueError("solutions must hold at least one solution, got none")
        kinds = {(s.alpha, s.power, s.base) for s in solutions}
        if len(kinds) > 1:
            raise ValueError(f"solutions must be of one (alpha, power, base), got {sorted(kinds)}")
        base = solutions[0].base
        return cls(
            beta=np.array([s.beta for s in solutions]),
            I_XT=np.array([s.I_XT for s in solutions]),
            I_TY=np.array([s.I_TY for s in solutions]),
            H_T=np.array([s.H_T for s in solutions]),
            n_clusters=np.array([s.n_clusters for s in solutions]),
            converged=np.array([s.converged for s in solutions]),
            I_XY=Problem.of(p_xy).information(base=base),
            alpha=solutions[0].alpha,
            base=base,
            solutions=tuple(solutions),
            power=solutions[0].power,
        )

    def arrays(self) -> dict[str, np.ndarray]:
        names = ("beta", "I_XT", "I_TY", "H_T", "n_clusters", "converged")
        return {name: np.asarray(getattr(self, name)) for name in names}

    def __len__(self) -> int:
        return len(self.beta)

    def __getitem__(self, index: int | slice) -> "Solution | IBCurve":
        if isinstance(index, slice):
            return self._take(np.arange(len(self))[index])
        if not self.solutions:
            raise ValueError("this curve has kept its numbers only, and has no solutions")
        return self.solutions[index]

    def __iter__(self) -> Iterator[Solution]:
        return (self[i] for i in range(len(self)))

    def _take(self, indices: np.ndarray) -> "IBCurve":
        arrays = {name: values[indices] for name, values in self.arrays().items()}
        solutions = tuple(self.solutions[i] for i in indices) if self.solutions else ()
        return replace(self, **arrays, solutions=solutions)

    @property
    def functional(self) -> np.ndarray:
        """(n,) C^power - β I(T;Y) with the cost C = H(T) - α H(T|X), which is I(X;T) for α = 1."""
        return self._cost**self.power - self.beta * self.I_TY

    @property
    def multiplier(self) -> np.ndarray:
        """(n,) the β for which the same encoders minimise C - β I(T;Y): β itself for power 1.

        β / (power · C^(power-1)): where C^power - β I(T;Y) is least, so is its linear
        approximation in C. Infinite where C = 0 and power > 1: C^power is flat there.
        """
        with np.errstate(divide="ignore", over="ignore"):
            return self.beta / (self.power * self._cost ** (self.power - 1))

    @property
    def minimised(self) -> str | None:
        """Which of the two costs was minimised: I_XT for α = 1, H_T for α = 0, else neither."""
        return {1.0: "I_XT", 0.0: "H_T"}.get(self.alpha)

    @property
    def _cost(self) -> np.ndarray:
        if self.alpha == 1:
            return self.I_XT
        return self.H_T - self.alpha * (self.H_T - self.I_XT)

    def slopes(self) -> np.ndarray:
        """(n-1,) slope ΔI(T;Y) / ΔC from each point to the next; NaN between equal points.

        C is the cost that was minimised, I(X;T) for α = 1: see `functional`.
        """
        rise, run = np.diff(self.I_TY), np.diff(self._cost)
        apart = np.abs(run) > 1e-9
        return np.divide(rise, run, out=np.full(len(run), np.nan), where=apart)

    def slope_excess(self) -> np.ndarray:
        """(n-1,) how far each slope leaves [1/β', 1/β], where β < β' are those of its two ends.

        0 is what optimal solutions give: each of two ends is the best for its own β, so
        the chord can be neither steeper than the tangent at the one nor flatter than at the other.
        More than rounding says that one of the ends is not optimal. NaN between equal points. With
        a power other than 1 the multipliers take the place of β.
        """
        slopes = self.slopes()
        multiplier = self.multiplier
        low = 1 / np.maximum(multiplier[1:], multiplier[:-1])
        high = 1 / np.minimum(multiplier[1:], multiplier[:-1])
        return np.where(
            np.isnan(slopes), np.nan, np.maximum(0, np.maximum(low - slopes, slopes - high))
        )

    def envelope(self, cost: str = "I_XT") -> "IBCurve":
        """The points on the smallest concave, rising curve from (0, 0) above all, by rising cost.

        cost: what is paid, I_XT or H_T. Points between two of them can be reached too, by using now
        one and now the other encoder, on a schedule that is known to both sides. As part of T, a
        random choice between them costs nothing of I(X;T), but its entropy of H(T).

        Raises ValueError for another cost.
        """
        return self._take(concave_envelope(getattr(self, one_of(cost, "cost", COSTS)), self.I_TY))

    def relevance_at(self, cost_value: np.ndarray | float, cost: str = "I_XT") -> np.ndarray:
        """The I(T;Y) that can surely be had for a cost: the envelope, linear between its points.

        Raises ValueError for a negative or NaN cost_value, and for another cost.
        """
        paid = validated_costs(cost_value)
        hull = self.envelope(cost)
        return np.interp(paid, np.r_[0.0, getattr(hull, cost)], np.r_[0.0, hull.I_TY])

    def cost_at(self, relevance: np.ndarray | float, cost: str = "I_XT") -> np.ndarray:
        """The cost at which an I(T;Y) can surely be had: the envelope read from the other side.

        NaN above the highest I(T;Y) of the curve.

        Raises ValueError for a negative or NaN relevance, and for another cost.
        """
        asked = validated_costs(relevance, "relevance")
        hull = self.envelope(cost)
        told = np.r_[0.0, hull.I_TY]
        return np.interp(asked, told, np.r_[0.0, getattr(hull, cost)], right=np.nan)

    def relevance_limit_at(self, cost_value: np.ndarray | float, cost: str = "I_XT") -> np.ndarray:
        """The I(T;Y) that cannot be exceeded for a cost, if the solutions are global optima.

        When no encoder has a smaller I(X;T) - β I(T;Y) than the L found, then I(T;Y) ≤ (I(X;T) -
        L) / β for every encoder: each point of the curve carries a tangent that nothing crosses
        (for a power other than 1, a curve). The limit is the lowest of these, of I(T;Y) ≤ I(X;T)
        and of I(T;Y) ≤ I(X;Y). Its distance to `relevance_at` says how finely β was chosen.

        Raises ValueError for a negative or NaN cost_value, and for a cost whose functional this
        curve did not minimise: H_T belongs to alpha = 0.
        """
        paid = validated_costs(cost_value)
        if one_of(cost, "cost", COSTS) != self.minimised:
            raise ValueError(f"cost must be what alpha = {self.alpha:g} minimises, got {cost!r}")
        tangents = (paid[..., None] ** self.power - self.functional) / self.beta
        return np.minimum(tangents.min(axis=-1, initial=np.inf), np.minimum(paid, self.I_XY))


def validated_costs(values: np.ndarray | float, name: str = "cost_value") -> np.ndarray:
    values = real_numbers(values, name).astype(np.float64)
    if not (values >= 0).all():
        raise ValueError(f"{name} must be 0 or more, got {values.min():g}")
    return values
