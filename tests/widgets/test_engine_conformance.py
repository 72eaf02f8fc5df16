"""The engine of the page does what ibtools does: the same questions to both, in Node and Chromium.

Given the same first weights and the same samples, all that may differ is the order in which sums
are formed and the last digit of an exponential.
"""

import functools
import json
import os
import shutil
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from playwright.sync_api import sync_playwright

from ibtools.datasets import DATASETS, soft_label
from ibtools.networks import (
    ACTIVATIONS,
    OPTIMIZERS,
    TrainingSettings,
    initialise,
    snapshot_epochs,
    training,
)
from ibtools.plane import measure, validated_estimator
from ibtools.plane.measure import layer_histograms
from ibtools.widgets.measuring import compared
from ibtools.widgets.module import bundle

CASES = Path(__file__).with_name("engine_cases.js")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
IN_NODE = f"""
import {{ createInterface }} from "node:readline";
import {{ answers }} from "{CASES.as_uri()}";
for await (const line of createInterface({{ input: process.stdin }})) console.log(answers(line));
"""
IN_WORKER = "onmessage = ({ data }) => postMessage(answers(data));"
# Browsers load no other module into the workers of a page that is opened from disk.
OPEN = """
(source) => {
  const url = `data:text/javascript,${encodeURIComponent(source)}`;
  window.worker = new Worker(url, { type: "module" });
}
"""
ASK = """
(questions) => new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
  worker.postMessage(questions);
})
"""


@pytest.fixture(scope="module", params=["node", "chromium"])
def ask(request, node, tmp_path_factory):
    """Return a function that puts questions (see engine_cases.js) to the engine."""
    if request.param == "node":
        command = [node, "--no-warnings", "--input-type=module", "--eval", IN_NODE]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen(command, **pipes) as process:

            def asked(*questions):
                print(json.dumps(questions), file=process.stdin, flush=True)
                return json.loads(process.stdout.readline())

            yield asked
            process.stdin.close()
        return
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say(f"no browser: set CHROMIUM or install one of {', '.join(BROWSERS)}")
    empty = tmp_path_factory.mktemp("page") / "page.html"
    empty.write_text("<!doctype html><title>Empty</title>")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(empty.as_uri())
        page.evaluate(OPEN, bundle(CASES) + IN_WORKER)
        yield lambda *questions: json.loads(page.evaluate(ASK, json.dumps(questions)))
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


# Of the largest weight. What differs in float64 is rounding, 1e-16 a step, and what the steps since
# have made of it; in float32 PyTorch rounds every product, and the engine only what it keeps.
TOLERANCES = {"float64": 1e-11, "float32": 1e-5}
RATES = {"sgd": 0.1, "momentum": 0.02, "adam": 4e-4}


def binning(**settings) -> dict:
    return {"name": "binning"} | settings


MIXTURE = {"name": "mixture", "noise_variance": 1e-3, "relative": False}
# Bits that one input of 4096 weighs which changes its cell because its activation lies on an edge.
ONE_INPUT = 0.01


def settings_of(**changes) -> TrainingSettings:
    return TrainingSettings(**{"n_networks": 1, "precision": "float64", "epochs": 100} | changes)


@functools.cache
def _reference(name: str, settings: TrainingSettings, epochs: tuple[int, ...], rulers: str):
    dataset = DATASETS[name]()
    return [
        (snapshot, [measured(snapshot, dataset, ruler) for ruler in json.loads(rulers)])
        for snapshot in training(dataset, settings, epochs)
    ]


def reference(name: str, settings: TrainingSettings, epochs: tuple[int, ...], rulers: list):
    """What Python makes of it: at each epoch a snapshot, and what the rulers read from it."""
    return _reference(name, settings, epochs, json.dumps(rulers))


def start_of(name: str, settings: TrainingSettings) -> dict:
    parameters, train, test = initialise(DATASETS[name](), settings)
    flat = [part.numpy().ravel() for layer in parameters for part in layer]
    return {
        "values": np.concatenate(flat).tolist(),
        "train": train[0].tolist(),
        "test": test[0].tolist(),
    }


def measured(snapshot, dataset, estimator):
    x, y, layers = dataset.x, dataset.y, snapshot.activations
    if estimator["name"] == "mixture":
        kept = compared(len(y))
        # The engine's bounds are always formed in float64.
        x, y, layers = x[kept], y[kept], [t[:, kept].astype(np.float64) for t in layers]
    return measure(replace(snapshot, activations=layers), x, y, estimator=estimator)


def check_information(found, expected, **tolerance):
    for i, layer in enumerate(found["information"]):
        np.testing.assert_allclose(layer["x"], expected.I_XT[0, i], **tolerance)
        np.testing.assert_allclose(layer["y"], expected.I_TY[0, i], **tolerance)
        assert ("bandX" in layer) == (expected.I_XT_low is not None)
        for key, name in (("bandX", "I_XT"), ("bandY", "I_TY")) if "bandX" in layer else ():
            for end in ("low", "high"):
                values = getattr(expected, f"{name}_{end}")[0, i]
                np.testing.assert_allclose(layer[key][end], values, **tolerance)


def check_training(ask, rulers, epochs, name="icosahedron_rule", **changes):
    settings = settings_of(**changes)
    question = {
        "kind": "training",
        "given": {"dataset": name} | settings.as_dict(),
        "start": start_of(name, settings),
        "epochs": epochs,
        "estimators": rulers,
    }
    (answers,) = ask(question)
    expected = reference(name, settings, epochs, rulers)
    tolerance = TOLERANCES[settings.precision]
    first, *_ = weights = [
        np.concatenate([part.ravel() for layer in snapshot.parameters for part in layer])
        for snapshot, _ in expected
    ]
    # Agreement says something only where something has happened.
    assert abs(weights[-1] - first).max() > 100 * tolerance
    for found, (snapshot, readings), values in zip(answers, expected, weights, strict=True):
        near = tolerance * abs(values).max()
        np.testing.assert_allclose(found["values"], values, rtol=0, atol=near)
        for ruler, measurement, reading in zip(
            rulers, found["measurements"], readings, strict=True
        ):
            bits = ONE_INPUT if ruler["name"] == "binning" else 100 * tolerance
            check_information(measurement, reading, rtol=0, atol=bits)
        for key in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
            start, end = key.split("_")
            np.testing.assert_allclose(
                measurement[start + end.title()], getattr(snapshot, key)[0], rtol=10 * tolerance
            )
        mean, std = snapshot.gradient_mean[0], snapshot.gradient_std[0]
        near = {"rtol": 100 * tolerance, "atol": tolerance}
        np.testing.assert_allclose(measurement["gradientMean"], mean, **near)
        np.testing.assert_allclose(measurement["gradientStd"], std, **near)
        n_train = len(question["start"]["train"])
        batch = min(settings.batch_size or n_train, n_train)
        ratio = np.array(measurement["signalToNoise"], dtype=float)
        np.testing.assert_allclose(ratio, mean / std * np.sqrt(batch), rtol=1e4 * tolerance)


@pytest.mark.parametrize("precision", TOLERANCES)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_weights_after_1_10_and_100_steps(ask, activation, optimizer, precision):
    check_training(
        ask,
        [binning()],
        (0, 1, 10, 100),
        activation=activation,
        optimizer=optimizer,
        precision=precision,
        learning_rate=RATES[optimizer],
        train_fraction=0.125,
    )


@pytest.mark.parametrize(
    "changes",
    [
        # The last batch of an epoch is shorter, a batch is everything, or more than there is.
        {"batch_size": 100, "train_fraction": 0.0625},
        {"batch_size": None, "train_fraction": 0.3},
        {"batch_size": 5000, "train_fraction": 0.2},
        {"batch_size": 1, "train_fraction": 0.01, "learning_rate": 0.001},
        {"initialization": "fan_out", "shuffle_split": False, "optimizer": "momentum"},
        {"weight_decay": 0.01, "optimizer": "sgd"},
        {"weight_decay": 0.01, "optimizer": "momentum"},
        {"weight_decay": 0.01},
        {"name": "ring", "widths": (1,)},
        {"name": "xor", "widths": (9, 6), "activation": "relu", "batch_size": 64},
        {"name": "spirals", "widths": (13, 2, 5), "activation": "softsign", "batch_size": 64},
    ],
    ids=str,
)
def test_any_setting_trains_as_in_python(ask, changes):
    settings = {"learning_rate": 0.01, "train_fraction": 0.25, "seed": 3} | changes
    check_training(ask, [binning(), MIXTURE], (0, 1, 20), **settings)


RULERS = [
    *(binning(n_bins=n) for n in (1, 2, 7, 30, 100, 1000)),
    *(binning(n_bins=30, low=low, high=high) for low, high in ((0, 1), (-0.3, 0.2), (-4.0, 7.0))),
    *(binning(bins="width", width=width) for width in (0.001, 0.07, 0.5, 3.0)),
    *(binning(bins=way, n_bins=n) for way in ("equal-mass", "ebab") for n in (1, 2, 30, 1000)),
    *({**MIXTURE, "noise_variance": v} for v in (1e-6, 1e-3, 0.1)),
    {**MIXTURE, "noise_variance": 0.01, "relative": True},
]


def check_layers(ask, name, rulers, **changes):
    settings = settings_of(epochs=30, learning_rate=0.01, **changes)
    ((snapshot, readings),) = reference(name, settings, (30,), rulers)
    question = {
        "kind": "layers",
        "given": {"dataset": name} | settings.as_dict(),
        "layers": [t[0].T.ravel().tolist() for t in snapshot.activations],
        "estimators": rulers,
    }
    (answers,) = ask(question)
    for found, ruler, reading in zip(answers, rulers, readings, strict=True):
        check_information(found, reading, rtol=0, atol=1e-9)
        histogram = layer_histograms(snapshot, validated_estimator(ruler))
        np.testing.assert_allclose(found["histograms"], histogram, rtol=0, atol=1e-15)


@pytest.mark.parametrize("precision", TOLERANCES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_ruler_reads_a_layer_as_in_python(ask, activation, precision):
    check_layers(ask, "ring", RULERS, activation=activation, precision=precision)


@pytest.mark.parametrize("precision", TOLERANCES)
def test_rulers_of_many_inputs_and_of_a_soft_label(ask, precision):
    rulers = [binning(), binning(label_gain=55.0), binning(label_gain=0.5, n_bins=5), MIXTURE]
    check_layers(ask, "icosahedron_rule", rulers, precision=precision)


@pytest.mark.parametrize("name", ["icosahedron_rule", "ring", "xor", "spirals"])
def test_data_sets_are_those_of_python(ask, name):
    dataset = DATASETS[name]()
    (found,) = ask({"kind": "dataset", "name": name})
    assert found["name"] == dataset.name
    assert (found["n"], found["inputs"]) == dataset.x.shape
    assert found["labels"] == dataset.n_classes
    assert found["y"] == dataset.y.tolist()
    x = np.reshape(found["x"], dataset.x.T.shape)
    np.testing.assert_allclose(x, dataset.x.T, rtol=0, atol=1e-7)


def test_soft_labels_epochs_and_subsamples_are_those_of_python(ask):
    gains = [0.5, 55.0, 4000.0]
    for gain, found in zip(
        gains, ask(*({"kind": "softLabel", "gain": g} for g in gains)), strict=True
    ):
        np.testing.assert_allclose(found, soft_label(gain).ravel(), rtol=0, atol=1e-10)
    asked = [(epochs, n) for epochs in (0, 1, 2, 7, 100, 1000, 8000) for n in (2, 3, 10, 40, 120)]
    found = ask(*({"kind": "epochs", "epochs": epochs, "n": n} for epochs, n in asked))
    assert found == [snapshot_epochs(*one) for one in asked]
    sizes = [2, 7, 1024, 1025, 4096, 5000]
    found = ask(*({"kind": "subsample", "n": n} for n in sizes))
    assert found == [compared(n).tolist() for n in sizes]
    assert all(len(set(some)) == min(n, 1024) for some, n in zip(found, sizes, strict=True))


@pytest.mark.parametrize("initialization", ["fan_in", "fan_out"])
def test_first_weights_and_splits_are_drawn_as_in_python(ask, initialization):
    settings = settings_of(initialization=initialization)
    given = settings.as_dict()
    numbers = range(40)
    starts = ask(*({"kind": "start", "given": given, "number": number} for number in numbers))
    sizes = [12, *settings.widths, 2]
    for layer, (n_in, n_out) in enumerate(pairwise(sizes)):
        weights = np.array([start["weights"][layer] for start in starts])
        assert weights.shape == (40, n_in * n_out)
        deviation = (n_in if initialization == "fan_in" else n_out) ** -0.5
        assert abs(weights).max() <= 2 * deviation
        # 0.8796 is left of a standard deviation once what lies beyond two of them is cut off.
        share = weights.std() / deviation
        assert abs(share - 0.8796) < 4 * 0.8796 / np.sqrt(2 * weights.size)
        assert abs(weights.mean()) < 4 * deviation / np.sqrt(weights.size)
    assert not any(bias for start in starts for layer in start["biases"] for bias in layer)
    assert all(sorted(s["train"] + s["test"]) == list(range(4096)) for s in starts)
    assert {len(start["train"]) for start in starts} == {round(0.8 * 4096)}
    assert np.mean([start["train"][:100] for start in starts]) == pytest.approx(2048, abs=80)
    assert len({tuple(start["train"]) for start in starts}) == 40
    (again,) = ask({"kind": "start", "given": given, "number": 7})
    (in_order,) = ask({"kind": "start", "given": given | {"shuffle_split": False}, "number": 7})
    assert again == starts[7]
    assert in_order["train"] + in_order["test"] == list(range(4096))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        *(("widths", value) for value in ([], "ten", [0], [2.5])),
        *((name, -1) for name in ("epochs", "first_network", "seed", "weight_decay", "noise")),
        *((name, 0) for name in ("n_networks", "batch_size", "learning_rate", "train_fraction")),
        *(("train_fraction", value) for value in (1, "0.5", None)),
        *(("learning_rate", value) for value in ("fast", None)),
        *((name, "else") for name in ("activation", "optimizer", "initialization", "precision")),
        ("seed", 0.5),
        ("activation", None),
        ("shuffle_split", "no"),
        *((name, 1) for name in ("colour", "toString")),
    ],
)
def test_settings_are_refused_in_the_same_words(ask, setting, value):
    with pytest.raises((ValueError, TypeError)) as error:
        TrainingSettings.from_dict({setting: value})
    assert ask({"kind": "settings", "given": {setting: value}}) == [str(error.value)]


@pytest.mark.parametrize(
    ("estimator", "name"),
    [
        (binning(bins="odd"), "ring"),
        (binning(n_bins=0), "ring"),
        (binning(n_bins=2.5), "ring"),
        (binning(low=1, high=1), "ring"),
        (binning(low="a", high=2), "ring"),
        (binning(bins="width", width=0), "ring"),
        (binning(colour=1, shape=2), "ring"),
        (binning(label_gain=55), "ring"),
        (binning(label_gain=-1), "icosahedron_rule"),
        ({"name": "mixture", "noise_variance": 0}, "ring"),
        ({"name": "mixture", "n_bins": 30}, "ring"),
    ],
)
def test_estimators_are_refused_in_the_same_words(ask, estimator, name):
    ((snapshot, _),) = reference(name, settings_of(), (0,), [])
    with pytest.raises(ValueError, match=", got ") as error:
        measured(snapshot, DATASETS[name](), estimator)
    question = {"kind": "estimator", "given": estimator, "dataset": name}
    assert ask(question) == [str(error.value)]


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("widths", [65], "widths must be at most 64 on a page, got 65"),
        ("widths", [1] * 9, f"widths must name at most 8 layers on a page, got {[1] * 9}"),
        ("n_networks", 51, "n_networks must be at most 50 on a page, got 51"),
        ("epochs", 100_001, "epochs must be at most 100000 on a page, got 100001"),
        ("noise", 0.1, "noise must be 0 on a page, which trains no noisy networks, got 0.1"),
        (
            "dataset",
            "mnist",
            "dataset must be one of icosahedron_rule, ring, xor, spirals, got 'mnist'",
        ),
    ],
)
def test_a_page_does_less_than_python(ask, setting, value, words):
    assert ask({"kind": "settings", "given": {setting: value}}) == [words]


def test_what_can_be_is_accepted(ask):
    settings = [{}, {"widths": [64] * 8, "n_networks": 50, "epochs": 100_000, "batch_size": None}]
    assert ask(*({"kind": "settings", "given": given} for given in settings)) == ["", ""]
    given = {"kind": "estimator", "dataset": "icosahedron_rule"}
    rulers = [*RULERS, binning(label_gain=55)]
    assert ask(*(given | {"given": ruler} for ruler in rulers)) == [""] * len(rulers)
