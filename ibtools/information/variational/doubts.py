"""Reasons to distrust a learned estimate, seen from its training."""

import math
import warnings

import numpy as np

from ibtools.information.estimate import EstimateWarning
from ibtools.information.gaussian import mutual_information_gaussian
from ibtools.information.variational.training import Training

RISE = 0.01


def told(remarks: list[str], *, stacklevel: int = 3) -> tuple[str, ...]:
    """Warn of each different remark once, and hand them on."""
    remarks = list(dict.fromkeys(remarks))
    for remark in remarks:
        warnings.warn(remark, EstimateWarning, stacklevel=stacklevel)
    return tuple(remarks)


def about_training(training: Training) -> list[str]:
    """Stopped too early or not by itself, or halves that disagree."""
    found = []
    last = training.curve[-1, 0]
    if training.ended == "interrupted":
        found.append(f"training was interrupted after {last:.0f} steps")
    if training.ended == "diverged":
        found.append(f"training diverged after {last:.0f} steps: take a smaller learning_rate")
    if training.ended == "steps":
        steps, _, values = training.curve.T
        late = steps > 0.9 * last
        if values[late].max() > values[~late].max() + RISE:
            found.append(f"the held-out value was still rising when the {last:.0f} steps ran out")
    return found


def about_gap(curve: np.ndarray) -> list[str]:
    """Steps, training and held-out values in nats of information: what was learned by heart."""
    _, training, held_out = curve[curve[:, 2].argmax()]
    if training - held_out > 0.1 + 0.05 * abs(held_out):
        return [
            f"training shows {training:.2f} nats where held-out samples show {held_out:.2f}: there "
            f"are too few samples for what has to be learned, and the value is probably too low"
        ]
    return []


def about_halves(readings: np.ndarray) -> list[str]:
    apart = abs(readings[0] - readings[1])
    if apart > 0.1 + 0.2 * abs(readings.mean()):
        return [
            f"the two halves of the held-out samples give {readings[0]:.2f} and "
            f"{readings[1]:.2f} nats: the variance is large"
        ]
    return []


def about_copula(value: float, x: np.ndarray, y: np.ndarray) -> list[str]:
    """A closed form that holds far more: value in nats."""
    if len(x) <= x.shape[1] + y.shape[1]:
        return []
    gaussian = mutual_information_gaussian(x, y, copula=True, base=np.e)
    if gaussian > 0.1 + 1.2 * value:
        return [
            f"Gaussians with the same rank correlations share {gaussian:.2f} nats, and the critic "
            f"found {value:.2f}: it may have missed the rest"
        ]
    return []


def about_bound(bound: str, value: float, k: int, clip: float = np.inf) -> list[str]:
    """value: nats, from tables of k × k scores."""
    limit = math.log(k)
    if bound == "infonce" and value > 0.9 * limit:
        return [
            f"{value:.2f} nats are within 10 % of the ceiling log {k} = {limit:.2f}: "
            f"any larger information would read the same"
        ]
    found = []
    if bound != "infonce" and value > 0.5 * limit:
        found.append(
            f"{value:.2f} nats are more than half of log {k} = {limit:.2f}: averages of e^f over "
            f"tables of {k} samples are then ruled by a few pairs, and the value may be far too "
            f"large or far too small"
        )
    if bound == "smile" and value > 0.8 * clip:
        found.append(
            f"{value:.2f} nats are near or above clip = {clip:g}: the clipped partition hides what "
            f"would pull the value down, and it tends to overshoot"
        )
    return found
