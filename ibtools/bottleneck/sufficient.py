"""What a bottleneck can forget for nothing: inputs that say the same about Y."""

import numpy as np

from ibtools.bottleneck.problem import Problem


def minimal_sufficient_statistic(p_xy: np.ndarray | Problem) -> tuple[Problem, np.ndarray]:
    """Put together the x with equal p(y|x), equal to 12 decimals.

    Returns the smaller problem p(s, y) and statistic (n_x,), the s of every x: encoders go back
    by q(t|x) = q(t|s(x)).

    S = s(X) keeps all information, I(S;Y) = I(X;Y), and every bottleneck of X has one of S that
    costs no more and tells as much: for T made from X,  I(S;T) ≤ I(X;T) and I(T;Y) stays, since
    Y - S - X - T is a Markov chain when T is drawn anew from p(t|s) = Σ_x p(x|s) q(t|x). So
    solving the smaller problem solves the larger one exactly. (Tishby, Pereira & Bialek 1999,
    section 2, arXiv:physics/0004057; Cover & Thomas 2006, section 2.9)

    Raises the errors of Problem.
    """
    problem = Problem.of(p_xy)
    _, statistic = np.unique(problem.p_y_given_x.round(12), axis=0, return_inverse=True)
    statistic = statistic.ravel()
    p_sy = np.zeros((statistic.max() + 1, problem.n_y))
    np.add.at(p_sy, statistic, problem.p_xy)
    return Problem(p_sy), statistic
