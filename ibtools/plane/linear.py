"""What the layers of a deep linear network know, exactly, and how well it will do.

For the teacher Y = W_o X + ε of ibtools.networks.student_teacher, X ~ N(0, I/n), and a layer
T = W̄ X + Z, all is Gaussian, and every information is a difference of two entropies,

    I(T;·) = H(T) - H(T|·) = ½ log det Σ_T - ½ log det Σ_{T|·}

    Σ_T     = W̄ W̄ᵀ/n + σ² I          Σ_{T|X} = σ² I
    Σ_{T|Y} = Σ_T - Σ_TY Σ_Y⁻¹ Σ_YT    Σ_{T|X_relevant}: as Σ_T, from the irrelevant inputs alone

The measurement noise Z ~ N(0, σ² I) is not in the network. It is added to look, since without it
I(X;T) is infinite, and to each layer by itself: T2 is not made from the noisy T1. So the layers
form no chain X → T1 → T2, and a deeper layer may show more, for instance where its weights
amplify. What holds for each layer: I(T;Y) ≤ I(X;T), I(T;Y) ≤ I(X;Y), and, as relevant and
irrelevant inputs are independent, I(X_relevant;T) + I(X_irrelevant;T) ≤ I(X;T).
I(X_irrelevant;T) treats the relevant inputs as noise: it may fall because they speak up. What T
tells about the irrelevant inputs to who knows the relevant ones is I(X;T) - I(X_relevant;T).

Source: Saxe et al. (2018), "On the information bottleneck theory of deep learning", sections on
linear networks and task-irrelevant inputs.
"""

from typing import NamedTuple

import numpy as np

from ibtools.information.validation import positive, validated_base, whole_number


class LinearInformation(NamedTuple):
    """Exact information of a layer of each network, (networks,) each, X = (relevant, irrelevant).

    I_relevant = I(X_relevant;T), I_irrelevant = I(X_irrelevant;T).
    """

    I_XT: np.ndarray
    I_TY: np.ndarray
    I_relevant: np.ndarray
    I_irrelevant: np.ndarray


def _entropy(covariance: np.ndarray) -> np.ndarray:
    """½ log det in nats, up to a constant that differences do not see."""
    return np.linalg.slogdet(covariance).logabsdet / 2


def linear_information(
    linear_map: np.ndarray,
    teacher: np.ndarray,
    *,
    n_relevant: int,
    output_noise: float,
    measurement_noise: float,
    base: float = 2,
) -> LinearInformation:
    """Of T = W̄ X + N(0, measurement_noise · I) about X, its parts, and Y; bits by default.

    linear_map: W̄ (networks, units, inputs).  teacher: W_o (networks, outputs, inputs).
    n_relevant: the first inputs, those the teacher looks at.  output_noise: variance of ε.
    Less measurement noise means more I(X;T), without limit: values compare at one noise only, and
    a layer whose weights all double has gained as much as by a quarter of the noise.

    Raises ValueError for shapes that do not fit, more relevant inputs than there are, and noises
    that are not positive.
    """
    if linear_map.ndim != 3 or teacher.ndim != 3 or linear_map.shape[::2] != teacher.shape[::2]:
        raise ValueError(
            "linear_map and teacher must have shapes (networks, units, inputs) and (networks, "
            f"outputs, inputs), got {linear_map.shape} and {teacher.shape}"
        )
    n = linear_map.shape[2]
    if whole_number(n_relevant, "n_relevant") > n:
        raise ValueError(f"n_relevant must be at most the {n} inputs, got {n_relevant}")
    noise = positive(measurement_noise, "measurement_noise") * np.eye(linear_map.shape[1])
    relevant, irrelevant = linear_map[..., :n_relevant], linear_map[..., n_relevant:]
    from_relevant = relevant @ relevant.mT / n
    from_irrelevant = irrelevant @ irrelevant.mT / n
    t = from_relevant + from_irrelevant + noise
    ty = linear_map @ teacher.mT / n
    y = teacher @ teacher.mT / n + positive(output_noise, "output_noise") * np.eye(len(teacher[0]))
    left = {
        "I_XT": np.broadcast_to(noise, t.shape),
        "I_TY": t - ty @ np.linalg.solve(y, ty.mT),
        "I_relevant": from_irrelevant + noise,
        "I_irrelevant": from_relevant + noise,
    }
    h_t, unit = _entropy(t), np.log(validated_base(base))
    return LinearInformation(**{k: (h_t - _entropy(given)) / unit for k, given in left.items()})


def generalisation_error(
    student: np.ndarray, teacher: np.ndarray, *, output_noise: float
) -> np.ndarray:
    """Expected ‖Y - Ŷ‖² on a new input, exactly: ‖W_o - W̄‖²/n + outputs · σ_o², (networks,).

    student: the map from inputs to Ŷ; shapes (networks, outputs, inputs).  The last term is what
    remains for the teacher itself.
    """
    _, n_outputs, n_inputs = teacher.shape
    return np.square(teacher - student).sum(axis=(1, 2)) / n_inputs + n_outputs * output_noise
