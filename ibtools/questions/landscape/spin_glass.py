"""The spherical spin glass, and descents in it."""

import numpy as np
import torch

from ibtools.information.validation import positive, whole_number


def random_couplings(n_spins: int, *, seed: int) -> torch.Tensor:
    """X (Λ, Λ, Λ), standard normal, summed over the orders of its indices (H = 3)."""
    whole_number(n_spins, "n_spins", at_least=2)
    rng = np.random.default_rng(seed)
    drawn = torch.from_numpy(rng.standard_normal((n_spins,) * 3, dtype=np.float32))
    orders = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))
    total = torch.zeros_like(drawn)
    for order in orders:
        total += drawn.permute(order)
    return total / len(orders)


def spin_glass_energy(couplings: torch.Tensor, spins: torch.Tensor) -> torch.Tensor:
    """L/Λ = Λ⁻² Σ X_ijk w_i w_j w_k for each row w of spins (n, Λ) with Σ w² = Λ, (n,)."""
    return (_force(couplings, spins) * spins).sum(dim=1) / len(couplings) ** 2


def descend(
    couplings: torch.Tensor, starts: torch.Tensor, *, steps: int, rate: float = 0.1
) -> torch.Tensor:
    """The spins (n, Λ) after descent on the sphere from each row of starts.

    A step goes down the gradient of the energy Λ · `spin_glass_energy` along the sphere, times the
    rate, and back onto the sphere.
    """
    size = len(couplings)
    spins = _on_sphere(starts)
    for _ in range(whole_number(steps, "steps", at_least=0)):
        gradient = 3 * _force(couplings, spins) / size
        gradient -= (gradient * spins).sum(dim=1, keepdim=True) / size * spins
        spins = _on_sphere(spins - positive(rate, "rate") * gradient)
    return spins


def slope(couplings: torch.Tensor, spins: torch.Tensor) -> torch.Tensor:
    """Length of the energy's gradient along the sphere over √Λ, for each row of spins, (n,)."""
    size = len(couplings)
    gradient = 3 * _force(couplings, spins) / size
    gradient -= (gradient * spins).sum(dim=1, keepdim=True) / size * spins
    return gradient.norm(dim=1) / size**0.5


def spin_glass_descents(
    *, seeds: tuple[int, ...], sizes: tuple[int, ...], n_starts: int, steps: int, rate: float
) -> dict[str, np.ndarray]:
    """Descents from random starts in spin glasses of three spins a term.

    seeds: each draws couplings and starts.  sizes: numbers of spins.

    energy, slope: (sizes, seeds, n_starts), per spin, at the end.
    """
    found = {name: np.zeros((len(sizes), len(seeds), n_starts)) for name in ("energy", "slope")}
    for i, size in enumerate(sizes):
        for j, seed in enumerate(seeds):
            couplings = random_couplings(size, seed=seed)
            generator = torch.Generator().manual_seed(seed)
            starts = torch.randn(n_starts, size, generator=generator)
            end = descend(couplings, starts, steps=steps, rate=rate)
            found["energy"][i, j] = spin_glass_energy(couplings, end).numpy()
            found["slope"][i, j] = slope(couplings, end).numpy()
    return found


def _force(couplings: torch.Tensor, spins: torch.Tensor) -> torch.Tensor:
    """Σ_jk X_ijk w_j w_k, (n, Λ)."""
    size = len(couplings)
    halfway = (spins @ couplings.reshape(size, -1)).reshape(len(spins), size, size)
    return torch.bmm(halfway, spins[:, :, None])[:, :, 0]


def _on_sphere(spins: torch.Tensor) -> torch.Tensor:
    return spins * (spins.shape[1] ** 0.5 / spins.norm(dim=1, keepdim=True))
