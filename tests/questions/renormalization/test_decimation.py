import numpy as np
import pytest
from scipy.special import logsumexp

from ibtools.questions.renormalization import (
    correlation_length,
    couplings,
    decimated_coupling,
    decimation_constant,
    log_weights,
    ring_bonds,
    spin_states,
    square_bonds,
    sum_out,
)


@pytest.mark.parametrize("coupling", [0.05, 0.8, 2.0, -0.7])
@pytest.mark.parametrize("keep_every", [2, 3])
def test_the_ring_decimated_by_enumeration_is_a_ring_again(coupling, keep_every):
    n = 12
    logs = log_weights(spin_states(n), ring_bonds(n), coupling)
    gone = [spin for spin in range(n) if spin % keep_every]
    kept = n // keep_every
    found = couplings(sum_out(logs, gone))
    constant = kept * decimation_constant(coupling, keep_every=keep_every)
    new = decimated_coupling(coupling, keep_every=keep_every)
    assert found.pop(()) == pytest.approx(constant, abs=1e-12)
    assert set(found) == {tuple(sorted(bond)) for bond in ring_bonds(kept).tolist()}
    assert list(found.values()) == pytest.approx([new] * kept, abs=1e-12)


def test_the_formula_holds_for_weak_strong_and_no_coupling():
    for coupling in (0.1, 1.0, 3.0):
        assert np.tanh(decimated_coupling(coupling)) == pytest.approx(np.tanh(coupling) ** 2)
    assert decimated_coupling(0.0) == 0
    assert decimated_coupling(0.6, keep_every=1) == pytest.approx(0.6)
    # Where tanh J is 1 in float64: ½ ln cosh 2J.
    assert decimated_coupling(40.0) == pytest.approx(40 - np.log(2) / 2, abs=1e-12)
    assert decimated_coupling(-0.6) > 0 > decimated_coupling(-0.6, keep_every=3)


def test_the_correlation_length_halves_with_every_step():
    assert np.exp(-1 / correlation_length(0.9)) == pytest.approx(np.tanh(0.9))
    for coupling in (0.2, 1.5, 10.0):
        halved = correlation_length(decimated_coupling(coupling))
        assert halved == pytest.approx(correlation_length(coupling) / 2)
    assert correlation_length(0.0) == 0


def test_summing_out_keeps_the_total_and_the_order():
    logs = np.random.default_rng(0).normal(size=32)
    assert logsumexp(sum_out(logs, (1, 4))) == pytest.approx(logsumexp(logs))
    by_hand = logsumexp(logs.reshape(2, 2, 8), axis=1).ravel()
    assert sum_out(logs, [1]) == pytest.approx(by_hand)
    assert (sum_out(logs, ()) == logs).all()


def test_couplings_build_the_weights_again():
    logs = np.random.default_rng(1).normal(size=16)
    states = spin_states(4)
    again = sum(k * states[:, list(spins)].prod(axis=1) for spins, k in couplings(logs).items())
    assert again == pytest.approx(logs)


def test_on_the_square_decimation_makes_new_couplings():
    # The closed form: a spin between four is summed to ln 2cosh J(a + b + c + d). A torus of 6, on
    # which no two of the couplings meet, by the sum over each of the spins that are gone.
    coupling, side = 0.44, 6
    rows, columns = np.indices((side, side))
    kept = np.flatnonzero((rows + columns).ravel() % 2 == 0)
    states = spin_states(len(kept))
    place = {site: i for i, site in enumerate(kept)}
    logs = np.zeros(len(states))
    for row, column in np.argwhere((rows + columns) % 2):
        around = [(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)]
        sites = [place[r % side * side + c % side] for r, c in around]
        logs += np.log(2 * np.cosh(coupling * states[:, sites].sum(axis=1)))

    def strength(*sites):
        spins = [place[r % side * side + c % side] for r, c in sites]
        return np.mean(logs * states[:, spins].prod(axis=1))

    weak = np.log(np.cosh(4 * coupling)) / 8
    four = weak - np.log(np.cosh(2 * coupling)) / 2
    assert strength((0, 0), (1, 1)) == pytest.approx(2 * weak, abs=1e-12)
    assert strength((0, 0), (0, 2)) == pytest.approx(weak, abs=1e-12)
    assert strength((0, 0), (1, 1), (0, 2), (-1, 1)) == pytest.approx(four, abs=1e-12)
    assert strength((0, 0), (2, 2)) == pytest.approx(0, abs=1e-12)
    # The patch of the chapter: the pairs across, and the four-spin coupling, by the middle alone.
    patch = log_weights(spin_states(9), square_bonds(3, periodic=False), coupling)
    found = couplings(sum_out(patch, (0, 2, 4, 6, 8)))
    assert found[0, 3] == pytest.approx(weak)
    assert found[0, 1, 2, 3] == pytest.approx(four)
    assert found[0, 1] == pytest.approx(weak + decimated_coupling(coupling))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: decimated_coupling(np.inf), "coupling must be finite"),
        (lambda: decimated_coupling(1.0, keep_every=0), "keep_every must be"),
        (lambda: sum_out(np.zeros(6), [0]), "shape"),
        (lambda: sum_out(np.zeros(8), [3]), "spins must be different ones of 0 to 2"),
        (lambda: sum_out(np.zeros(8), [1, 1]), "spins must be different"),
        (lambda: couplings(np.array([0.0, -np.inf])), "log_weights must be finite"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
