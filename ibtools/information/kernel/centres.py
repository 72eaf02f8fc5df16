"""The centres of a Gaussian mixture, measured in units of the noise.

A layer that is read with noise, T = h(X) + Z with Z ~ N(0, σ²I) and n equally likely inputs, is a
mixture of n Gaussians around the centres h(x). All that its information depends on are the
distances between the centres in units of σ. NumPy arrays and torch tensors (on any device that
has float64) go through the same code: nothing here imports torch, and tensors stay where they are.
"""

import math
import sys

import numpy as np

from ibtools.information.discrete import symbols
from ibtools.information.validation import plain_array, positive, real_numbers

# What a squared distance may be wrong by, in nats of the result: see `centred`.
TOLERANCE = 1e-3


def namespace(array):
    """The module whose functions take this array: torch for its tensors, else numpy."""
    return sys.modules["torch"] if type(array).__module__.split(".")[0] == "torch" else np


def alike(values, array):
    """values as float64, of the array's kind and on its device."""
    if namespace(array) is np:
        return np.asarray(values, dtype=np.float64)
    return namespace(array).asarray(values, dtype=namespace(array).float64, device=array.device)


def validated_centres(centres, name: str = "centres"):
    """centres (..., samples, units) as floating numbers of at least single precision.

    Raises TypeError for anything but real numbers, and ValueError for fewer than two axes, empty
    arrays, NaN or infinity.
    """
    xp = namespace(centres)
    centres = real_numbers(centres, name) if xp is np else centres.detach()
    if xp is not np and centres.is_complex():
        raise TypeError(f"{name} must hold real numbers, got dtype {centres.dtype}")
    if centres.ndim < 2 or 0 in centres.shape:
        raise ValueError(
            f"{name} must have shape (..., samples, units), none empty, got {tuple(centres.shape)}"
        )
    if not xp.isfinite(centres).all():
        raise ValueError(f"{name} must be finite, got NaN or infinite values")
    floating = centres.dtype.kind == "f" if xp is np else centres.is_floating_point()
    least = xp.float32 if floating else xp.float64
    return xp.asarray(centres, dtype=xp.promote_types(centres.dtype, least))


def validated_variance(noise_variance, centres):
    """noise_variance as float64 of the centres' stack (...), on their device."""
    xp = namespace(centres)
    stack = tuple(centres.shape[:-2])
    if namespace(noise_variance) is np:
        noise_variance = real_numbers(noise_variance, "noise_variance")
    variance = alike(noise_variance, centres)
    if not (xp.isfinite(variance) & (variance > 0)).all():
        raise ValueError(f"noise_variance must be positive and finite, got {noise_variance}")
    try:
        return xp.broadcast_to(variance, stack)
    except (ValueError, RuntimeError) as error:
        raise ValueError(
            f"noise_variance must be one number or have a shape that broadcasts to {stack}, "
            f"got {tuple(variance.shape)}"
        ) from error


def centred(centres, variance):
    """u = (h - mean) / (σ √8) as (layers, samples, units), so that |u_i - u_j|² is the exponent.

    A matrix product gives all |u_i|² + |u_j|² - 2 u_i·u_j at once, but the difference is wrong by
    about ε max|u|². float32 is kept only while this is harmless; where float64 is too coarse too
    (noise a millionth of the layer's size) `exponents` subtracts unit by unit instead.

    Raises ValueError when the noise is so small that the squares leave the range of numbers.
    """
    xp = namespace(centres)
    kept = centres.dtype
    scale = math.sqrt(8) * xp.sqrt(variance)[..., None, None]
    with np.errstate(over="ignore", invalid="ignore"):
        u = alike(centres, centres) / scale
        u = u - u.mean(axis=-2, keepdims=True)
        largest = 4 * float((u * u).sum(-1).max())
    if not largest < np.inf:
        raise ValueError("noise_variance must be larger, got one that the squared centres dwarf")
    if largest * xp.finfo(kept).eps < TOLERANCE:
        u = xp.asarray(u, dtype=kept)
    return u.reshape((-1, *u.shape[-2:])), largest * xp.finfo(xp.float64).eps >= TOLERANCE


def factors(u, *, subtract: bool):
    """What `exponents` takes of the centres u on its left side and on its right.

    Their norms as two more units: the product is then 2 a·b - |a|² - |b|², in one pass.
    """
    if subtract:
        return u, u
    xp = namespace(u)
    squares = (u * u).sum(-1)[..., None]
    ones = xp.ones_like(squares)
    left = xp.concatenate([2 * u, -squares, ones], axis=-1)
    return left, xp.concatenate([u, ones, -squares], axis=-1)


def exponents(left, right, *, subtract: bool):
    """-|a_i - b_j|², (layers, rows, columns), up to rounding, from the `factors` of a and b."""
    if not subtract:
        return left @ right.mT
    result = namespace(left).zeros_like(left[:, :, :1] - right.mT[:, :1])
    for unit in range(left.shape[-1]):
        difference = left[:, :, unit, None] - right[:, None, :, unit]
        difference *= difference
        result -= difference
    return result


def classes(y, n: int) -> tuple[np.ndarray, np.ndarray]:
    """An order of the samples that brings those of one label together, and the labels' counts."""
    y = plain_array(y.cpu() if hasattr(y, "cpu") else y, "y")
    if y.shape != (n,):
        raise ValueError(f"y must have shape ({n},) like the samples, got {y.shape}")
    labels = symbols(y, "y")
    return np.argsort(labels, kind="stable"), np.bincount(labels)


def adaptive_noise_variance(activations, *, variance: float = 1e-3):
    """σ² = variance · max|activation|² of each layer of a stack (..., samples, units): (...).

    Fixed noise blurs a layer of small activations and spares one of large ones. With noise in
    proportion the information no longer changes when a layer is scaled, and a layer that shrinks
    without merging anything does not seem to compress. A layer of zeros gets `variance` itself.

    Idea: Chelombiev, Houghton & O'Donnell (2019), arXiv:1902.09037 (aKDE).
    Raises the errors of `layer_information_kernel` for activations and variance.
    """
    activations = validated_centres(activations, "activations")
    xp = namespace(activations)
    variance = positive(variance, "variance")
    largest = xp.amax(xp.abs(alike(activations, activations)), (-2, -1))
    return variance * xp.where(largest > 0, largest, xp.ones_like(largest)) ** 2
