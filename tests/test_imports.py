import subprocess
import sys

WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None
import ibtools, ibtools.datasets, ibtools.information, ibtools.bottleneck
print(ibtools.information.entropy_discrete([0, 1]))
"""


def test_information_works_without_torch():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1.0"
