import numpy as np
import pytest
from scipy.special import logsumexp

from ibtools.questions.renormalization import (
    BoltzmannMachine,
    chain_machine,
    coarse_grained,
    coupling_operator,
    couplings,
    decimated_coupling,
    free_energy_difference,
    identity_gap,
    kl_divergence,
    likelihood_ascent,
    log_likelihood,
    log_visible_weights,
    log_weights,
    random_machine,
    ring_bonds,
    spin_states,
    trace_deviation,
)


@pytest.fixture
def data():
    """−H[v] of a ring of five."""
    return log_weights(spin_states(5), ring_bonds(5), 0.6)


@pytest.mark.parametrize("seed", range(10))
def test_the_identity_holds_for_any_machine_and_any_data(seed):
    machine = random_machine(6, 4, spread=2, biases=1, seed=seed)
    logs = np.random.default_rng(seed).normal(scale=3, size=64)
    assert identity_gap(machine, logs) < 1e-12 * np.abs(coarse_grained(machine, logs)).max() + 1e-12


def test_the_trace_is_the_machine_over_the_data(data):
    machine = random_machine(5, 3, spread=1, biases=1, seed=1)
    trace = logsumexp(coupling_operator(machine, data), axis=1)
    assert trace == pytest.approx(log_visible_weights(machine, spin_states(5)) - data)


def test_the_ring_of_twice_the_length_is_a_perfect_machine():
    coupling, n = 0.9, 5
    machine = chain_machine(n, coupling)
    logs = log_weights(spin_states(n), ring_bonds(n), decimated_coupling(coupling))
    assert kl_divergence(machine, logs) == pytest.approx(0, abs=1e-12)
    assert trace_deviation(machine, logs) == pytest.approx(0, abs=1e-12)
    # And its hidden units are as finely grained, and as strongly coupled, as the visible ones.
    found = couplings(coarse_grained(machine, logs))
    del found[()]
    assert list(found.values()) == pytest.approx([decimated_coupling(coupling)] * n)


def test_a_constant_in_the_energy_changes_the_free_energy_alone(data):
    shifted = data + 3.0
    machine = random_machine(5, 3, seed=0)
    for measure in (kl_divergence, trace_deviation):
        assert measure(machine, shifted) == pytest.approx(measure(machine, data))
    change = free_energy_difference(machine, shifted) - free_energy_difference(machine, data)
    assert change == pytest.approx(3)


def test_the_divergence_is_the_likelihood_against_the_entropy(data):
    machine = random_machine(5, 3, spread=1, seed=3)
    p = np.exp(data - logsumexp(data))
    nats = p @ np.log(p) - log_likelihood(machine, spin_states(5), p)
    assert kl_divergence(machine, data) == pytest.approx(nats / np.log(2))


def test_ascent_lowers_the_divergence_and_not_the_free_energy_difference(data):
    way = likelihood_ascent(random_machine(5, 3, spread=0.3, seed=0), data, steps=300)
    divergences = [kl_divergence(each, data) for each in way]
    assert len(way) == 301
    assert (np.diff(divergences) < 0).all()
    assert divergences[-1] < 0.05 * divergences[0]
    first, last = (abs(free_energy_difference(way[i], data)) for i in (0, -1))
    assert last > 2 * first
    assert trace_deviation(way[-1], data) < trace_deviation(way[0], data)


def test_two_spins_by_hand():
    machine = BoltzmannMachine(np.array([[0.5]]), np.array([0.0]), np.array([0.0]))
    logs = np.log([0.75, 0.25])
    assert free_energy_difference(machine, logs) == pytest.approx(-np.log(4 * np.cosh(0.5)))
    bits = 0.75 * np.log2(1.5) + 0.25 * np.log2(0.5)
    assert kl_divergence(machine, logs) == pytest.approx(bits)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda data: kl_divergence(random_machine(4, 2), data), "one for each of 2.4 visible"),
        (lambda data: chain_machine(2, 0.5), "n_visible must be"),
        (lambda data: likelihood_ascent(random_machine(5, 2), data, steps=-1), "steps must be"),
        (
            lambda data: likelihood_ascent(random_machine(5, 2), data, steps=1, learning_rate=0),
            "learning_rate must be positive",
        ),
        (lambda data: identity_gap(random_machine(5, 2), data * np.nan), "must be finite"),
    ],
)
def test_what_makes_no_sense_is_refused(call, message, data):
    with pytest.raises(ValueError, match=message):
        call(data)
