import numpy as np
import pytest
import torch

from ibtools.questions.landscape import (
    descend,
    random_couplings,
    slope,
    spin_glass_energy,
)


def on_sphere(n, size, seed=0):
    spins = torch.randn(n, size, generator=torch.Generator().manual_seed(seed))
    return spins * (size**0.5 / spins.norm(dim=1, keepdim=True))


def test_couplings_do_not_know_the_order_of_their_indices():
    couplings = random_couplings(6, seed=0)
    torch.testing.assert_close(couplings, couplings.permute(2, 0, 1))
    torch.testing.assert_close(couplings, couplings.permute(1, 0, 2))


def test_energy_is_the_sum_over_all_triples():
    couplings, spins = random_couplings(5, seed=1), on_sphere(3, 5)
    wanted = torch.einsum("ijk,ni,nj,nk->n", couplings, spins, spins, spins) / 25
    torch.testing.assert_close(spin_glass_energy(couplings, spins), wanted)


def test_energies_have_mean_zero_and_variance_one_over_the_number_of_spins():
    spins = on_sphere(1, 12)
    energies = [float(spin_glass_energy(random_couplings(12, seed=s), spins)) for s in range(2000)]
    assert np.mean(energies) == pytest.approx(0, abs=0.03)
    assert np.var(energies) == pytest.approx(1 / 12, rel=0.1)


def test_descent_ends_where_the_sphere_is_level_and_a_minimum():
    couplings = random_couplings(20, seed=0)
    starts = on_sphere(10, 20, seed=3)
    end = descend(couplings, starts, steps=3000)
    assert slope(couplings, end).max() < 1e-3
    torch.testing.assert_close(end.norm(dim=1), torch.full((10,), 20**0.5))
    energy = spin_glass_energy(couplings, end)
    assert (energy < spin_glass_energy(couplings, starts) - 0.5).all()
    beside = end + 0.05 * torch.randn(10, 20, generator=torch.Generator().manual_seed(5))
    beside *= 20**0.5 / beside.norm(dim=1, keepdim=True)
    assert (spin_glass_energy(couplings, beside) > energy).all()


def test_slope_is_that_of_differences():
    couplings, spins = random_couplings(8, seed=2).double(), on_sphere(1, 8).double()
    tangent = torch.linalg.qr(torch.cat([spins.T, torch.randn(8, 7).double()], dim=1))[0][:, 1:]
    ends = (descend(couplings, spins + sign * 1e-5 * tangent.T, steps=0) for sign in (1, -1))
    plus, minus = (8 * spin_glass_energy(couplings, each) for each in ends)
    wanted = ((plus - minus) / 2e-5).norm() / 8**0.5
    assert float(slope(couplings, spins)) == pytest.approx(float(wanted), rel=1e-5)


def test_a_step_that_is_not_positive_is_refused():
    with pytest.raises(ValueError, match="rate must be positive"):
        descend(random_couplings(3, seed=0), on_sphere(1, 3), steps=1, rate=0)


def test_descents_come_out_again(recorded, made_again):
    found = recorded("questions_spin_glass")
    again = made_again("questions_spin_glass", seeds=(0,), sizes=(25,))
    np.testing.assert_allclose(again["energy"][0, 0], found["energy"][0, 0], atol=0.02)


def test_energies_gather_and_sink_with_the_number_of_spins(recorded):
    energy = recorded("questions_spin_glass")["energy"].astype(float)
    within = energy.std(axis=2).mean(axis=1)
    assert (np.diff(within) < 0).all()
    mean = energy.mean(axis=(1, 2))
    assert (np.diff(mean) < 0).all()
    assert -1.633 < mean[-1] < -1.55
