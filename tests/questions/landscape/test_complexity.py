import numpy as np
import pytest
from scipy.integrate import quad

from ibtools.questions.landscape import complexity, lowest_energy, threshold_energy


def test_the_band_of_three_spins():
    assert threshold_energy(3) == pytest.approx(1.6330, abs=5e-5)
    assert lowest_energy(3) == pytest.approx(1.6570, abs=5e-5)


def test_the_band_narrows_with_the_index_and_ends_at_the_threshold():
    lowest = [lowest_energy(3, index=k) for k in range(6)]
    assert (np.diff(lowest) < 0).all()
    assert lowest[-1] > threshold_energy(3)
    assert lowest_energy(3, index=1000) == pytest.approx(threshold_energy(3), abs=1e-3)


@pytest.mark.parametrize(("order", "index"), [(3, 0), (3, 2), (5, 1)])
def test_the_closed_form_is_the_integral(order, index):
    edge, u = threshold_energy(order), -1.1 * threshold_energy(order)
    integral = quad(lambda z: 2 / edge**2 * np.sqrt(z**2 - edge**2), edge, -u)[0]
    quadratic = (order - 2) / (4 * (order - 1)) * u**2
    wanted = np.log(order - 1) / 2 - quadratic - (index + 1) * integral
    assert complexity(u, order, index=index) == pytest.approx(wanted, abs=1e-9)


def test_above_the_threshold_no_more_of_an_index_are_added():
    at = complexity(np.array([-threshold_energy(3), -1.0, 0.0]), 3, index=1)
    np.testing.assert_allclose(at, np.log(2) / 2 - 1 / 3)


def test_fewer_than_three_spins_are_no_glass():
    with pytest.raises(ValueError, match="order must be"):
        threshold_energy(2)
