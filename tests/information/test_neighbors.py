import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import digamma

from ibtools.information import mutual_information_gaussian
from ibtools.information.neighbors import (
    conditional_mutual_information_ksg,
    entropy_neighbors,
    mutual_information_ksg,
    mutual_information_ksg_corrected,
    mutual_information_lnc,
    mutual_information_mixed,
    mutual_information_ross,
)
from ibtools.information.neighbors.corrected import _gaussian_like
from ibtools.information.neighbors.nonuniformity import _log_thinness, _thinness_by_chance

PAIRS = [
    mutual_information_ksg,
    mutual_information_mixed,
    mutual_information_lnc,
    mutual_information_ksg_corrected,
]


def gaussian_pair(n, rho, seed=0, d=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, d))
    return x, rho * x + np.sqrt(1 - rho**2) * rng.normal(size=(n, d))


def gaussian_information(rho, d=1):
    return -d / 2 * np.log(1 - rho**2)


def plain_ksg(x, y, k, variant):
    """Equations 8 and 9 of Kraskov et al., as they stand, with standardised columns."""
    x, y = ((z - z.mean(axis=0)) / z.std(axis=0) for z in (x, y))
    n = len(x)
    apart_x, apart_y = (np.abs(z[:, None] - z[None]).max(axis=2) for z in (x, y))
    joint = np.maximum(apart_x, apart_y)
    np.fill_diagonal(joint, np.inf)
    nearest = np.argsort(joint, axis=1)[:, :k]
    total = 0.0
    for i, neighbors in enumerate(nearest):
        if variant == 1:
            limit_x = limit_y = joint[i, neighbors[-1]] * (1 - 1e-10)
        else:
            limit_x, limit_y = (a[i, neighbors].max() * (1 + 1e-10) for a in (apart_x, apart_y))
        n_x, n_y = (apart_x[i] <= limit_x).sum() - 1, (apart_y[i] <= limit_y).sum() - 1
        total += digamma(n_x + 2 - variant) + digamma(n_y + 2 - variant)
    return digamma(k) - (variant - 1) / k + digamma(n) - total / n


@given(
    n=st.integers(6, 60),
    d=st.sampled_from([1, 2, 3, 10]),
    k=st.integers(1, 5),
    variant=st.sampled_from([1, 2]),
    seed=st.integers(0, 10**6),
)
@settings(deadline=None, max_examples=40)
def test_ksg_is_the_formula(n, d, k, variant, seed):
    x, y = gaussian_pair(n, 0.6, seed, d)
    value = mutual_information_ksg(x, y, k=k, variant=variant, base=np.e)
    assert value == pytest.approx(plain_ksg(x, y, k, variant), abs=1e-10)


def plain_mixed(x, y, k):
    """strata.py in loops over samples, for one column each."""
    n = len(x)
    of_x, of_y = (
        np.array([v if (z == v).sum() > np.sqrt(n) else np.inf for v in z]) for z in (x, y)
    )
    x, y = ((z - z.mean()) / z.std() for z in (x, y))
    total = 0.0
    for i in range(n):
        apart_x, apart_y = (
            np.where(label == label[i], np.abs(z - z[i]), np.inf)
            for z, label in ((x, of_x), (y, of_y))
        )
        joint = np.maximum(apart_x, apart_y)
        own = np.isfinite(joint)
        size = min(k, own.sum() - 1)
        reach = np.sort(joint)[size] if size else np.inf
        inside, rim = (joint <= reach * (1 - 1e-10)).sum() - 1, np.isclose(joint, reach, 1e-9, 0)
        share = (size - inside) / (rim.sum() + 1)
        sizes = []
        for apart in (apart_x, apart_y):
            within = (apart <= reach * (1 + 1e-10)) & np.isfinite(apart)
            closer = within & (apart <= reach * (1 - 1e-10))
            if reach in (0, np.inf):
                sizes.append(within.sum())
            else:
                sizes.append(closer.sum() + share * max(within.sum() - closer.sum() - 1, 0))
        if reach == 0:
            size = (joint == 0).sum()
        elif reach == np.inf:
            size = own.sum()
        total += digamma(size) - digamma(sizes[0]) - digamma(sizes[1])
    return digamma(n) + total / n


@given(
    n=st.integers(6, 60),
    k=st.integers(1, 4),
    share=st.floats(0, 0.9),
    levels=st.sampled_from([1, 2, 8]),
    seed=st.integers(0, 10**6),
)
@settings(deadline=None, max_examples=40)
def test_mixed_is_its_definition(n, k, share, levels, seed):
    """Columns of heaps, grids and a continuum in any proportion."""
    x, y = (z[:, 0] for z in gaussian_pair(n, 0.6, seed))
    repeats = np.random.default_rng(seed).random((2, n)) < share
    x, y = (
        np.where(of, np.round(z * levels) / levels, z)
        for z, of in zip((x, y), repeats, strict=True)
    )
    value = mutual_information_mixed(x, y, k=k, base=np.e)
    assert value == pytest.approx(plain_mixed(x, y, k), abs=1e-10)


@pytest.mark.parametrize("rho", [0, 0.3, 0.6])
@pytest.mark.parametrize("variant", [1, 2])
def test_ksg_is_nearly_unbiased_on_gaussians(rho, variant):
    """Within two standard errors of 60 samples, beyond the 0.003 nats that KSG has at ρ = 0.6.

    Each error is taken against the sample's own correlation, which removes most of the spread;
    counting the k-th neighbour too would show as -0.025.
    """
    errors = []
    for seed in range(60):
        x, y = gaussian_pair(1000, rho, seed)
        own = gaussian_information(np.corrcoef(x[:, 0], y[:, 0])[0, 1]) - 1 / 2000
        errors.append(mutual_information_ksg(x, y, variant=variant, base=np.e) - own)
    assert abs(np.mean(errors)) < 0.003 + 2 * np.std(errors) / np.sqrt(60)


@pytest.mark.parametrize("estimate", PAIRS)
@pytest.mark.parametrize("d", [1, 3])
def test_scale_shift_and_order_change_nothing(estimate, d):
    x, y = gaussian_pair(800, 0.8, d=d)
    value = estimate(x, y, k=6)
    exact = estimate in (mutual_information_ksg, mutual_information_mixed)
    assert estimate(y, x, k=6) == pytest.approx(value, abs=1e-9 if exact else 0.05)
    assert estimate(x * 2.0**-40, y * 2.0**17, k=6) == pytest.approx(value, abs=1e-9)
    for scale in (1e-9, 0.3, 1e6):
        assert estimate(scale * x + 3 * scale, y, k=6) == pytest.approx(value, abs=1e-3)


@pytest.mark.parametrize("estimate", PAIRS)
def test_constant_tells_nothing(estimate):
    x, _ = gaussian_pair(100, 0)
    assert estimate(x, np.full(100, 0.1)) == 0
    assert estimate(np.full((100, 2), 7), x) == 0
    assert estimate(np.hstack([x, np.ones((100, 1))]), x**3) == pytest.approx(estimate(x, x**3))


def test_integers_and_repeated_calls():
    x = np.arange(50) % 7
    values = {mutual_information_ksg(x, x % 2) for _ in range(3)}
    assert values == {mutual_information_ksg(x.astype(float), x % 2.0)}
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    for estimate in PAIRS:
        x, y = gaussian_pair(60, 0.5)
        assert estimate(x, y) == estimate(x, y)
    assert np.array_equal(state, np.random.get_state()[1])  # noqa: NPY002


def test_base():
    x, y = gaussian_pair(200, 0.6)
    for estimate in PAIRS:
        assert estimate(x, y) * np.log(2) == pytest.approx(estimate(x, y, base=np.e))


@pytest.mark.parametrize("variant", [1, 2])
def test_no_ties_no_difference_between_the_ways_with_ties(variant):
    x, y = gaussian_pair(300, 0.6)
    values = [mutual_information_ksg(x, y, variant=variant, ties=t) for t in ("mixed", "error")]
    values.append(mutual_information_ksg(x, y, variant=variant, ties="jitter"))
    assert values == pytest.approx([values[0]] * 3, abs=1e-9)
    assert mutual_information_mixed(x, y) == pytest.approx(mutual_information_ksg(x, y), abs=1e-12)


def test_ties_are_counted_shaken_or_refused():
    symbols = np.arange(1000) % 4
    for ties in ("mixed", "jitter"):
        value = mutual_information_ksg(symbols, symbols, ties=ties)
        assert value == pytest.approx(2, abs=0.05)
    with pytest.raises(ValueError, match='x must not repeat a value when ties is "error"'):
        mutual_information_ksg(symbols, np.linspace(0, 1, 1000), ties="error")


@pytest.mark.parametrize("step", [0.05, 0.3, 1.0])
def test_rounding_a_little_changes_little(step):
    x, y = gaussian_pair(2000, 0.8)
    value = mutual_information_ksg(np.round(x / step) * step, np.round(y / step) * step, base=np.e)
    truth = {0.05: 0.5105, 0.3: 0.4978, 1.0: 0.3942}[step]
    assert value == pytest.approx(truth, rel=0.1)


def uniform_steps(n, rng):
    x = rng.integers(5, size=n)
    return x, x + rng.uniform(0, 2, n), np.log(5) - 4 / 5 * np.log(2)


def poisson(n, rng):
    x = rng.exponential(size=n)
    return x, rng.poisson(x), 0.3012


def zero_inflated(n, rng):
    x, y = gaussian_pair(n, 0.8, rng)
    zero = rng.random((n, 1)) < 0.5
    return np.where(zero, 0, x), np.where(zero, 0, y), np.log(2) + gaussian_information(0.8) / 2


@pytest.mark.parametrize("law", [uniform_steps, poisson, zero_inflated])
def test_mixed_is_within_5_percent_on_mixtures(law):
    values = []
    for seed in range(30):
        x, y, truth = law(2000, np.random.default_rng(seed))
        values.append(mutual_information_mixed(x, y, base=np.e))
    assert np.mean(values) == pytest.approx(truth, rel=0.05)
    # Ties make no difference to whom they are given to.
    assert mutual_information_ksg(x, y, base=np.e) == values[-1]


def test_mixed_on_symbols_is_the_information_of_symbols():
    rng = np.random.default_rng(0)
    x = rng.integers(3, size=5000)
    y = np.where(rng.random(5000) < 0.8, x, rng.integers(3, size=5000))
    agree = 0.8 + 0.2 / 3
    other = (1 - agree) / 2
    truth = np.log(3) + agree * np.log(agree) + 2 * other * np.log(other)
    assert mutual_information_mixed(x, y, base=np.e) == pytest.approx(truth, abs=0.03)
    assert abs(mutual_information_mixed(x, rng.permutation(y), base=np.e)) < 0.005


def test_ross_on_two_shifted_uniforms():
    """x ~ U(0, 1) or U(½, 3/2): half the time it tells the label, I = ½ bit; labels of any type."""
    rng = np.random.default_rng(0)
    label = rng.integers(2, size=4000)
    x = rng.uniform(size=4000) + label / 2
    names = np.array(["left", "right"])[label]
    assert mutual_information_ross(x, names) == pytest.approx(0.5, abs=0.03)
    assert mutual_information_ross(x + 5 * label, names) == pytest.approx(1, abs=1e-3)
    assert abs(mutual_information_ross(rng.permutation(x), names)) < 0.03


@given(st.integers(0, 10**6), st.integers(1, 30), st.integers(1, 5))
@settings(deadline=None, max_examples=30)
def test_ross_never_exceeds_the_corrected_entropy_of_the_labels(seed, n_labels, k):
    rng = np.random.default_rng(seed)
    label = rng.integers(n_labels, size=60)
    sizes = np.bincount(label)[label]
    ceiling = digamma(60) - digamma(sizes).mean()
    x = label + rng.choice([0, 1e-3, 10]) * rng.normal(size=60)
    assert mutual_information_ross(x, label, k=k, base=np.e) <= ceiling + 1e-9


def test_ross_gives_nothing_to_a_label_seen_once_in_a_heap():
    # Two heaps of eight, told apart by every label; "c" alone is seen once.
    x, labels = np.repeat([0.0, 1], 8), ["c", *"aaaaaaabbbbbbbb"]
    expected = 15 / 16 * (digamma(16) - digamma(8))
    assert mutual_information_ross(x, labels, base=np.e) == pytest.approx(expected)


def test_ross_on_constants_and_labels_seen_once():
    x = np.random.default_rng(0).normal(size=1000)
    assert mutual_information_ross(np.ones(1000), x > 2) == 0
    assert mutual_information_ross(x, np.zeros(1000)) == pytest.approx(0, abs=1e-12)
    assert mutual_information_ross(x, np.arange(1000)) == 0
    rare = mutual_information_ross(x, np.where(np.arange(1000) < 2, "rare", "common"))
    assert abs(rare) < 0.02


def test_conditional_on_gaussians():
    """X = Z + A, Y = Z + B: dependent, but not given Z; and I[X;Y|Z] of noise common to both."""
    rng = np.random.default_rng(0)
    z, a, b, common = rng.normal(size=(4, 2000))
    assert mutual_information_ksg(z + a, z + b, base=np.e) > 0.1
    assert abs(conditional_mutual_information_ksg(z + a, z + b, z, base=np.e)) < 0.03
    # Given Z, the correlation of A + 2C and B + 2C is 4/5.
    both = conditional_mutual_information_ksg(z + a + 2 * common, z + b + 2 * common, z, base=np.e)
    assert both == pytest.approx(gaussian_information(0.8), abs=0.06)


def test_conditional_on_a_constant_and_on_labels():
    x, y = gaussian_pair(1500, 0.6)
    unconditional = mutual_information_ksg(x, y)
    nothing = np.zeros(1500)
    assert conditional_mutual_information_ksg(x, y, nothing) == pytest.approx(unconditional)
    label = np.random.default_rng(1).integers(3, size=1500)
    # x and y differ by label, and the common shift is no information given the label.
    shifted = conditional_mutual_information_ksg(
        x + 9 * label[:, None], y - 9 * label[:, None], label
    )
    assert shifted == pytest.approx(unconditional, abs=0.06)
    assert conditional_mutual_information_ksg(x, nothing, y) == 0


def test_lnc_follows_a_curve_where_ksg_stops():
    """y = x² with noise of width 10⁻³ or less: KSG stays near 5 nats."""
    rng = np.random.default_rng(0)
    x = rng.uniform(size=1000)
    y = x**2 + 1e-4 * rng.uniform(-0.5, 0.5, 1000)
    # h[Y] of X² is ln 2 - 1, and h[Y|X] = ln 10⁻⁴; the noise hardly widens Y.
    truth = np.log(2) - 1 + 4 * np.log(10)
    assert mutual_information_ksg(x, y, base=np.e) < 0.65 * truth
    assert mutual_information_lnc(x, y, base=np.e) == pytest.approx(truth, rel=0.08)
    assert mutual_information_lnc(x, y, alpha=1e-9) == pytest.approx(
        mutual_information_ksg(x, y, k=10, variant=2), abs=1e-6
    )


def test_lnc_on_nearly_equal_columns():
    x, y = gaussian_pair(1000, 0.9999, d=2)
    truth = gaussian_information(0.9999, d=2)
    assert mutual_information_ksg(x, y, base=np.e) < 0.7 * truth
    assert mutual_information_lnc(x, y, base=np.e) == pytest.approx(truth, rel=0.05)


def test_lnc_does_not_take_dependence_within_x_for_dependence_on_y():
    rng = np.random.default_rng(0)
    x, noise = rng.normal(size=(2, 1000))
    doubled = np.stack([x, x + 1e-6 * noise], axis=1)
    value = mutual_information_lnc(doubled, rng.permutation(x), base=np.e)
    assert value == pytest.approx(0, abs=0.15)


def test_corrected_on_gaussians_in_ten_columns():
    x, y = gaussian_pair(1000, 0.6, d=10)
    truth = gaussian_information(0.6, d=10)
    assert mutual_information_ksg(x, y, base=np.e) < 0.5 * truth
    assert mutual_information_ksg_corrected(x, y, base=np.e) == pytest.approx(truth, rel=0.06)
    value = mutual_information_ksg_corrected(np.exp(x), y**3, base=np.e)
    assert value == pytest.approx(mutual_information_ksg_corrected(x, y, base=np.e), abs=1e-9)


def test_the_order_of_the_samples_changes_nothing():
    x, y = gaussian_pair(300, 0.6, seed=3, d=2)
    order = np.random.default_rng(0).permutation(300)
    for estimate in (mutual_information_ksg, mutual_information_ksg_corrected):
        assert estimate(x[order], y[order]) == pytest.approx(estimate(x, y), abs=1e-9)


def test_corrected_takes_away_all_of_the_bias_and_no_more():
    # On Gaussians KSG should cancel and leave the closed form, up to the spread of two KSGs.
    left, bias = [], []
    for seed in range(6):
        x, y = gaussian_pair(300, 0.8, seed, d=5)
        gaussian = mutual_information_gaussian(x, y, copula=True, base=np.e)
        left.append(mutual_information_ksg_corrected(x, y, base=np.e) - gaussian)
        bias.append(mutual_information_ksg(x, y, base=np.e) - gaussian)
    assert abs(np.mean(left)) < 0.04 * abs(np.mean(bias))


def test_surrogates_have_exactly_the_covariance_of_the_samples():
    samples = np.hstack(gaussian_pair(20, 0.7, d=2))
    samples -= samples.mean(axis=0)
    surrogates = _gaussian_like(samples, np.random.default_rng(1))
    assert surrogates.mean(axis=0) == pytest.approx(np.zeros(4), abs=1e-12)
    assert surrogates.T @ surrogates == pytest.approx(samples.T @ samples)


@pytest.mark.parametrize("dimensions", [[1, 1], [2, 1]])
def test_even_clouds_are_called_thin_one_time_in_200(dimensions):
    rng = np.random.default_rng(5)
    clouds = [rng.uniform(-1, 1, (20_000, 10, d)) for d in dimensions]
    thin = (_log_thinness(clouds) < _thinness_by_chance(10, dimensions, seed=0)).mean()
    assert 0.002 < thin < 0.01


def test_normal_scores_undo_heavy_tails():
    x, y = gaussian_pair(1000, 0.8)
    scores = mutual_information_ksg(x, y, marginals="normal scores")
    stretched = np.sinh(6 * x), np.sinh(6 * y)
    assert mutual_information_ksg(*stretched, marginals="normal scores") == scores
    assert scores == pytest.approx(mutual_information_ksg(x, y), abs=0.05)


@pytest.mark.parametrize("d", [1, 3])
def test_entropy_of_laws(d):
    rng = np.random.default_rng(0)
    normal = entropy_neighbors(rng.normal(size=(4000, d)), base=np.e)
    assert normal == pytest.approx(d / 2 * np.log(2 * np.pi * np.e), abs=0.05 * d)
    uniform = entropy_neighbors(rng.uniform(0, 4, (4000, d)))
    assert uniform == pytest.approx(2 * d, abs=0.1 * d)
    assert entropy_neighbors(rng.exponential(size=4000), base=np.e) == pytest.approx(1, abs=0.05)


def test_conditional_information_keeps_heaps_in_x_apart_from_heaps_in_z():
    # The plainest search, with samples of other heaps infinitely far away.
    n, k = 60, 2
    rng = np.random.default_rng(0)
    x, y, z = rng.normal(size=(3, n))
    x[:20], z[10:30] = 0, 0

    def apart(values):
        in_heap = values == 0
        distance = np.abs(values[:, None] - values) / values.std()
        return np.where(in_heap[:, None] == in_heap, distance, np.inf)

    d_x, d_z = apart(x), apart(z)
    d_y = np.abs(y[:, None] - y) / y.std()
    d_xz, d_yz = np.maximum(d_x, d_z), np.maximum(d_y, d_z)
    radius = np.sort(np.maximum(d_xz, d_y), axis=1)[:, k]  # the nearest is oneself
    of_xz, of_yz, of_z = ((d < radius[:, None] * (1 - 1e-9)).sum(1) for d in (d_xz, d_yz, d_z))
    expected = digamma(k) - (digamma(of_xz) + digamma(of_yz) - digamma(of_z)).mean()
    result = conditional_mutual_information_ksg(x, y, z, k=k, base=np.e)
    assert result == pytest.approx(expected)


def test_entropy_of_three_samples_by_hand():
    # Nearest others at 1, 1 and 2; second nearest at 3, 2 and 3; ψ(3) - ψ(1) = 3/2.
    x = [0.0, 1, 3]
    assert entropy_neighbors(x, k=1, base=np.e) == pytest.approx(1.5 + np.log(16) / 3)
    assert entropy_neighbors(x, k=2, base=np.e) == pytest.approx(0.5 + np.log(6 * 4 * 6) / 3)


def test_entropy_is_minus_infinite_from_k_duplicates_on():
    x = np.append(np.random.default_rng(0).normal(size=20), [7.0, 7, 7])
    assert entropy_neighbors(x, k=2) == -np.inf
    assert np.isfinite(entropy_neighbors(x, k=3))


def test_entropy_of_columns_that_determine_each_other_is_minus_infinite():
    x, y = np.random.default_rng(0).normal(size=(2, 50))
    for columns in ([x, x], [x, y, 1e-6 * x - 3e3 * y + 5]):
        assert entropy_neighbors(np.stack(columns, axis=1)) == -np.inf
    assert np.isfinite(entropy_neighbors(np.stack([x, x + 1e-5 * y], axis=1)))
    # As many columns as samples always depend on each other: that says nothing.
    assert np.isfinite(entropy_neighbors(np.random.default_rng(0).normal(size=(5, 5))))


def test_entropy_of_scaled_and_repeated_samples():
    x = np.random.default_rng(0).normal(size=(500, 2))
    h = entropy_neighbors(x)
    assert entropy_neighbors(x * [8, 2.0**-30] + [0, 5 * 2.0**-30]) == pytest.approx(h - 27)
    assert entropy_neighbors(x[:, 0] * 1e300) == pytest.approx(
        entropy_neighbors(x[:, 0]) + 300 * np.log2(10)
    )
    assert entropy_neighbors(np.ones(10)) == -np.inf
    assert entropy_neighbors(np.repeat(x, 5, axis=0)) == -np.inf
    assert entropy_neighbors(np.hstack([x, np.ones((500, 1))])) == -np.inf


@pytest.mark.parametrize("estimate", [*PAIRS, mutual_information_ross])
def test_pairs_that_are_none(estimate):
    x = np.linspace(0, 1, 20)
    with pytest.raises(ValueError, match="the same number of samples, got 20 and 19"):
        estimate(x, x[1:])
    with pytest.raises(ValueError, match="k must be less than the number of samples n = 20"):
        estimate(x, x, k=20)
    with pytest.raises(ValueError, match="k must be a whole number of at least 1, got 0"):
        estimate(x, x, k=0)
    with pytest.raises(ValueError, match="x must be finite"):
        estimate(np.where(x > 0.5, np.nan, x), x)
    with pytest.raises(ValueError, match="must have shape"):
        estimate(np.zeros(0), np.zeros(0))
    with pytest.raises(TypeError, match="x must hold real numbers"):
        estimate(x.astype(object), x)
    with pytest.raises(ValueError, match="base must be greater than 1"):
        estimate(x, x, base=1)


def test_settings_that_are_none():
    x, y = gaussian_pair(20, 0.5)
    for name, value in {"variant": 3, "ties": "ignore", "marginals": "raw"}.items():
        with pytest.raises(ValueError, match=f"{name} must be"):
            mutual_information_ksg(x, y, **{name: value})
    with pytest.raises(ValueError, match="alpha must lie in"):
        mutual_information_lnc(x, y, alpha=2)
    with pytest.raises(ValueError, match="k must be at least the number of columns"):
        mutual_information_lnc(x, y, k=1)
    with pytest.raises(ValueError, match="n_surrogates must be a whole number"):
        mutual_information_ksg_corrected(x, y, n_surrogates=0)
    with pytest.raises(ValueError, match="x and given must have the same number"):
        conditional_mutual_information_ksg(x, y, y[1:])
    with pytest.raises(ValueError, match="k must be less than"):
        entropy_neighbors(x, k=20)
