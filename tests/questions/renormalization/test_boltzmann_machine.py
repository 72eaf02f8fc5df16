import numpy as np
import pytest

from ibtools.questions.renormalization import (
    BoltzmannMachine,
    contrastive_divergence,
    likelihood_gradient,
    log_hidden_weights,
    log_likelihood,
    log_partition,
    log_visible_weights,
    random_machine,
    spin_states,
    train_machine,
)


def all_weights(machine):
    """e^(−E) of all states, (2^visible, 2^hidden), written out."""
    v, h = (spin_states(len(bias)) for bias in (machine.visible_bias, machine.hidden_bias))
    fields = (v @ machine.visible_bias)[:, None] + h @ machine.hidden_bias
    return np.exp(v @ machine.weights @ h.T + fields)


@pytest.fixture
def machine():
    return random_machine(4, 3, spread=0.8, biases=0.5, seed=2)


def test_marginals_and_partition_sum_are_those_of_the_full_table(machine):
    table = all_weights(machine)
    assert log_visible_weights(machine, spin_states(4)) == pytest.approx(np.log(table.sum(axis=1)))
    assert log_hidden_weights(machine, spin_states(3)) == pytest.approx(np.log(table.sum(axis=0)))
    assert log_partition(machine) == pytest.approx(np.log(table.sum()))
    turned = BoltzmannMachine(machine.weights.T, machine.hidden_bias, machine.visible_bias)
    assert log_partition(turned) == pytest.approx(np.log(table.sum()))


def test_the_gradient_is_that_of_the_likelihood(machine):
    v = spin_states(4)
    p = np.random.default_rng(0).dirichlet(np.ones(16))
    gradient = likelihood_gradient(machine, v, p)
    for name, exact in vars(gradient).items():
        for place in np.ndindex(exact.shape):
            ends = []
            for step in (1e-5, -1e-5):
                parts = {key: part.copy() for key, part in vars(machine).items()}
                parts[name][place] += step
                ends.append(log_likelihood(BoltzmannMachine(**parts), v, p))
            assert (ends[0] - ends[1]) / 2e-5 == pytest.approx(exact[place], abs=1e-7)


def test_many_steps_of_sampling_give_the_exact_gradient_and_one_step_does_not():
    machine = random_machine(4, 3, spread=0.5, biases=0.2, seed=2)
    v = np.repeat(np.array([[1.0, 1, -1, -1], [1, 1, 1, 1]]), 30_000, axis=0)
    exact = likelihood_gradient(machine, v).weights
    rng = np.random.default_rng(1)
    long = contrastive_divergence(machine, v, steps=60, rng=rng).weights
    short = contrastive_divergence(machine, v, steps=1, rng=rng).weights
    # The standard error of an entry is at most 1/√60 000 = 0.004.
    assert np.abs(long - exact).max() < 0.015
    assert np.abs(short - exact).max() > 0.1


def test_contrastive_divergence_raises_the_exact_likelihood():
    rng = np.random.default_rng(0)
    v = np.repeat(rng.choice([-1, 1], (500, 3)), 2, axis=1)
    settings = {"epochs": 30, "batch_size": 20, "spread": 0.1}
    first = log_likelihood(train_machine(v, 4, **settings | {"epochs": 0}), v)
    last = log_likelihood(train_machine(v, 4, **settings), v)
    # Three pairs of equal spins: −3 ln 2 is the best that any machine can do.
    assert first < -5.5 * np.log(2)
    assert -3.4 * np.log(2) < last < -2.99 * np.log(2)


def test_a_penalty_takes_weights_to_zero_and_no_further():
    v = np.random.default_rng(0).choice([-1, 1], (200, 6))
    settings = {"epochs": 20, "seed": 1}
    free, paid = (train_machine(v, 3, decay=decay, **settings).weights for decay in (0, 1.0))
    assert (free != 0).all()
    assert (paid == 0).mean() > 0.9


def test_training_depends_on_its_seed_alone():
    v = np.random.default_rng(0).choice([-1, 1], (50, 4))
    one, same, other = (train_machine(v, 2, epochs=2, seed=s).weights for s in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert one.dtype == np.float32


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"v": np.zeros((3, 2))}, "v must hold −1 and 1 only"),
        ({"epochs": -1}, "epochs must be"),
        ({"learning_rate": 0}, "learning_rate must be positive"),
        ({"batch_size": 0}, "batch_size must be"),
        ({"steps": 0}, "steps must be"),
        ({"decay": -1.0}, "decay must be"),
    ],
)
def test_what_makes_no_sense_is_refused(change, message):
    settings = {"v": np.ones((3, 2)), "epochs": 1} | change
    with pytest.raises(ValueError, match=message):
        train_machine(settings.pop("v"), 2, **settings)
