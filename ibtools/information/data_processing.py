"""A search for a counterexample to the data processing inequality.

For every Markov chain X → Y → Z, p(x,y,z) = p(x) p(y|x) p(z|y), no processing of Y tells more about
X than Y does:

    I(X;Z) ≤ I(X;Y).

From every start a search holds one chain and climbs, over all chains of its size, the share

    I(X;Z) / (I(X;Y) + I(X;Z)),

which is above ½ where the inequality is broken and nowhere else. (The difference would do as well,
but most searches then shrink both to 0, where it holds without saying anything.) Where Z may look
at X past Y, p(z|x,y) in the place of p(z|y), the share is soon above ½: what keeps it below is the
Markov condition, and nothing else.

Source: Cover & Thomas (2006), Elements of Information Theory, section 2.8.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch.special import entr

from ibtools.information.validation import generator, whole_number

STEP = 0.05
# Spread of the first logits: chains that are neither noise alone nor without any.
SPREAD = 2.0
# In bits: a chain whose Z is a copy of Y stands on the wall, and rounding puts it 1e-15 beyond.
CROSSED = 1e-12


def search_for_violation(
    *,
    n_starts: int = 60,
    steps: int = 200,
    sizes: Sequence[int] = (3, 3, 3),
    markov: bool = True,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """I(X;Y) and I(X;Z) in bits of every search's table before and after each step.

    Two arrays (steps + 1, n_starts).  sizes: numbers of values of X, Y and Z.
    markov: whether Z sees Y alone; otherwise it sees X as well.
    The conditional tables are softmaxes of free numbers, so that every table with no zero in it can
    be reached, and the climb is Adam's along the gradient, all searches as one batch. Chains run up
    to the wall I(X;Z) = I(X;Y), then slide along it. A table breaks the inequality where I(X;Z) is
    above I(X;Y) by more than CROSSED bits. That these searches fail is
    a finding; that every search must is the theorem.

    Raises ValueError for fewer than one start or step, and fewer than two values of X, Y or Z.
    """
    n_starts, steps = whole_number(n_starts, "n_starts"), whole_number(steps, "steps")
    if len(sizes) != 3:
        raise ValueError(f"sizes must be three, of X, Y and Z, got {sizes!r}")
    n_x, n_y, n_z = (whole_number(size, "sizes", at_least=2) for size in sizes)
    rng = generator(seed)
    shapes = [(n_x,), (n_x, n_y), (1 if markov else n_x, n_y, n_z)]
    logits = [
        torch.tensor(SPREAD * rng.normal(size=(n_starts, *shape)), requires_grad=True)
        for shape in shapes
    ]
    climb = torch.optim.Adam(logits, lr=STEP, maximize=True)
    history = []
    for step in range(steps + 1):
        I_XY, I_XZ = _informations(*logits)
        history.append(torch.stack([I_XY, I_XZ]).detach().numpy())
        if step < steps:
            climb.zero_grad()
            (I_XZ / (I_XY + I_XZ)).sum().backward()
            climb.step()
    of_y, of_z = np.stack(history, axis=1)
    return of_y, of_z


def _informations(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor) -> list[torch.Tensor]:
    """I(X;Y) and I(X;Z), (starts,) each, from logits of p(x), p(y|x) and p(z|x,y)."""
    p_xy = x.softmax(dim=-1)[..., None] * y.softmax(dim=-1)
    p_xz = (p_xy[..., None] * z.softmax(dim=-1)).sum(dim=-2)
    return [_mutual_information(p) for p in (p_xy, p_xz)]


def _mutual_information(p: torch.Tensor) -> torch.Tensor:
    """H(X) + H(Y) - H(X,Y) in bits of tables p (starts, n_x, n_y)."""
    nats = entr(p.sum(dim=-1)).sum(dim=-1) + entr(p.sum(dim=-2)).sum(dim=-1)
    return (nats - entr(p).sum(dim=(-2, -1))) / np.log(2)
