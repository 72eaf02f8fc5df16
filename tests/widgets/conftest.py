"""JavaScript outside a browser."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import playwright
import pytest


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node that comes with playwright: the tests need no other."""
    driver = Path(playwright.__file__).parent / "driver"
    return next(driver.glob("node*"))


@pytest.fixture(scope="session")
def in_node(node) -> Callable:
    """Return a function that gives the value of a JavaScript expression in Node.

    in_node(files, expression, **given): all that the files export is in M, given has its names.
    """

    def evaluate(files: list[Path], expression: str, **given):
        imports = "".join(
            f"import * as m{i} from {json.dumps(file.as_uri())};\n" for i, file in enumerate(files)
        )
        source = (
            f"{imports}const M = {{ {', '.join(f'...m{i}' for i in range(len(files)))} }};\n"
            f"const {{ {', '.join(given)} }} = {json.dumps(given)};\n"
            f"console.log(JSON.stringify({expression}));"
        )
        command = [node, "--input-type=module", "-"]
        ran = subprocess.run(command, input=source, text=True, capture_output=True)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return evaluate
