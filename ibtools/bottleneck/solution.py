"""What every solver of tables returns: an encoder and what it costs and tells."""

from dataclasses import dataclass, field

import numpy as np

from ibtools.bottleneck.problem import Problem
from ibtools.information.estimate import unit_name
from ibtools.information.tables import entropy_from_table, mutual_information_from_table
from ibtools.information.validation import validated_base, validated_conditional


class BottleneckWarning(UserWarning):
    """A solution that is valid but not what was asked for, such as one that did not converge."""


@dataclass(frozen=True, eq=False)
class Solution:
    """An encoder q(t|x), and how far it compresses and what it keeps.

    q_t_given_x: (n_x, n_t), rows sum to 1.  q_t: (n_t,).  q_y_given_t: (n_t, n_y), rows sum to 1.
    I_XT, I_TY, H_T: I(X;T), I(T;Y) and H(T), computed from the encoder, in units of log `base`.
    beta, alpha, power: of the functional that was minimised, see `functional`.
    converged: whether the solver stopped because nothing changed any more.
    history: (n_steps + 1,) the functional before its first step and after each; empty where there
    were none, as in closed forms.
    """

    q_t_given_x: np.ndarray
    q_t: np.ndarray
    q_y_given_t: np.ndarray
    I_XT: float
    I_TY: float
    H_T: float
    beta: float
    alpha: float = 1.0
    converged: bool = True
    base: float = 2
    power: float = 1.0
    history: np.ndarray = field(default_factory=lambda: np.empty(0))

    @property
    def functional(self) -> float:
        """C^power - β I(T;Y) with the cost C = H(T) - α H(T|X), which is I(X;T) for α = 1."""
        cost = self.H_T - self.alpha * (self.H_T - self.I_XT)
        return cost**self.power - self.beta * self.I_TY

    @property
    def n_steps(self) -> int:
        return max(0, len(self.history) - 1)

    @property
    def n_clusters(self) -> int:
        return len(self.q_t)

    @property
    def effective_clusters(self) -> float:
        """exp H(T): as many equally likely clusters would have the same entropy."""
        return float(self.base**self.H_T)

    @property
    def labels(self) -> np.ndarray:
        """(n_x,) the most likely cluster of every x."""
        return self.q_t_given_x.argmax(axis=1)

    def __repr__(self) -> str:
        unit = unit_name(self.base)
        state = "converged" if self.converged else "not converged"
        return (
            f"Solution(beta={self.beta:g}, I_XT={self.I_XT:.4f}, I_TY={self.I_TY:.4f} {unit}, "
            f"n_clusters={self.n_clusters}, {state} after {self.n_steps} steps)"
        )


def encoder_solution(
    p_xy: np.ndarray | Problem,
    q_t_given_x: np.ndarray,
    *,
    beta: float,
    alpha: float = 1.0,
    converged: bool = True,
    history: np.ndarray | None = None,
    base: float = 2,
    power: float = 1.0,
) -> Solution:
    """Everything about an encoder q_t_given_x (n_x, n_t): the marginals of T and the informations.

    Clusters without probability are left out.

    Raises ValueError when the encoder does not fit p_xy, has negative, NaN or infinite entries or
    rows that do not sum to 1 within 1e-5, and the errors of Problem.
    """
    problem = Problem.of(p_xy)
    base = validated_base(base)
    encoder = validated_encoder(q_t_given_x, problem)
    q_xt = problem.p_x[:, None] * encoder
    used = q_xt.sum(axis=0) > 0
    encoder, q_xt = encoder[:, used], q_xt[:, used]
    q_t = q_xt.sum(axis=0)
    return Solution(
        q_t_given_x=encoder,
        q_t=q_t,
        q_y_given_t=decoder(problem, encoder),
        I_XT=mutual_information_from_table(q_xt, base=base),
        I_TY=mutual_information_from_table(encoder.T @ problem.p_xy, base=base),
        H_T=entropy_from_table(q_t, base=base),
        beta=float(beta),
        alpha=float(alpha),
        converged=bool(converged),
        base=base,
        power=float(power),
        history=np.empty(0) if history is None else np.asarray(history, dtype=float),
    )


def decoder(problem: Problem, encoder: np.ndarray) -> np.ndarray:
    """q(y|t) (n_t, n_y) of an encoder q(t|x) (n_x, n_t), no cluster of which is empty."""
    # Scaled, so that a dying cluster does not lose the digits that float64 has no room for.
    q_ty = (encoder / encoder.max(axis=0)).T @ problem.p_xy
    return q_ty / q_ty.sum(axis=1, keepdims=True)


def validated_encoder(q_t_given_x: np.ndarray, problem: Problem) -> np.ndarray:
    """q(t|x) as float64 (n_x, n_t), whose rows sum to 1, a row for each of p_xy."""
    encoder = validated_conditional(q_t_given_x, "q_t_given_x")
    if len(encoder) != problem.n_x:
        raise ValueError(
            f"q_t_given_x must have shape ({problem.n_x}, n_t), a row for each row of p_xy, "
            f"got {encoder.shape}"
        )
    return encoder
