"""Down to a solution of the self-consistent equations, in few sweeps."""

from collections.abc import Generator
from typing import NamedTuple

from ibtools.bottleneck.blahut_arimoto.equations import Clusters, Sweep, Tables, sweep
from ibtools.bottleneck.blahut_arimoto.extrapolation import (
    MEMORY,
    PERIOD,
    limit,
    reweighted,
    stride,
)
from ibtools.bottleneck.blahut_arimoto.tidying import tidied


class Descent(NamedTuple):
    """Where a descent has ended: the last sweep, the functional after each, and whether at rest."""

    last: Sweep
    history: list[float]
    converged: bool


def descend(
    tables: Tables, start: Clusters, beta: float, *, tolerance: float, max_steps: int
) -> Descent:
    """Sweep until no cluster gains more than `tolerance` nats, then tidy up; until nothing changes.

    Close to the β where clusters split or die, the functional hardly changes from one sweep to the
    next while it is far from its minimum (critical slowing down), so that its change alone says
    little; over a cycle with an extrapolation it says more. A cluster's gain does not deceive: it
    is what the functional of a new cluster in its place would fall by for each unit of q(t).

    Sweeps start from where extrapolation leads, but count only if the functional is no higher;
    after one that does not, one from where the last has ended always counts.
    """
    at = sweep(tables, start, beta)
    history = [at.functional]
    proposals = _proposals(tables, at)
    proposal = next(proposals)
    for _ in range(max_steps):
        new = sweep(tables, proposal, beta)
        accepted = proposal is at.clusters or new.functional <= at.functional
        if accepted:
            at = new
            history.append(at.functional)
            cycle = history[-PERIOD - 2 :]
            fallen = len(cycle) < PERIOD + 2 or cycle[0] - cycle[-1] >= tolerance / 1e3
            settled = not fallen and at.gains.max() < tolerance
            if settled:
                tidy = tidied(tables, at, beta)
                if tidy is at:
                    return Descent(at, history, True)
                at = tidy
                history.append(at.functional)
                proposals = _proposals(tables, at)
                proposal = next(proposals)
                continue
        proposal = proposals.send((at, accepted))
    return Descent(at, history, False)


def _proposals(tables: Tables, at: Sweep) -> Generator[Clusters, tuple[Sweep, bool]]:
    """What to sweep next; each is answered by the last sweep that counted, and whether it did."""
    while True:
        accepted, sweeps = True, []
        while accepted:
            for _ in range(PERIOD):
                at, _ = yield at.clusters
                sweeps = [*sweeps[-MEMORY:], at]
            at, accepted = yield limit(tables, sweeps)
            sweeps.append(at)
        # Extrapolation looks for where sweeps stand still, be it a saddle. Where it fails, the way
        # down is that of the sweeps themselves, only faster.
        at, _ = yield at.clusters
        at, accepted = yield reweighted(tables, at)
        length = 2
        while accepted:
            at, accepted = yield stride(tables, at, length)
            length *= 2
