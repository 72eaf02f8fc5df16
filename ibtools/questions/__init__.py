"""The open questions of why networks work: each with an experiment small enough to change."""

from ibtools.questions.study import Findings, Study, load_findings, save_findings

__all__ = ["Findings", "Study", "load_findings", "save_findings"]
