"""What a checker answers, whatever the reader's function does."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from typing import Any


@dataclass(frozen=True)
class Verdict:
    """right: whether the answer is.  message: why, or the hint that fits the mistake."""

    right: bool
    message: str

    def __repr__(self) -> str:
        return f"{'Right' if self.right else 'Not yet'}: {self.message}"


def not_yet(hint: str) -> Verdict:
    """The verdict on an answer that is not right."""
    return Verdict(False, hint)


def checker(judgement: Callable[[Callable], Verdict]) -> Callable[[Callable], Verdict]:
    """Turn a judgement of what a function returns into a checker, which any function may meet."""

    @wraps(judgement)
    def check(answer: Callable) -> Verdict:
        return judge(answer, judgement)

    return check


class NothingReturned(Exception):
    """The reader's function returned None, which no exercise asks for."""


def judge(answer: Callable, judgement: Callable[[Callable], Verdict]) -> Verdict:
    """Apply a checker to a reader's function; whatever goes wrong becomes a hint.

    The function gets copies: one that overwrites its arguments is judged by what it returns. An
    exception in it, and one in the judgement for the sake of what it returned, are told apart.
    """
    returned: list[Any] = []
    stopped: list[Exception] = []

    def watched(*arguments: Any) -> Any:
        try:
            result = answer(*deepcopy(arguments))
        except Exception as error:
            stopped.append(error)
            raise
        if result is None:
            raise NothingReturned
        returned.append(result)
        return result

    try:
        return judgement(watched)
    except NotImplementedError:
        return not_yet("nothing is written yet; replace the raise line with your own code.")
    except NothingReturned:
        return not_yet("your function returns nothing: is the return line missing?")
    except Exception as error:
        if not returned or any(error is one for one in stopped):
            return not_yet(f"your function stops with {type(error).__name__}: {error}")
        return not_yet(_unusable(returned[-1], error))


def _unusable(result: Any, error: Exception) -> str:
    """A hint for a result that the judgement could not so much as read as numbers."""
    kind = type(result).__name__
    if isinstance(result, tuple | list):
        kind = f"a {kind} of {len(result)}"
    elif hasattr(result, "shape"):
        kind = f"an array of shape {tuple(result.shape)}"
    else:
        kind = f"one {kind}"
    # So say unpacking, float() of a list, and float() of an array, in this order.
    if any(words in str(error) for words in ("unpack", "float() argument", "converted to Python")):
        return f"your function returns {kind}; the exercise asks for another number of results."
    return f"your function returns {kind}, which cannot be read: {error}."
