"""How long does a reader wait for the first import?

Each import runs in an interpreter of its own; the smallest of five times is the least disturbed.
torch is blocked, as on a machine that does not have it.
"""

import subprocess
import sys

REPEATS = 5
TIMED = """
import sys, time
sys.modules["torch"] = None
start = time.perf_counter()
import {module}
print(time.perf_counter() - start)
"""


def seconds(module: str) -> float:
    command = [sys.executable, "-c", TIMED.format(module=module)]
    return min(
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(REPEATS)
    )


def main() -> None:
    for module in (
        "numpy",
        "scipy.special, scipy.spatial",
        "ibtools.information",
        "ibtools.bottleneck",
    ):
        print(f"import {module}: {seconds(module):.2f} s")


if __name__ == "__main__":
    main()
