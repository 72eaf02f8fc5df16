"""Every recorded run of networks that classify, by name."""

from dataclasses import replace

from ibtools.networks import TrainingSettings
from ibtools.plane import BINNING, Experiment

# Shwartz-Ziv & Tishby (2017): settings of the published code; fifty networks as in the paper.
PUBLISHED = TrainingSettings(n_networks=50)
TWENTY = replace(PUBLISHED, n_networks=20)
N_SNAPSHOTS = 110

# Saxe et al. (2018): settings of the published code.
SAXE = TrainingSettings(batch_size=256, epochs=10_000, initialization="fan_out", n_networks=20)
# The rulers of both papers and of Chelombiev et al. (2019), on the same activations.
RULERS = {
    "width": {"name": "binning", "bins": "width", "width": 0.07},
    "equal": BINNING,
    "ebab": {"name": "binning", "bins": "ebab", "n_bins": 30},
    "mixture": {"name": "mixture", "noise_variance": 1e-3},
    "relative mixture": {"name": "mixture", "noise_variance": 1e-3, "relative": True},
}
DEPTHS = {
    1: (10,),
    2: (10, 7),
    3: (10, 7, 5),
    4: (10, 7, 5, 4),
    5: (10, 7, 5, 4, 3),
    6: (10, 9, 7, 5, 4, 3),
}
PERCENTAGES = (5, 15, 25, 35, 45, 55, 65, 75, 85)
ACTIVATIONS = ("tanh", "relu", "softsign", "softplus", "linear")


def _shwartz_ziv_tishby() -> dict[str, Experiment]:
    soft = {"binning": BINNING, "soft label": BINNING | {"label_gain": 55.0}}
    fifty = {
        "tanh_80_percent": (
            "The information plane with the published settings, random split; beside the exact "
            "limit of the soft rule",
            PUBLISHED,
        ),
        "tanh_full_batch": (
            "Does the late phase need the noise of minibatches?",
            replace(PUBLISHED, batch_size=None),
        ),
        "tanh_unshuffled": (
            "The split of the published code: the first 80 % of the patterns",
            replace(PUBLISHED, shuffle_split=False),
        ),
        "tanh_fan_out": (
            "Does the start decide? Weights of size 1/√fan-out",
            replace(PUBLISHED, initialization="fan_out"),
        ),
    }
    found = {
        name: Experiment(question=question, settings=settings, n_snapshots=N_SNAPSHOTS)
        for name, (question, settings) in fifty.items()
    }
    found["tanh_80_percent"] = replace(found["tanh_80_percent"], estimators=soft, n_snapshots=130)
    for percentage in PERCENTAGES:
        found[f"tanh_{percentage}_percent"] = Experiment(
            question=f"How much data: {percentage} % of the patterns to learn from",
            settings=replace(TWENTY, train_fraction=percentage / 100),
        )
    found["tanh_5_percent_batch_32"] = Experiment(
        question="5 % of the patterns and the noise of small batches",
        settings=replace(TWENTY, train_fraction=0.05, batch_size=32),
    )
    for depth, widths in DEPTHS.items():
        found[f"tanh_depth_{depth}"] = Experiment(
            question=f"How deep: {depth} hidden layer{'s' * (depth > 1)}",
            settings=replace(TWENTY, widths=widths),
        )
    return found


def _saxe() -> dict[str, Experiment]:
    """tanh and ReLU with the paper's fifty trials, what stands beside them with twenty."""
    fifty = ("tanh", "relu")
    found = {
        f"saxe_{activation}": Experiment(
            question=f"{activation} networks, five rulers on the same activations",
            settings=replace(
                SAXE, activation=activation, n_networks=50 if activation in fifty else 20
            ),
            estimators=RULERS,
            n_snapshots=60 if activation in fifty else 25,
        )
        for activation in ACTIVATIONS
    }
    for activation in fifty:
        found[f"saxe_{activation}_full_batch"] = Experiment(
            question=f"{activation} networks without the noise of minibatches",
            settings=replace(SAXE, activation=activation, batch_size=None),
            estimators=RULERS,
            n_snapshots=25,
        )
    return found


def _later() -> dict[str, Experiment]:
    """What others asked after Saxe et al."""
    found = {
        f"{activation}_weight_decay": Experiment(
            question=f"{activation} networks with a penalty on their weights (Chelombiev et al.)",
            settings=replace(SAXE, activation=activation, weight_decay=1e-3),
            estimators=RULERS,
            n_snapshots=25,
        )
        for activation in ("tanh", "relu")
    }
    for noise in (0.05, 0.2):
        found[f"noisy_tanh_{noise}"] = Experiment(
            question=f"Networks with noise of their own, σ = {noise} (Goldfeld et al.)",
            settings=replace(PUBLISHED, noise=noise, epochs=10_000, n_networks=5),
            estimators={"own noise": {"name": "own noise"}, "binning": BINNING},
            n_snapshots=30,
        )
    found["tanh_float64"] = Experiment(
        question="How many inputs does a deterministic network keep apart, in double precision?",
        settings=replace(PUBLISHED, precision="float64", n_networks=10),
    )
    return found


def _images() -> dict[str, Experiment]:
    # Saxe et al. take σ² = 0.1 for images.
    rulers = RULERS | {"mixture": {"name": "mixture", "noise_variance": 0.1}}
    rulers = {name: rulers[name] for name in ("width", "mixture", "relative mixture")}
    digits = TrainingSettings(widths=(20, 20, 20), batch_size=128, epochs=5000, n_networks=10)
    mnist = replace(digits, widths=(128, 20, 20, 20), epochs=300, n_networks=5)
    found = {}
    for images, dataset, settings in (
        ("digits", "digits", digits),
        ("mnist", "mnist_5000", mnist),
    ):
        for activation in ("tanh", "relu"):
            found[f"{images}_{activation}"] = Experiment(
                question=f"The plane on real images: {activation} networks",
                dataset=dataset,
                settings=replace(settings, activation=activation),
                estimators=rulers,
                n_snapshots=40,
            )
        found[f"{images}_random_labels"] = Experiment(
            question="The plane of tanh networks that learn random labels by heart",
            dataset=f"{dataset}_random_labels",
            settings=settings,
            estimators=rulers,
            n_snapshots=40,
        )
    return found


EXPERIMENTS = _shwartz_ziv_tishby() | _saxe() | _later() | _images()
