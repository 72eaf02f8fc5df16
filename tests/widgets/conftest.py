"""JavaScript outside a browser."""

from pathlib import Path

import playwright
import pytest


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node that comes with playwright: the tests need no other."""
    driver = Path(playwright.__file__).parent / "driver"
    return next(driver.glob("node*"))
