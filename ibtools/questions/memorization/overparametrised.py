"""Networks with ever more parameters than data: does the test error rise?"""

import numpy as np

from ibtools.datasets import mnist_5000
from ibtools.questions.fitting import error_rate, fit, fully_connected, parameter_count
from ibtools.questions.memorization.standardised_images import standardised_images
from ibtools.questions.parts import two_parts


def overparametrised(
    *,
    seeds: tuple[int, ...],
    widths: tuple[int, ...],
    sizes: tuple[int, ...],
    n_test: int,
    steps: int,
    learning_rate: float,
    batch_size: int,
) -> dict[str, np.ndarray]:
    """Training and test error of networks with one hidden layer, from narrow to very wide.

    The networks learn standardised images of MNIST with true labels by descent with momentum 0.9,
    all for the same number of steps and without any regulariser.
    seeds: each draws images, first weights and order.  sizes: numbers of training images; the
    larger set holds the smaller one, and the test images are the same for all sizes.

    parameters: (widths,).  train_error, test_error: (sizes, widths, seeds), after the last step.
    """
    errors = np.zeros((2, len(sizes), len(widths), len(seeds)), dtype=np.float32)
    counts = np.zeros(len(widths), dtype=np.int64)
    mnist = mnist_5000()
    for k, seed in enumerate(seeds):
        # The images that are tested come first, those to learn from follow.
        test, learnt = two_parts(mnist, n_test, len(mnist.x) - n_test, seed=seed)
        x, x_test = standardised_images(learnt.x), standardised_images(test.x)
        for i, n in enumerate(sizes):
            for j, width in enumerate(widths):
                model = fully_connected([x.shape[1], width, mnist.n_classes], seed=seed)
                fit(
                    model,
                    x[:n],
                    learnt.y[:n],
                    epochs=-(-steps // -(-n // batch_size)),
                    learning_rate=learning_rate,
                    batch_size=batch_size,
                    seed=seed,
                )
                errors[0, i, j, k] = error_rate(model, x[:n], learnt.y[:n])
                errors[1, i, j, k] = error_rate(model, x_test, test.y)
                counts[j] = parameter_count(model)
    return {"parameters": counts, "train_error": errors[0], "test_error": errors[1]}
