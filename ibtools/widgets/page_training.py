"""What a reader may train in the lab: with a kernel, and on a page without one."""

from collections.abc import Callable, Mapping

import numpy as np

from ibtools.datasets import DATASETS, Dataset

# What the engine of the page knows.
PAGE_DATASETS = ("icosahedron_rule", "ring", "xor", "spirals")
PAGE_ESTIMATORS = ("binning", "mixture")


def trains_on_page(settings: Mapping, estimator: Mapping) -> bool:
    """Whether the page can train these networks (settings with "dataset") and measure them so."""
    return (
        settings["dataset"] in PAGE_DATASETS
        and estimator["name"] in PAGE_ESTIMATORS
        and not settings["noise"]
    )


def datasets_by_name(
    dataset: Dataset | str | None,
) -> tuple[str, dict[str, Callable[[], Dataset]]]:
    """The name of the data set to begin with, and how to make all that a reader may choose.

    dataset: one of your own, or a name of ibtools.datasets.DATASETS; it comes first unless the page
    knows it anyway. None: the icosahedron rule.

    Raises ValueError for an unknown name and for a data set that has the name of another one, and
    TypeError for anything else.
    """
    known = {name: DATASETS[name] for name in PAGE_DATASETS}
    if dataset is None:
        return PAGE_DATASETS[0], known
    if isinstance(dataset, str):
        if dataset not in DATASETS:
            raise ValueError(f"dataset must be one of {', '.join(DATASETS)}, got {dataset!r}")
        return dataset, known if dataset in known else {dataset: DATASETS[dataset]} | known
    if not isinstance(dataset, Dataset):
        raise TypeError(f"dataset must be a Dataset or the name of one, got {dataset!r}")
    for name, make in known.items():
        if _same(dataset, make()):
            return name, known
    if dataset.name in known:
        raise ValueError(f"dataset must have a name of its own, got {dataset.name!r} once more")
    return dataset.name, {dataset.name: lambda: dataset} | known


def _same(one: Dataset, other: Dataset) -> bool:
    return np.array_equal(one.x, other.x) and np.array_equal(one.y, other.y)
