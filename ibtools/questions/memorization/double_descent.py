"""Random features and least squares, from fewer features than images to many times more."""

import numpy as np

from ibtools.datasets import mnist_5000
from ibtools.information.validation import whole_number
from ibtools.questions.memorization.corruptions import random_label_share
from ibtools.questions.parts import two_parts


def random_features(x: np.ndarray, n_features: int, *, seed: int = 0) -> np.ndarray:
    """max(0, x·w_j) (n, n_features) for directions w_j drawn evenly from all.

    x: (n, d).  The first features do not depend on how many more are drawn.
    """
    whole_number(n_features, "n_features")
    w = np.random.default_rng(seed).standard_normal((n_features, x.shape[1]))
    return np.maximum(0, x @ (w / np.linalg.norm(w, axis=1, keepdims=True)).T)


def ridge_weights(x: np.ndarray, y: np.ndarray, penalties: tuple[float, ...]) -> list[np.ndarray]:
    """For each penalty λ the w (d, k) that minimises ‖x w − y‖² + λ‖w‖²; of smallest norm at λ = 0.

    By one singular value decomposition. At λ = 0 singular values below rounding count as 0.
    """
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    s = np.where(s > s[0] * max(x.shape) * np.finfo(float).eps, s, 0.0)
    turned = u.T @ y
    weights = []
    for penalty in penalties:
        factors = np.divide(s, s**2 + penalty, out=np.zeros_like(s), where=s > 0)
        weights.append(vt.T @ (factors[:, None] * turned))
    return weights


def double_descent(
    *,
    seeds: tuple[int, ...],
    features: tuple[int, ...],
    noise: tuple[float, ...],
    penalties: tuple[float, ...],
    n_train: int,
    n_test: int,
) -> dict[str, np.ndarray]:
    """Errors of least squares on random ReLU features of MNIST, targets 1 for the label, 0 else.

    seeds: each draws images, features and noise.  noise: shares of training labels replaced by
    random ones; test labels are true.  penalties: λ of ridge regression; 0: the minimum norm.

    test_error, train_error: (noise, penalties, features, seeds), shares of wrong labels.
    norm: the same shape, ‖w‖ over all outputs.
    """
    shape = (len(noise), len(penalties), len(features), len(seeds))
    test_error, train_error, norm = np.zeros((3, *shape), dtype=np.float32)
    for k, seed in enumerate(seeds):
        train, test = two_parts(mnist_5000(), n_train, n_test, seed=seed)
        z, z_test = (random_features(part.x, max(features), seed=seed) for part in (train, test))
        labels = [random_label_share(train.y, p, n_classes=10, seed=seed) for p in noise]
        targets = np.concatenate([np.eye(10)[y] for y in labels], axis=1)
        for j, n in enumerate(features):
            for i, w in enumerate(ridge_weights(z[:, :n], targets, penalties)):
                for m, y in enumerate(labels):
                    own = w[:, 10 * m : 10 * (m + 1)]
                    where = m, i, j, k
                    train_error[where] = ((z[:, :n] @ own).argmax(axis=1) != y).mean()
                    test_error[where] = ((z_test[:, :n] @ own).argmax(axis=1) != test.y).mean()
                    norm[where] = np.linalg.norm(own)
    return {"test_error": test_error, "train_error": train_error, "norm": norm}
