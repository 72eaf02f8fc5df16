import numpy as np
import pytest
from scipy import stats
from scipy.special import entr

from ibtools.truth import (
    Law,
    binary_symmetric_channel,
    binned_tanh_neuron,
    correlated_gaussians,
    dense_gaussians,
    from_table,
    half_atoms,
    identical_symbols,
    independent_symbols,
    labelled_gaussians,
    laws,
    noisy_tanh_neuron,
    random_table,
    rectified_gaussians,
    student_pairs,
    uniform_steps,
    uniform_with_noise,
    zero_inflated_gaussians,
    zero_inflated_poisson,
)

EVERY_LAW = laws()


def log_normal(*values, covariance):
    return stats.multivariate_normal.logpdf(np.column_stack(values), cov=covariance)


def pair_ratio(x, y, rho):
    return log_normal(x, y, covariance=[[1, rho], [rho, 1]]) - log_normal(
        x, y, covariance=np.eye(2)
    )


def dense_ratio(x, y):
    covariance = np.full((4, 4), 0.5) + np.eye(4) / 2
    one = covariance[:2, :2]
    joint = log_normal(x, y, covariance=covariance)
    return joint - log_normal(x, covariance=one) - log_normal(y, covariance=one)


def student_ratio(x, y):
    def log_density(z):
        return stats.multivariate_t.logpdf(z, shape=np.eye(z.shape[1]), df=2)

    return log_density(np.hstack([x, y])) - log_density(x) - log_density(y)


def noise_ratio(width):
    def ratio(x, y):
        overlap = np.minimum(1, y + width) - np.maximum(0, y - width)
        return -np.log(overlap[:, 0])

    return ratio


def steps_ratio(x, y):
    covering = np.clip(np.floor(y[:, 0]), 0, 4) - np.clip(np.ceil(y[:, 0] - 2), 0, 4) + 1
    return np.log(5 / covering)


def poisson_ratio(x, y):
    given_x = 0.85 * stats.poisson.pmf(y, x[:, 0]) + 0.15 * (y == 0)
    return np.log(given_x / (0.85 * 0.5 ** (y + 1) + 0.15 * (y == 0)))


def atoms_ratio(x, y):
    x, y = x[:, 0], y[:, 0]
    signs = np.log(np.where(x == y, 0.45, 0.05) / 2 / (1 / 4) ** 2)
    return np.where(np.abs(x) == 1, signs, np.log(2) + pair_ratio(x, y, 0.9))


def zeros_ratio(x, y):
    return np.where(x[:, 0] == 0, np.log(1 / 0.3), pair_ratio(x, y, 0.8) - np.log(0.7))


def rectified_ratio(rho):
    def ratio(x, y):
        x, y = x[:, 0], y[:, 0]
        s = np.sqrt(1 - rho**2)
        both = 1 / 4 + np.arcsin(rho) / (2 * np.pi)
        one = np.log(2 * stats.norm.cdf(-rho * np.maximum(x, y) / s))
        positive = pair_ratio(x, y, rho)
        zeros = (x == 0) & (y == 0)
        return np.where(zeros, np.log(4 * both), np.where((x > 0) & (y > 0), positive, one))

    return ratio


def noisy_ratio(centres, noise):
    def ratio(x, y):
        symbol = np.searchsorted(np.unique(x), x)
        densities = stats.norm.pdf(y, loc=centres, scale=noise)
        return np.log(densities[np.arange(len(x)), symbol] / densities.mean(axis=1))

    return ratio


@pytest.mark.parametrize(
    ("law", "ratio"),
    [
        (correlated_gaussians(1, 0.6), lambda x, y: pair_ratio(x, y, 0.6)),
        (dense_gaussians(2), dense_ratio),
        (student_pairs(2, 2), student_ratio),
        (uniform_with_noise(0.3), noise_ratio(0.3)),
        (uniform_with_noise(0.75), noise_ratio(0.75)),
        (uniform_steps(5), steps_ratio),
        (zero_inflated_poisson(0.15), poisson_ratio),
        (half_atoms(), atoms_ratio),
        (zero_inflated_gaussians(0.3, 0.8), zeros_ratio),
        (rectified_gaussians(0.6), rectified_ratio(0.6)),
        (rectified_gaussians(-0.9), rectified_ratio(-0.9)),
        (labelled_gaussians(10, 3), noisy_ratio(3 * np.arange(10), 1)),
        (
            noisy_tanh_neuron(0.5, 0.2),
            noisy_ratio(np.tanh(0.5 * np.array([-3, -1, 1, 3]) + 0.2), 0.1),
        ),
    ],
    ids=lambda value: getattr(value, "name", "ratio"),
)
def test_information_is_the_mean_log_ratio_of_its_own_samples(law, ratio):
    """I = E ln p(x,y)/p(x)p(y), with densities written down here a second time."""
    bits = ratio(*law.sample(100_000, 0)) / np.log(2)
    assert bits.mean() == pytest.approx(law.information, abs=4 * bits.std() / np.sqrt(100_000))


def test_closed_forms():
    assert correlated_gaussians(10, 0.9).information == pytest.approx(-5 * np.log2(1 - 0.81))
    assert correlated_gaussians(3, 0).information == 0
    flip = (entr(0.1) + entr(0.9)) / np.log(2)
    assert binary_symmetric_channel(0.1).information == pytest.approx(1 - flip)
    assert identical_symbols(100).information == pytest.approx(np.log2(100))
    assert independent_symbols(30, 20).information == pytest.approx(0, abs=1e-12)
    assert uniform_steps(1).information == 0
    assert uniform_with_noise(0.5).information == pytest.approx(0.5 / np.log(2))
    assert half_atoms(0, 0.5).information == pytest.approx(1)
    assert rectified_gaussians(0).information == pytest.approx(0, abs=1e-12)
    assert student_pairs(3, 1e5).information == pytest.approx(0, abs=1e-5)


def test_coin_that_hides_zeros_costs_more_than_its_share():
    """The quoted (1-p) I₀ is the information for one who sees the coin."""
    no_coin = zero_inflated_poisson(0)
    assert no_coin.information * np.log(2) == pytest.approx(0.3012, abs=1e-4)
    for p in (0.15, 0.5, 0.9):
        assert 0 < zero_inflated_poisson(p).information < 0.95 * (1 - p) * no_coin.information


@pytest.mark.parametrize(
    ("weight", "bits"),
    [(0.05, 1.729), (0.5, 4.631), (1, 4.877), (2, 4.157), (5, 2.775), (50, 1.274), (500, 1.036)],
)
def test_binned_neuron(weight, bits):
    law = binned_tanh_neuron(weight)
    assert law.information == pytest.approx(bits, abs=1e-3)
    bins = law.sample(50_000, 0)[1]
    surprise = -np.log2(np.bincount(bins)[bins] / len(bins))
    margin = 4 * surprise.std() / np.sqrt(len(bins))
    assert surprise.mean() == pytest.approx(law.information, abs=margin)


def test_noisy_neuron_rises_then_merges_three_points():
    bits = [noisy_tanh_neuron(w, -2 * w, noise=0.1).information for w in (0.01, 0.5, 20)]
    label = (entr(0.25) + entr(0.75)) / np.log(2)
    assert bits[0] < 0.1
    assert bits[1] > 1.3
    assert bits[2] == pytest.approx(label, abs=1e-6)
    far_apart = labelled_gaussians(8, 100)
    assert far_apart.information == pytest.approx(3, abs=1e-9)


def test_table_is_drawn_as_it_says():
    table = np.array([[0.1, 0.2, 0.0], [0.3, 0.15, 0.25]])
    x, y = from_table(table, "six cells").sample(50_000, 0)
    seen = np.zeros((2, 3))
    np.add.at(seen, (x, y), 1 / 50_000)
    assert seen == pytest.approx(table, abs=0.01)
    assert random_table(5, 4, seed=3).information == random_table(5, 4, seed=3).information
    assert random_table(5, 4, seed=3).information != random_table(5, 4, seed=4).information


@pytest.mark.parametrize("law", EVERY_LAW, ids=lambda law: law.name)
def test_every_law_keeps_its_shapes_and_its_seed(law):
    x, y = law.sample(7, 1)
    for variable, d in ((x, law.d_x), (y, law.d_y)):
        assert variable.shape in [(7, d), (7,)]
        assert variable.ndim == 2 or variable.dtype.kind == "i"
        assert np.isfinite(variable).all()
    for again, once in zip(law.sample(7, 1), (x, y), strict=True):
        assert (again == once).all()
    rng = np.random.default_rng(1)
    law.sample(7, rng)
    # A bit may repeat by chance, seven pairs of anything else hardly.
    assert law.information == 0 or law.kind == "discrete" or (law.sample(7, rng)[0] != x).any()


def test_names_are_unique_and_groups_add_up():
    assert len({law.name for law in EVERY_LAW}) == len(EVERY_LAW)
    groups = ("beyond-normal", "gaussian", "discrete", "mixed")
    assert len(EVERY_LAW) == sum(len(laws(group)) for group in groups)
    assert {law.kind for law in laws("discrete")} == {"discrete"}
    assert {law.kind for law in laws("mixed")} == {"mixed"}


def test_sampling_leaves_the_global_generator_alone():
    np.random.seed(5)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    for law in EVERY_LAW:
        law.sample(3, 0)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: correlated_gaussians(1, 1.0), "rho must lie between -1 and 1"),
        (lambda: correlated_gaussians(0, 0.5), "d must be a whole number of at least 1, got 0"),
        (lambda: student_pairs(2, 0), "dof must be greater than 0, got 0"),
        (lambda: uniform_with_noise(0), "width must be greater than 0, got 0"),
        (lambda: binary_symmetric_channel(1.5), "flip must lie between 0 and 1, got 1.5"),
        (lambda: zero_inflated_poisson(1), "p must be at least 0 and less than 1, got 1"),
        (lambda: zero_inflated_gaussians(-0.1, 0), "p must be at least 0 and less than 1"),
        (lambda: binned_tanh_neuron(0), "weight must be greater than 0, got 0"),
        (lambda: noisy_tanh_neuron(1, 0, noise=0), "noise must be greater than 0, got 0"),
        (lambda: uniform_steps(2.5), "m must be a whole number of at least 1, got 2.5"),
        (lambda: identical_symbols(4).sample(0, 0), "n must be a whole number of at least 1"),
        (lambda: laws("normal"), "group must be all or one of beyond-normal, gaussian"),
        (lambda: Law("endless", np.inf, None), "information must be at least 0 and finite"),
        (lambda: Law("odd", 0, None, kind="odd"), "kind must be one of continuous, discrete"),
    ],
)
def test_bad_arguments_are_named(make, message):
    with pytest.raises(ValueError, match=message):
        make()
