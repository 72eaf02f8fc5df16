import numpy as np
import pytest
import torch
from torch import nn

from ibtools.datasets import mnist_5000
from ibtools.questions.abstraction import (
    WAYS,
    activations,
    channel_information,
    convolutional,
    deconvolution,
    from_arrays,
    occlusion_map,
    patch,
    strongest,
    to_arrays,
)


@pytest.fixture
def model():
    return convolutional(seed=4).eval()


@pytest.fixture
def images():
    return mnist_5000().x[::500]


def test_weights_go_into_arrays_and_back(model, images):
    again = from_arrays(to_arrays(model))
    seen = torch.as_tensor(images)
    torch.testing.assert_close(again(seen), model(seen))


class SignalReLU(torch.autograd.Function):
    """ReLU upwards; downwards ReLU on the signal, in place of the mask of positive units."""

    @staticmethod
    def forward(context, x):
        return x.clamp(min=0)

    @staticmethod
    def backward(context, signal):
        return signal.clamp(min=0)


@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("channel", [0, 5])
def test_deconvolution_is_backpropagation_with_relu_on_the_signal(model, images, stage, channel):
    for image in images[:4]:
        seen = torch.as_tensor(image)[None].requires_grad_()
        one = SignalReLU.apply(model[1](model[0](seen)))
        top = one if stage == 1 else SignalReLU.apply(model[4](nn.functional.max_pool2d(one, 2)))
        row, column = strongest(model, image, stage, channel)
        answer = top[0, channel, row, column]
        (gradient,) = torch.autograd.grad(answer, seen)
        # The signal that goes down is the answer itself, which backpropagation takes as 1.
        expected = (gradient * answer.detach()).reshape(28, 28).numpy()
        np.testing.assert_allclose(deconvolution(model, image, stage, channel), expected, atol=1e-5)


@pytest.mark.parametrize("stage", [1, 2])
def test_strongest_is_where_the_channel_answers_most(model, images, stage):
    for image in images[:4]:
        answers = activations(model, image[None], stage)[0, 2]
        row, column = strongest(model, image, stage, 2)
        assert answers[row, column] == answers.max() > 0


def test_a_unit_sees_its_patch_and_nothing_else(model, images):
    for stage in (1, 2):
        image = images[3].copy()
        row, column = strongest(model, image, stage, 2)
        seen = patch(image, stage, row, column)
        assert seen.shape == ((5, 5), (14, 14))[stage - 1]
        before = activations(model, image[None], stage)[0, 2, row, column]
        elsewhere = np.ones((28, 28), dtype=np.float32)
        step = 2 ** (stage - 1)
        size = len(seen)
        elsewhere[step * row : step * row + size, step * column : step * column + size] = seen
        after = activations(model, elsewhere.reshape(1, -1), stage)[0, 2, row, column]
        assert after == pytest.approx(before, abs=1e-5)
        back = deconvolution(model, image, stage, 2)
        inside = back[step * row : step * row + size, step * column : step * column + size]
        assert (inside != 0).sum() == (back != 0).sum()


def test_occlusion_of_a_model_that_looks_at_one_pixel():
    class OnePixel(nn.Module):
        def forward(self, x):
            pixel = x.reshape(-1, 28, 28)[:, 10, 20]
            return torch.stack([20 * pixel - 10, 0 * pixel], dim=1)

    sure = occlusion_map(OnePixel(), np.ones(784, dtype=np.float32), 0, size=5)
    assert sure.shape == (24, 24)
    covered = np.zeros((24, 24), dtype=bool)
    covered[6:11, 16:21] = True
    assert (sure[covered] < 0.01).all()
    assert (sure[~covered] > 0.99).all()
    with pytest.raises(ValueError, match="size must be 28 at most, got 29"):
        occlusion_map(OnePixel(), np.ones(784), 0, size=29)


def test_channel_information_of_channels_that_know_all_and_nothing(rng):
    class Stage(nn.Module):
        def forward(self, x):
            return x[:, :, None, None]

    y = np.repeat(np.arange(4), 500)
    x = np.stack([y, rng.normal(size=2000), np.ones(2000)], axis=1).astype(np.float32)
    three = nn.Sequential(Stage(), nn.Identity(), nn.Identity())
    found = channel_information(three, x, y, 1, n_bins=8)
    assert found[0] == pytest.approx(2)
    assert found[1] < 0.02
    assert found[2] == 0


def test_stages_are_one_and_two(model, images):
    assert activations(model, images, 2).shape == (10, 16, 8, 8)
    with pytest.raises(ValueError, match="stage must be 1 or 2, got 3"):
        activations(model, images, 3)


def test_class_information_comes_out_again(recorded, made_again):
    found = recorded("questions_class_information")
    again = made_again("questions_class_information", seeds=found.settings["seeds"][:1])
    np.testing.assert_allclose(again["test_error"], found["test_error"][:1], atol=0.01)
    np.testing.assert_allclose(again["second"][:, 0], found["second"][:, 0], atol=0.08)
    untrained, trained = found["second"].mean(axis=(1, 2))
    assert trained > 1.4 * untrained


def test_layer_transfer_comes_out_again(recorded, made_again):
    found = recorded("questions_layer_transfer")
    again = made_again(
        "questions_layer_transfer", seeds=found.settings["seeds"][:1], sizes=(100,), steps=300
    )
    j = found.settings["sizes"].index(100)
    np.testing.assert_allclose(
        again["test_error"][:, 0, 0], found["test_error"][:, j, 0], atol=0.03
    )
    mean = dict(zip(WAYS, found["test_error"].mean(axis=(1, 2)), strict=True))
    assert mean["both, learnt"] < mean["nothing"] < mean["both, random"]
