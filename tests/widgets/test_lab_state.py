"""What a reader has chosen in the lab: into settings and back, into an address and back."""

from pathlib import Path

import pytest

from ibtools.networks import TrainingSettings
from ibtools.plane import BINNING, validated_estimator
from ibtools.widgets.presets import DEFAULT_SETTINGS, presets_in_full

LAB = Path(__file__).parents[2] / "ibtools" / "widgets" / "lab"
STATE = [LAB / "state.js"]
DATASETS = ["icosahedron_rule", "ring", "xor", "spirals"]
FIRST = validated_estimator(BINNING)
# For every control another value than the one it begins with.
OTHERS = {
    "dataset": "spirals",
    "train_fraction": 0.05,
    "activation": "softplus",
    "widths": [64, 1, 7],
    "initialization": "fan_out",
    "optimizer": "momentum",
    "learning_rate": 1e-7,
    "batch_size": 0,
    "epochs": 100_000,
    "n_networks": 50,
    "seed": 2**31,
    "ruler": "equal-mass",
    "n_bins": 101,
    "width": 0.005,
    "noise_variance": 1e-9,
}
KINDS = "M.kindsOf(datasets, M.rulersWith(first))"
BASE = "M.choicesOf(settings, first)"


@pytest.fixture
def state(in_node):
    def evaluate(expression, first=FIRST, settings=DEFAULT_SETTINGS, **given):
        known = {"datasets": DATASETS, "first": first, "settings": settings}
        return in_node(STATE, expression, **known, **given)

    return evaluate


def test_every_control_comes_back_from_an_address(state):
    assert state(f"Object.keys({KINDS})") == list(OTHERS)
    base = state(BASE)
    assert not [key for key, value in OTHERS.items() if base[key] == value]
    query = f"new URLSearchParams(M.writeChoices({KINDS}, others)).toString()"
    read = f"M.readChoices({KINDS}, new URLSearchParams({query}), {BASE})"
    assert state(read, others=OTHERS) == base | OTHERS
    # And as a ghost, alone and all together.
    ghost = f"M.readChanges({KINDS}, M.writeChanges({KINDS}, others))"
    assert state(ghost, others=OTHERS) == OTHERS
    assert state(f"M.writeChanges({KINDS}, {{}})") == "same"
    assert state(f"M.readChanges({KINDS}, 'same')") == {}


@pytest.mark.parametrize(
    ("key", "texts"),
    [
        ("dataset", ["", "digits", "toString"]),
        ("train_fraction", ["", "0", "1", "-0.5", "NaN", "Infinity", "0,5"]),
        ("activation", ["", "ReLU", "constructor", "<b>"]),
        ("widths", ["", "0", "65", "4-", "-4", "4--3", "1-1-1-1-1-1-1-1-1", "4.5"]),
        ("initialization", ["", "zero"]),
        ("optimizer", ["", "lion"]),
        ("learning_rate", ["", "0", "-1", "1e4", "Infinity"]),
        ("batch_size", ["", "-1", "0.5", "1e7"]),
        ("epochs", ["", "0", "1e6", "1.5"]),
        ("n_networks", ["", "0", "51", "1e9"]),
        ("seed", ["", "-1", "0.5", "1e20"]),
        ("ruler", ["", "ksg", "__proto__"]),
        ("n_bins", ["", "0", "1e5", "2.5"]),
        ("width", ["", "0", "-1", "1e4"]),
        ("noise_variance", ["", "0", "-1", "1e4"]),
    ],
)
def test_what_an_address_may_not_ask_keeps_its_value(state, key, texts):
    read = f"M.readChoices({KINDS}, new URLSearchParams([[key, text]]), {BASE})"
    changes = f"M.readChanges({KINDS}, `${{key}}:${{text}}`)"
    expression = f"texts.map((text) => [{read}[key], Object.keys({changes})])"
    kept = state(BASE)[key]
    assert state(expression, key=key, texts=texts) == [[kept, []]] * len(texts)


@pytest.mark.parametrize("preset", presets_in_full().values(), ids=presets_in_full().keys())
def test_settings_and_ruler_come_back_from_the_choices(state, preset):
    for experiment in filter(None, (preset, preset.get("ghost"))):
        settings, estimator = experiment["settings"], experiment["estimator"]
        choices = "M.choicesOf(settings, first)"
        there = f"[M.settingsOf({choices}), M.estimatorOf({choices}, null)]"
        found, ruler = state(there, first=estimator, settings=settings)
        assert found == settings
        assert ruler == {key: ruler[key] for key in ruler} | estimator


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ({"name": "ksg"}, "ksg"),
        (FIRST | {"low": 0, "high": 5}, "binning, low 0, high 5"),
        (FIRST | {"label_gain": 30}, "binning, label_gain 30"),
        (validated_estimator({"name": "mixture", "relative": True}), "mixture, relative true"),
    ],
)
def test_a_first_ruler_that_the_form_cannot_set_is_chosen_as_it_is(state, first, words):
    names = state("M.rulersWith(first).map(([key]) => key)", first=first)
    assert names == ["equal", "width", "equal-mass", "ebab", "mixture", words]
    assert state(f"M.estimatorOf({BASE}, first)", first=first) == first
    assert state(f"M.rulerWords({BASE})", first=first) == words
    other = state(f"M.estimatorOf({{ ...{BASE}, ruler: 'equal' }}, first)", first=first)
    assert (other["low"], other["high"], other["label_gain"]) == (-1, 1, None)


@pytest.mark.parametrize(
    ("other", "only_ruler", "words"),
    [
        ({}, True, "the same settings"),
        ({"n_bins": 1}, True, "1 equal bin on [−1, 1]"),
        ({"ruler": "mixture"}, True, "noise of variance 0.001"),
        ({"activation": "relu", "n_bins": 9}, False, "ReLU, 9 equal bins on [−1, 1]"),
        ({"batch_size": 0, "widths": [3, 2]}, False, "3-2, full batch"),
        # Of bins without a number, another number is no difference.
        ({"width": 0.5}, True, "the same settings"),
    ],
)
def test_a_ghost_is_told_by_what_is_different(state, other, only_ruler, words):
    changes = f"M.changesTo({BASE}, {{ ...{BASE}, ...other }})"
    assert state(changes, other=other) == other
    assert state(f"M.onlyRuler({changes})", other=other) is only_ruler
    told = f"M.differenceWords({BASE}, {{ ...{BASE}, ...other }})"
    assert state(told, other=other) == words


def test_the_defaults_are_those_of_python(state):
    assert state(f"M.settingsOf({BASE})") == TrainingSettings().as_dict() | {
        "dataset": "icosahedron_rule"
    }
    assert state(f"M.estimatorOf({BASE}, null)") == FIRST
