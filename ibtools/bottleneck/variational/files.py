"""A trained bottleneck in one file, and back; nothing in a file is ever executed."""

import pickle
from pathlib import Path

import numpy as np
import torch

from ibtools.bottleneck.variational.evaluation import Evaluation, History

FORMAT = "ibtools bottleneck 1"


def _tensors(values: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(value) for name, value in values.items()}


def _evaluation(stored: dict[str, torch.Tensor]) -> Evaluation:
    return Evaluation(**{name: value.numpy() for name, value in stored.items()})


def write_model(model, path: Path) -> None:
    """Settings, weights, labels and history of a trained bottleneck."""
    history = model.history
    content = {
        "format": FORMAT,
        "kind": type(model).__name__,
        "settings": model.settings(),
        "parameters": model.parameters,
        "classes": torch.from_numpy(model.classes),
        "epochs": torch.from_numpy(history.epochs),
        "looks": [_tensors(vars(look)) for look in (history.train, history.test) if look],
        "ended": history.ended,
    }
    torch.save(content, Path(path))


def read_model(kind: type, path: Path):
    """The model of this kind that `write_model` wrote. Errors: see `TrainedBottleneck.load`."""
    path = Path(path)
    with path.open("rb") as file:
        try:
            content = torch.load(file, weights_only=True)
        except (pickle.UnpicklingError, RuntimeError, EOFError, ValueError, KeyError) as error:
            raise ValueError(f"path: {path} is not a saved bottleneck, or damaged") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"path: {path} is not a saved bottleneck")
    try:
        found = content["kind"]
        if found != kind.__name__:
            raise ValueError(f"a {found}, not a {kind.__name__}: load it with that")
        model = kind(**content["settings"])
        model.parameters = content["parameters"]
        model.classes = content["classes"].numpy()
        train, *test = map(_evaluation, content["looks"])
        model.history = History(
            content["epochs"].numpy(), train, test[0] if test else None, content["ended"]
        )
        expected = model.initialised(len(model.parameters[0]), len(model.classes))
        if [w.shape for w in model.parameters] != [w.shape for w in expected]:
            raise ValueError("its weights do not fit its settings")
    except (KeyError, TypeError, ValueError, RuntimeError, IndexError, AttributeError) as error:
        raise ValueError(
            f"path: {path} holds no bottleneck of this kind, or a damaged one ({error})"
        ) from error
    return model
