"""What a checker answers."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """right: whether the answer is.  message: why, or the hint that fits the mistake."""

    right: bool
    message: str

    def __repr__(self) -> str:
        return f"{'Right' if self.right else 'Not yet'}: {self.message}"


def judge(answer: Callable, judgement: Callable[[Callable], Verdict]) -> Verdict:
    """Apply a checker to a reader's function; an exception in it becomes a hint."""
    try:
        return judgement(answer)
    except NotImplementedError:
        return Verdict(False, "nothing is written yet; replace the raise line with your own code.")
    except Exception as error:
        return Verdict(False, f"your function stops with {type(error).__name__}: {error}")
