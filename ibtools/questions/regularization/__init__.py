"""What explicit regularisers do, and what they do not."""

from ibtools.questions.regularization.regularizers import REGULARIZERS, regularizers, shifts

__all__ = ["REGULARIZERS", "regularizers", "shifts"]
