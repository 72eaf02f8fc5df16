"""Install the PyTorch that requirements.txt pins, without CUDA. Run it before the rest.

On Linux the ordinary wheel brings gigabytes of CUDA libraries that nothing in this course uses.
"""

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

CPU_INDEX = "https://download.pytorch.org/whl/cpu"
REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"

UNREACHABLE = """
PyTorch {version} could not be installed from {index}: pip's message above says why.
The ordinary index offers it only together with gigabytes of CUDA libraries. Two ways out:
  TORCH_INDEX_URL=<address>  names another index that has the CPU wheel;
  ALLOW_CUDA=1               accepts the big download.
Set one of them and run the same command again."""


def pinned_version(requirements: str) -> str:
    """Return the version of torch that the text of a requirements file pins."""
    pin = re.search(r"^torch==(\S+)", requirements, re.MULTILINE)
    if pin is None:
        raise ValueError("requirements must pin torch with a line 'torch==<version>'")
    return pin[1]


def pulls_cuda(report: dict) -> bool:
    """Say whether what a pip installation report would install includes CUDA."""
    names = (package["metadata"]["name"].lower() for package in report["install"])
    return any(name.startswith(("nvidia-", "cuda-", "triton", "pytorch-triton")) for name in names)


def choose_index(
    system: str, environ: Mapping[str, str], ask_pip: Callable[[], dict | None]
) -> str | None:
    """Return the index to install from; None is the one pip is set up with.

    `ask_pip` returns the installation report of the ordinary index, None if it has no answer.
    It is a function because asking takes seconds and only Linux needs the answer.
    """
    if chosen := environ.get("TORCH_INDEX_URL"):
        return chosen
    if system != "Linux" or environ.get("ALLOW_CUDA") == "1":
        return None
    report = ask_pip()
    return CPU_INDEX if report is None or pulls_cuda(report) else None


def installed_version() -> str | None:
    """Return the version of torch in this environment, without its build label ("+cpu")."""
    try:
        return metadata.version("torch").partition("+")[0]
    except metadata.PackageNotFoundError:
        return None


def pip_install(*arguments: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "pip", "install", *arguments], **options)


def dry_run(requirement: str) -> dict | None:
    """Return pip's report on what the ordinary index would install, None if it fails."""
    # Without --ignore-installed, CUDA libraries that are already here would not be reported.
    options = ["--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    answer = pip_install(*options, requirement, stdout=subprocess.PIPE)
    return json.loads(answer.stdout) if answer.returncode == 0 else None


def main() -> None:
    version = pinned_version(REQUIREMENTS.read_text(encoding="utf-8"))
    if installed_version() == version:
        return
    requirement = f"torch=={version}"
    index = choose_index(platform.system(), os.environ, lambda: dry_run(requirement))
    source = ["--index-url", index] if index else []
    # What torch needs comes with the rest, at the versions of constraints.txt: PyTorch's own index
    # has only some of them.
    done = pip_install("--no-deps", *source, requirement)
    if done.returncode:
        sys.exit(UNREACHABLE.format(version=version, index=index) if index else done.returncode)


if __name__ == "__main__":
    main()
