import numpy as np
import pytest
from scipy.special import logsumexp

from ibtools.questions.renormalization import (
    critical_coupling,
    ising_samples,
    log_weights,
    onsager_energy,
    ring_bonds,
    spin_states,
    square_bonds,
)


def energy_per_spin(samples):
    samples = samples.astype(float)
    return -sum(samples * np.roll(samples, 1, axis) for axis in (1, 2)).mean(axis=(1, 2))


def test_states_are_all_and_in_counting_order():
    states = spin_states(3)
    assert states.tolist()[:3] == [[1, 1, 1], [1, 1, -1], [1, -1, 1]]
    assert len({tuple(state) for state in states}) == 8
    assert spin_states(0).shape == (1, 0)


@pytest.mark.parametrize("coupling", [0.7, -0.4])
def test_the_ring_has_the_partition_sum_of_its_transfer_matrix(coupling):
    n = 7
    logs = log_weights(spin_states(n), ring_bonds(n), coupling)
    exact = (2 * np.cosh(coupling)) ** n + (2 * np.sinh(coupling)) ** n
    assert logsumexp(logs) == pytest.approx(np.log(exact), abs=1e-12)


def test_every_site_of_a_square_meets_its_neighbours():
    periodic, open_ends = square_bonds(4), square_bonds(3, periodic=False)
    assert len({tuple(sorted(bond)) for bond in periodic.tolist()}) == 32
    assert (np.bincount(periodic.ravel()) == 4).all()
    assert np.bincount(open_ends.ravel()).tolist() == [2, 3, 2, 3, 4, 3, 2, 3, 2]


def test_the_energy_of_onsager_at_its_limits_and_where_it_is_known():
    assert critical_coupling() == pytest.approx(0.44068679, abs=1e-8)
    assert onsager_energy(critical_coupling()) == pytest.approx(-np.sqrt(2), abs=1e-6)
    assert onsager_energy(critical_coupling() + 1e-9) == pytest.approx(-np.sqrt(2), abs=1e-6)
    # At high temperature −2J − 10J³/3 and on, at low temperature −2 + 8 e^(−8J) + 24 e^(−12J).
    assert onsager_energy(0.01) == pytest.approx(-0.02 - 10 / 3 * 1e-6, abs=1e-9)
    assert onsager_energy(2.0) == pytest.approx(-2 + 8 * np.exp(-16) + 24 * np.exp(-24), abs=1e-11)


def test_samples_have_the_exact_energy_of_a_small_lattice():
    coupling, side = 0.408, 4
    logs = log_weights(spin_states(16), square_bonds(side), coupling)
    p = np.exp(logs - logsumexp(logs))
    exact = -(p @ logs) / coupling / 16
    spread = np.sqrt(p @ (logs / coupling / 16) ** 2 - exact**2)
    n = 20_000
    got = energy_per_spin(ising_samples(n, side, coupling, sweeps=60, seed=3)).mean()
    assert abs(got - exact) < 4 * spread / np.sqrt(n)


@pytest.mark.parametrize("coupling", [0.3, 0.408])
def test_samples_have_the_energy_of_onsager_on_a_large_lattice(coupling):
    # 48 sites are 6 correlation lengths and more: what the finite size adds is below the noise.
    energies = energy_per_spin(ising_samples(150, 48, coupling, sweeps=400, seed=1))
    assert abs(energies.mean() - onsager_energy(coupling)) < 4 * energies.std() / np.sqrt(150)


def test_samples_depend_on_the_seed_alone():
    one = ising_samples(5, 4, 0.3, sweeps=5, seed=7)
    assert one.dtype == np.int8
    assert set(np.unique(one)) == {-1, 1}
    assert (one == ising_samples(5, 4, 0.3, sweeps=5, seed=7)).all()
    assert (one != ising_samples(5, 4, 0.3, sweeps=5, seed=8)).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: spin_states(21), "n must be 20 at most"),
        (lambda: ring_bonds(2), "n must be .* at least 3"),
        (lambda: square_bonds(2), "side must be"),
        (lambda: onsager_energy(0), "coupling must be positive"),
        (lambda: ising_samples(3, 5, 0.4), "side must be even, got 5"),
        (lambda: ising_samples(3, 4, np.nan), "coupling must be finite"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
