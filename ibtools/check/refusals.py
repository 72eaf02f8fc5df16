"""What an answer refuses: exercises that ask for a ValueError where no number is right."""

from collections.abc import Callable
from typing import Any

BY_ASSERT = (
    "an assert refuses {}. Raise a ValueError: an assert says what must hold in one's own code, "
    "and Python run with -O leaves it out."
)


def refusal(answer: Callable, *arguments: Any) -> type[Exception] | None:
    """ValueError or AssertionError, whichever meets these arguments; None if they go through."""
    try:
        answer(*arguments)
    except AssertionError:
        return AssertionError
    except ValueError:
        return ValueError
    return None


def value_unless_refused(answer: Callable, *arguments: Any) -> float | None:
    """The number that comes out, None if a ValueError does, as it should."""
    try:
        return float(answer(*arguments))
    except ValueError:
        return None
