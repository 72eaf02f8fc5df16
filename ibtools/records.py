"""Keeping the result of a long computation in two files, and getting it back.

NAME.npz holds the arrays and is loaded without pickle; NAME.json holds what is needed to make them
again: settings, command, versions, time taken. Nothing that happens while they are written leaves
half a record: each file appears whole or not at all, the JSON last, and the JSON holds the SHA-256
of the arrays it belongs to. The same arrays always give the same bytes.
"""

import hashlib
import io
import json
import os
import secrets
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")

PACKAGES = ("numpy", "scipy", "torch")
DIGEST = "sha256"
TEMPORARY = ".tmp"
PAUSE, PATIENCE = 0.05, 2.0  # seconds


def versions() -> dict[str, str]:
    """Of Python and of those PACKAGES that are installed; none of them is imported."""
    found = {"python": sys.version.split()[0]}
    for package in PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def record_files(path: Path) -> tuple[Path, Path]:
    """The .npz and the .json of the record at path, which may name either of them or neither."""
    path = Path(path)
    name = path.stem if path.suffix in (".npz", ".json") else path.name
    return path.with_name(f"{name}.npz"), path.with_name(f"{name}.json")


def write_record(
    path: Path, arrays: Mapping[str, np.ndarray], facts: dict, *, command: str, seconds: float
) -> None:
    """Write path.npz and path.json: the arrays as they are, and facts between the provenance.

    Interrupted, killed or out of space, it leaves what was there, or arrays whose JSON is missing
    or belongs to others, which `read_record` refuses. Of two processes that write the same record
    at once, one is kept, whole.
    Raises OSError that names the file when it cannot be written.
    """
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    provenance = {
        "command": command,
        **facts,
        "versions": versions(),
        "seconds": round(seconds, 1),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        DIGEST: hashlib.sha256(buffer.getvalue()).hexdigest(),
    }
    text = json.dumps(provenance, indent=1, ensure_ascii=False) + "\n"
    contents = (buffer.getvalue(), text.encode("utf-8"))
    files = record_files(path)
    for file in files:
        _remove_temporaries(file)
    while True:
        for file, content in zip(files, contents, strict=True):
            _replace(file, content)
        # Another process may have come between the two. Whoever writes its JSON last sees it and
        # writes both again, so that what stays in the end is a pair.
        if is_whole(path):
            return


def _remove_temporaries(file: Path) -> None:
    """What a killed process left behind; a living one notices and writes its own again."""
    for left in file.parent.glob(f".{file.name}.*{TEMPORARY}"):
        with suppress(OSError):
            left.unlink()


def _replace(file: Path, content: bytes) -> None:
    """Put content where file is, at one stroke."""
    waited = 0
    while True:
        temporary = file.with_name(f".{file.name}.{os.getpid()}-{secrets.token_hex(4)}{TEMPORARY}")
        try:
            with temporary.open("xb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(FileNotFoundError):  # taken for a leftover by another process
                os.replace(temporary, file)
                return
        except OSError as error:
            # Windows lets nobody replace what another process reads at the moment.
            if not (isinstance(error, PermissionError) and file.exists() and waited < PATIENCE):
                raise OSError(error.errno, f"not written, {error.strerror}", str(file)) from error
            time.sleep(PAUSE)
            waited += PAUSE
        finally:
            temporary.unlink(missing_ok=True)


def read_facts(path: Path) -> dict:
    """The JSON of the record at path, as it is; whether the arrays fit is for `read_record`.

    Raises FileNotFoundError when it is missing and ValueError when it is not that of a record.
    """
    file = record_files(path)[1]
    try:
        facts = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(facts, dict) or DIGEST not in facts:
            raise ValueError(f"it has no {DIGEST} of its arrays")
    except ValueError as error:
        raise ValueError(f"path: {file} is not the JSON of a record ({error})") from error
    return facts


def read_record(path: Path, build: Callable[[dict, Mapping[str, np.ndarray]], Result]) -> Result:
    """build(facts, arrays) of the record at path; nothing in the files is ever executed.

    Raises FileNotFoundError when either file is missing, and ValueError when one is damaged, the
    arrays are not those that the JSON belongs to, or they are not what build asks for.
    """
    try:
        facts = read_facts(path)
        content = record_files(path)[0].read_bytes()
        if hashlib.sha256(content).hexdigest() != facts[DIGEST]:
            raise ValueError("its arrays are not those that its JSON belongs to")
        return build(facts, np.load(io.BytesIO(content), allow_pickle=False))
    except (AttributeError, KeyError, TypeError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"path: {path} is not a readable record ({error})") from error


def is_whole(path: Path) -> bool:
    """Whether both files are there and belong together."""
    try:
        return read_record(path, lambda facts, arrays: True)
    except (FileNotFoundError, ValueError):
        return False
