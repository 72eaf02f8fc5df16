"""python -m ibtools.questions: list the recorded studies, or make one again."""

import torch

from ibtools.questions.recorded import STUDIES
from ibtools.questions.study import Findings, save_findings
from ibtools.record_command import record_command


def main(arguments: list[str] | None = None) -> None:
    record_command("ibtools.questions", STUDIES, Findings.rows, save_findings, arguments)


if __name__ == "__main__":
    # One thread: small networks run faster, and last digits do not depend on the cores.
    torch.set_num_threads(1)
    main()
