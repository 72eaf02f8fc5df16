import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ibtools.information import (
    mutual_information_gaussian,
    mutual_information_gaussian_from_covariance,
    mutual_information_ksg,
)
from ibtools.networks.deep_linear import linear_maps, linear_training
from ibtools.networks.student_teacher import StudentTeacherSettings, student_teacher_task
from ibtools.plane.axes import check_axes
from ibtools.plane.linear import generalisation_error, linear_information
from ibtools.plane.linear_records import (
    load_linear_record,
    record_linear,
    save_linear_record,
)
from ibtools.plane.linear_trajectory import error_at_information, largest_fall

SMALL = StudentTeacherSettings(
    n_inputs=8, n_relevant=3, widths=(5, 4), n_outputs=2, n_samples=40, n_networks=3, epochs=50
)
NOISES = {"n_relevant": 3, "output_noise": 0.5, "measurement_noise": 0.1}


def maps(seed, n_networks=2, units=4, n_inputs=6, n_outputs=2, n_relevant=3):
    rng = np.random.default_rng(seed)
    teacher = rng.normal(size=(n_networks, n_outputs, n_inputs))
    teacher[..., n_relevant:] = 0
    return rng.normal(size=(n_networks, units, n_inputs)), teacher


def samples(linear_map, teacher, n, seed=0):
    """x, t, y of one network, samples first."""
    rng = np.random.default_rng(seed)
    n_inputs = linear_map.shape[1]
    x = rng.normal(size=(n, n_inputs)) / np.sqrt(n_inputs)
    t = x @ linear_map.T + rng.normal(size=(n, len(linear_map))) * np.sqrt(0.1)
    return x, t, x @ teacher.T + rng.normal(size=(n, len(teacher))) * np.sqrt(0.5)


@pytest.fixture(scope="module")
def trajectory():
    return record_linear(SMALL, n_snapshots=12, progress=False)


def test_one_input_by_hand():
    """T = 3X + Z, Y = 2X + ε, X ~ N(0, 1)."""
    i_xt, i_ty, i_relevant, i_irrelevant = linear_information(
        np.full((1, 1, 1), 3.0),
        np.full((1, 1, 1), 2.0),
        n_relevant=1,
        output_noise=4.0,
        measurement_noise=0.5,
    )
    rho_squared = 6**2 / ((9 + 0.5) * (4 + 4))
    assert i_xt == pytest.approx(0.5 * np.log2(1 + 9 / 0.5))
    assert i_ty == pytest.approx(-0.5 * np.log2(1 - rho_squared))
    assert i_relevant == pytest.approx(i_xt)
    assert i_irrelevant == pytest.approx(0)


def test_a_relevant_and_an_irrelevant_input_by_hand():
    """T = 3X₁ + 4X₂ + Z, each input of variance ½: the other input is noise to each."""
    i_xt, _, i_relevant, i_irrelevant = linear_information(
        np.array([[[3.0, 4.0]]]),
        np.array([[[1.0, 0.0]]]),
        n_relevant=1,
        output_noise=1.0,
        measurement_noise=1.0,
        base=np.e,
    )
    assert i_xt == pytest.approx(np.log(13.5) / 2)
    assert i_relevant == pytest.approx(np.log(13.5 / 9) / 2)
    assert i_irrelevant == pytest.approx(np.log(13.5 / 5.5) / 2)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), units=st.integers(1, 8), n_outputs=st.integers(1, 3))
def test_agrees_with_the_joint_covariance(seed, units, n_outputs):
    linear_map, teacher = maps(seed, units=units, n_outputs=n_outputs)
    told = linear_information(linear_map, teacher, **NOISES)
    # All of X, T and Y as one linear function of independent X, Z and ε.
    for network in range(2):
        identity = np.eye(6)
        rows = [np.zeros((k, 6 + units + n_outputs)) for k in (6, units, n_outputs)]
        rows[0][:, :6] = identity / np.sqrt(6)
        rows[1][:, :6] = linear_map[network] / np.sqrt(6)
        rows[1][:, 6 : 6 + units] = np.eye(units) * np.sqrt(0.1)
        rows[2][:, :6] = teacher[network] / np.sqrt(6)
        rows[2][:, 6 + units :] = np.eye(n_outputs) * np.sqrt(0.5)
        x, t, y = rows
        parts = {"I_XT": x, "I_TY": y, "I_relevant": x[:3], "I_irrelevant": x[3:]}
        for name, part in parts.items():
            joint = np.vstack([t, part])
            expected = mutual_information_gaussian_from_covariance(joint @ joint.T, units)
            assert getattr(told, name)[network] == pytest.approx(expected, abs=1e-9)


def test_agrees_with_samples():
    linear_map, teacher = maps(5)
    told = linear_information(linear_map, teacher, **NOISES)
    x, t, y = samples(linear_map[1], teacher[1], 50_000)
    parts = {"I_XT": x, "I_TY": y, "I_relevant": x[:, :3], "I_irrelevant": x[:, 3:]}
    for name, part in parts.items():
        estimate = mutual_information_gaussian(t, part)
        assert getattr(told, name)[1] == pytest.approx(estimate, abs=0.03)


def test_agrees_with_an_estimator_that_knows_of_no_normal_law():
    linear_map, teacher = maps(7, units=1, n_inputs=2, n_outputs=1, n_relevant=1)
    told = linear_information(linear_map, teacher, **NOISES | {"n_relevant": 1})
    x, t, y = samples(linear_map[0], teacher[0], 4000)
    for name, part in {"I_XT": x, "I_TY": y, "I_irrelevant": x[:, 1:]}.items():
        estimate = float(mutual_information_ksg(t, part))
        assert getattr(told, name)[0] == pytest.approx(estimate, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), size=st.floats(0.01, 100))
def test_laws_of_a_layer(seed, size):
    linear_map, teacher = maps(seed)
    told = linear_information(size * linear_map, teacher, **NOISES)
    i_xt, i_ty, i_relevant, i_irrelevant = told
    # Y itself is a layer of the teacher, with the noise of the output.
    of_teacher = NOISES | {"measurement_noise": NOISES["output_noise"]}
    i_xy = linear_information(teacher, teacher, **of_teacher).I_XT
    assert (i_ty <= i_relevant + 1e-9).all()
    assert (i_ty <= i_xy + 1e-9).all()
    assert (i_relevant + i_irrelevant <= i_xt + 1e-9).all()
    rotation = np.linalg.qr(np.random.default_rng(seed).normal(size=(4, 4)))[0]
    turned = linear_information(size * rotation @ linear_map, teacher, **NOISES)
    assert np.allclose(told, turned, rtol=0, atol=1e-9)


def test_measured_apart_a_deeper_layer_may_show_more_and_in_a_chain_it_may_not():
    linear_map, teacher = maps(3)
    deeper = 10 * linear_map
    apart = [linear_information(m, teacher, **NOISES) for m in (linear_map, deeper)]
    assert (apart[1].I_XT > apart[0].I_XT + 1).all()
    assert (apart[1].I_TY > apart[0].I_TY).all()
    # The same second layer fed with the noisy first: Z of the first is amplified with it.
    chained = linear_information(deeper, teacher, **NOISES | {"measurement_noise": 10.1})
    assert (chained.I_XT < apart[0].I_XT).all()
    assert (chained.I_TY < apart[0].I_TY).all()


def test_generalisation_error_agrees_with_a_huge_test_set():
    *_, last = linear_training(SMALL, [50])
    student = linear_maps(last.weights)[-1]
    expected = generalisation_error(student, last.teacher, output_noise=SMALL.output_noise)
    fresh = student_teacher_task(replace(SMALL, n_samples=200_000))
    # New to the students: all but the first 40 that they learnt from.
    x, y = fresh.x[..., 40:], fresh.y[..., 40:]
    sampled = np.square(y - student @ x).sum(axis=1).mean(axis=1)
    assert sampled == pytest.approx(expected, rel=0.02)
    own = generalisation_error(last.teacher, last.teacher, output_noise=SMALL.output_noise)
    assert own == pytest.approx(2 * SMALL.output_noise)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_relevant": 7}, "n_relevant must be at most the 6 inputs"),
        ({"measurement_noise": 0}, "measurement_noise must be positive"),
        ({"output_noise": -1.0}, "output_noise must be positive"),
        ({"base": 1}, "base must be greater than 1"),
    ],
)
def test_wrong_arguments_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        linear_information(*maps(0), **NOISES | changes)


def test_maps_that_do_not_fit_are_named():
    linear_map, teacher = maps(0)
    for wrong in (linear_map[0], linear_map[:1], linear_map[..., :5]):
        with pytest.raises(ValueError, match="linear_map and teacher must have shapes"):
            linear_information(wrong, teacher, **NOISES)


def test_a_trajectory_holds_what_its_snapshots_say(trajectory):
    assert trajectory.I_XT.shape == (3, len(trajectory.epochs), 3)
    assert trajectory.layer_names == ["T1", "T2", "Ŷ"]
    assert trajectory.n_networks == 3
    *_, last = linear_training(SMALL, [50])
    told = linear_information(
        linear_maps(last.weights)[1],
        last.teacher,
        n_relevant=3,
        output_noise=1.0,
        measurement_noise=0.01,
    )
    for name, values in told._asdict().items():
        assert np.allclose(getattr(trajectory, name)[:, -1, 1], values, rtol=0, atol=1e-12)
    assert np.allclose(trajectory.train_error[:, -1], last.train_error, rtol=0, atol=1e-12)


def test_saved_and_loaded(trajectory, tmp_path):
    facts = {"why": "test"}
    save_linear_record(trajectory, tmp_path / "run", command="again", seconds=1.0, facts=facts)
    loaded = load_linear_record(tmp_path / "run")
    assert np.allclose(loaded.I_irrelevant, trajectory.I_irrelevant, atol=1e-6)
    assert loaded.settings == trajectory.settings
    assert loaded.measurement_noise == 0.01
    facts = json.loads((tmp_path / "run.json").read_text())
    assert (facts["command"], facts["why"]) == ("again", "test")


def test_damaged_records_are_refused(trajectory, tmp_path):
    with pytest.raises(FileNotFoundError):
        load_linear_record(tmp_path / "none")
    save_linear_record(trajectory, tmp_path / "run", command="", seconds=0, facts={})
    data = (tmp_path / "run.npz").read_bytes()
    (tmp_path / "run.npz").write_bytes(data[: len(data) // 2])
    with pytest.raises(ValueError, match="not a readable record"):
        load_linear_record(tmp_path / "run")


def test_arrays_that_do_not_fit_are_named(trajectory):
    with pytest.raises(ValueError, match=r"I_TY has shape .* does not fit the 3 of I_XT"):
        replace(trajectory, I_TY=trajectory.I_TY[:2])
    with pytest.raises(ValueError, match="I_XT must have 3 axes"):
        replace(trajectory, I_XT=trajectory.I_XT[0])
    with pytest.raises(ValueError, match="measurement_noise must be positive"):
        replace(trajectory, measurement_noise=0)
    with pytest.raises(ValueError, match="b has shape"):
        check_axes({"a": np.zeros((2, 3)), "b": np.zeros((3, 3))}, {"a": "xy", "b": "xy"})


def test_slicing(trajectory):
    part = trajectory.at([50, 49, 0])
    assert part.epochs.tolist() == [0, 50]
    assert np.array_equal(part.I_TY[:, 1], trajectory.I_TY[:, -1])
    assert part.train_error.shape == (3, 2)


def test_largest_fall():
    values = np.array([[0, 3, 1, 2], [0, 1, 2, 3]])
    assert largest_fall(values).tolist() == [2, 0]
    assert largest_fall(values[..., None]).shape == (2, 1)


def test_error_where_information_gets_so_far(trajectory):
    information = np.zeros((2, 3, 1))
    information[0, :, 0], information[1, :, 0] = [1, 2, 4], [0, 1, 2]
    made = replace(
        trajectory,
        epochs=np.arange(3),
        **dict.fromkeys(("I_XT", "I_TY", "I_relevant", "I_irrelevant"), information),
        train_error=np.ones((2, 3)),
        generalisation_error=np.array([[9.0, 5.0, 1.0], [9.0, 5.0, 1.0]]),
    )
    assert error_at_information(made, 3)[0] == pytest.approx(3)
    assert np.isnan(error_at_information(made, 3)[1])
    assert error_at_information(made, 1) == pytest.approx([9, 5])


def test_more_measurement_noise_leaves_less_information():
    settings = StudentTeacherSettings(n_inputs=5, widths=(4,), n_samples=8, epochs=2, n_networks=2)
    little, much = (
        record_linear(settings, n_snapshots=2, measurement_noise=noise) for noise in (0.001, 1.0)
    )
    assert (little.I_XT > 100 * much.I_XT).all()
    assert (little.measurement_noise, much.measurement_noise) == (0.001, 1.0)
