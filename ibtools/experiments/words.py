"""An experiment in words and values."""

from collections.abc import Iterator

WORDS = {
    "activation": "of the hidden units",
    "batch_size": "samples a step learns from; None takes all",
    "dataset": "what is learned",
    "epochs": "passes over the training samples",
    "first_network": "number of the first network",
    "initial_scale": "the weights start with standard deviation initial_scale/√fan-in",
    "initialization": "the weights start with standard deviation 1/√fan-in or 1/√fan-out",
    "learning_rate": "size of a step",
    "measurement_noise": "variance added to what is measured",
    "n_inputs": "inputs",
    "n_networks": "networks, each with weights and samples of its own",
    "n_outputs": "outputs",
    "n_relevant": "inputs that the teacher looks at; None for all",
    "n_samples": "samples each network learns from",
    "n_snapshots": "about how many epochs are measured, evenly on a log scale",
    "noise": "standard deviation of Gaussian noise in every hidden unit",
    "optimizer": "rule of the steps",
    "precision": "of weights and activations",
    "seed": "of all that is random",
    "shuffle_split": "whether the training samples are drawn or are the first ones",
    "signal_to_noise": "variance of the teacher's signal over that of its noise",
    "train_fraction": "share of the samples to learn from",
    "weight_decay": "penalty on squared weights",
    "widths": "units of the hidden layers",
}


def in_words(experiment) -> Iterator[str]:
    """A line for each value of an experiment, and what it means."""
    values = experiment.as_dict()
    yield f"{values.pop('question')} ({values.pop('kind')})"
    estimators = values.pop("estimators", {})
    values = values | values.pop("settings")
    for name, value in values.items():
        said = "-".join(map(str, value)) if isinstance(value, list) else str(value)
        yield f"  {name:17} {said:16} {WORDS[name]}"
    for name, estimator in estimators.items():
        settings = {key: value for key, value in estimator.items() if key != "name"}
        said = ", ".join(f"{key} {value}" for key, value in settings.items())
        yield f"  estimator {name!r}: {estimator['name']}" + (f" with {said}" if said else "")
