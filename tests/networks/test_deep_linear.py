from dataclasses import replace

import numpy as np
import pytest
import torch

from ibtools.networks.deep_linear import linear_gradients, linear_maps, linear_training
from ibtools.networks.student_teacher import StudentTeacherSettings, student_teacher_task


def small(**changes):
    defaults = {"n_inputs": 6, "widths": (5, 4), "n_outputs": 2, "n_samples": 30}
    others = {"initial_scale": 0.8, "n_networks": 3, "epochs": 5}
    return StudentTeacherSettings(**(defaults | others | changes))


def moments(task):
    n = task.x.shape[2]
    return task.x @ task.x.mT / n, task.y @ task.x.mT / n


def half_error(weights, x, y):
    for layer in weights:
        x = layer @ x
    return ((y - x) ** 2).sum(1).mean(-1) / 2


@pytest.mark.parametrize("widths", [(3,), (5, 4), (4, 7, 2)])
def test_gradients_agree_with_autograd(widths):
    task = student_teacher_task(small(widths=widths))
    weights = [torch.from_numpy(layer).requires_grad_() for layer in task.start]
    x, y = torch.from_numpy(task.x), torch.from_numpy(task.y)
    automatic = torch.autograd.grad(half_error(weights, x, y).sum(), weights)
    for ours, theirs in zip(linear_gradients(task.start, *moments(task)), automatic, strict=True):
        assert np.allclose(ours, theirs, rtol=0, atol=1e-13)


def test_gradients_agree_with_finite_differences():
    task = student_teacher_task(small())
    gradients = linear_gradients(task.start, *moments(task))
    for layer, gradient in enumerate(gradients):
        moved = []
        for step in (1e-6, -1e-6):
            weights = [w.copy() for w in task.start]
            weights[layer][:, 1, 2] += step
            moved.append(half_error(weights, task.x, task.y))
        assert (moved[0] - moved[1]) / 2e-6 == pytest.approx(gradient[:, 1, 2], abs=1e-8)


@pytest.mark.parametrize("batch_size", [None, 8, 30, 100])
def test_training_is_plain_gradient_descent(batch_size):
    settings = small(batch_size=batch_size, learning_rate=0.3)
    *_, last = linear_training(settings, [0, 5])
    task = student_teacher_task(settings)
    weights = [torch.tensor(layer[1], requires_grad=True) for layer in task.start]
    optimizer = torch.optim.SGD(weights, lr=0.3)
    x, y = torch.from_numpy(task.x[1]), torch.from_numpy(task.y[1])
    for _ in range(5):
        for part in torch.arange(30).split(batch_size or 30):
            optimizer.zero_grad()
            half_error(weights, x[None, :, part], y[None, :, part]).sum().backward()
            optimizer.step()
    for ours, theirs in zip(last.weights, weights, strict=True):
        assert np.allclose(ours[1], theirs.detach(), rtol=0, atol=1e-12)
    error = 2 * half_error(weights, x[None], y[None]).item()
    assert last.train_error[1] == pytest.approx(error, rel=1e-10)


def test_with_enough_samples_the_end_is_least_squares():
    settings = small(widths=(8,), initial_scale=0.1, learning_rate=0.1, epochs=4000)
    *_, last = linear_training(settings, [4000])
    task = student_teacher_task(settings)
    for student, x, y in zip(linear_maps(last.weights)[-1], task.x, task.y, strict=True):
        assert np.allclose(student.T, np.linalg.lstsq(x.T, y.T)[0], rtol=0, atol=1e-6)


def test_training_does_better_and_snapshots_stay_as_they_were():
    run = linear_training(small(), [0, 2, 5])
    first = next(run)
    before = [layer.copy() for layer in first.weights]
    second, third = run
    assert all(np.array_equal(a, b) for a, b in zip(before, first.weights, strict=True))
    assert [first.epoch, second.epoch, third.epoch] == [0, 2, 5]
    assert (third.train_error < first.train_error).all()


def test_every_epoch_is_announced():
    seen = []
    list(linear_training(small(batch_size=10), [0, 5], on_epoch=seen.append))
    assert seen == [1, 2, 3, 4, 5]


def test_a_network_is_its_seed_and_its_number():
    fifty, five, one = (
        student_teacher_task(small(**numbers))
        for numbers in (
            {"n_networks": 50},
            {"n_networks": 5},
            {"first_network": 3, "n_networks": 1},
        )
    )
    for many, few in ((fifty, five), (five, one)):
        number = 3 if few is five else 0
        assert np.array_equal(many.x[3], few.x[number])
        assert np.array_equal(many.y[3], few.y[number])
        assert np.array_equal(many.teacher[3], few.teacher[number])
        assert np.array_equal(many.start[1][3], few.start[1][number])
    assert not np.array_equal(five.teacher[0], five.teacher[1])
    assert not np.array_equal(student_teacher_task(small(seed=1)).x[0], five.x[0])


def test_more_samples_come_on_top():
    few, many = (student_teacher_task(small(n_samples=n)) for n in (30, 70))
    assert np.array_equal(few.x, many.x[..., :30])
    assert np.array_equal(few.y, many.y[..., :30])
    assert np.array_equal(few.start[0], many.start[0])


def test_the_law_of_teachers_and_samples():
    settings = StudentTeacherSettings(
        n_inputs=20, n_relevant=5, n_outputs=3, n_samples=400, signal_to_noise=4.0, n_networks=60
    )
    task = student_teacher_task(settings)
    signal = task.teacher @ task.x
    assert not task.teacher[..., 5:].any()
    assert (task.x**2).mean() == pytest.approx(1 / 20, rel=0.02)
    # 900 weights decide: a relative spread of √(2/900).
    assert (signal**2).mean() == pytest.approx(1, rel=0.15)
    assert ((task.y - signal) ** 2).mean() == pytest.approx(0.25, rel=0.03)
    assert task.start[0].std() == pytest.approx(0.1 / np.sqrt(20), rel=0.02)
    assert task.start[1].std() == pytest.approx(0.1 / np.sqrt(100), rel=0.02)


def test_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    first, second = (next(linear_training(small(), [5])) for _ in range(2))
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002
    assert np.array_equal(first.weights[0], second.weights[0])


def test_too_large_a_step_is_told():
    with pytest.raises(FloatingPointError, match="learning_rate=1000"):
        list(linear_training(small(learning_rate=1000, epochs=50), [50]))


@pytest.mark.parametrize("epochs", [[], [0, 0], [3, 2], [-1], [6]])
def test_epochs_that_cannot_be_recorded_are_named_at_once(epochs):
    with pytest.raises(ValueError, match="epochs_to_record must rise"):
        linear_training(small(), epochs)


@pytest.mark.parametrize(
    "wrong",
    [
        {"n_inputs": 0},
        {"n_outputs": 1.5},
        {"n_samples": 0},
        {"n_relevant": 0},
        {"n_relevant": 7},
        {"widths": ()},
        {"widths": (5, 0)},
        {"signal_to_noise": 0.0},
        {"initial_scale": float("inf")},
        {"learning_rate": -1.0},
        {"batch_size": 0},
        {"epochs": -1},
        {"n_networks": True},
        {"first_network": -1},
        {"seed": -1},
    ],
)
def test_wrong_settings_are_named(wrong):
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} must"):
        small(**wrong)


def test_settings_survive_a_file():
    settings = small(n_relevant=2, batch_size=7)
    assert StudentTeacherSettings.from_dict(settings.as_dict()) == settings
    assert isinstance(settings.as_dict()["widths"], list)
    with pytest.raises(ValueError, match="must be those of StudentTeacherSettings, got"):
        StudentTeacherSettings.from_dict({"gain": 1})


def test_whole_floats_become_whole_numbers():
    assert type(replace(small(), epochs=5.0).epochs) is int
