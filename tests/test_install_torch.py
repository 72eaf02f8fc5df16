"""Which PyTorch the installer would fetch; nothing here reaches the network."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "install_torch.py"


@pytest.fixture(scope="module")
def installer():
    spec = importlib.util.spec_from_file_location("install_torch", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(*names):
    return {"install": [{"metadata": {"name": name}} for name in names]}


def must_not_ask():
    raise AssertionError("pip was asked although the answer was known")


def test_the_version_is_the_one_that_requirements_pin(installer):
    assert installer.pinned_version("numpy==2.0\ntorch==2.13.0\ntorchmetrics==1.0\n") == "2.13.0"


def test_our_requirements_pin_it(installer):
    assert installer.pinned_version(installer.REQUIREMENTS.read_text(encoding="utf-8"))


def test_requirements_without_a_pin_are_refused(installer):
    with pytest.raises(ValueError, match="torch=="):
        installer.pinned_version("torch>=2\n")


@pytest.mark.parametrize(
    "package", ["nvidia-cublas-cu12", "cuda-bindings", "triton", "pytorch-triton"]
)
def test_cuda_is_recognised(installer, package):
    assert installer.pulls_cuda(report("torch", "sympy", package))


def test_a_plain_wheel_has_no_cuda(installer):
    assert not installer.pulls_cuda(report("torch", "sympy", "networkx"))


@pytest.mark.parametrize("system", ["Darwin", "Windows"])
def test_other_systems_use_the_ordinary_index(installer, system):
    assert installer.choose_index(system, {}, must_not_ask) is None


def test_linux_uses_the_ordinary_index_when_it_brings_no_cuda(installer):
    assert installer.choose_index("Linux", {}, lambda: report("torch")) is None


@pytest.mark.parametrize("answer", [report("torch", "triton"), None])
def test_linux_otherwise_uses_the_cpu_index(installer, answer):
    assert installer.choose_index("Linux", {}, lambda: answer) == installer.CPU_INDEX


def test_the_reader_may_accept_cuda(installer):
    assert installer.choose_index("Linux", {"ALLOW_CUDA": "1"}, must_not_ask) is None


def test_the_reader_may_name_an_index(installer):
    environ = {"TORCH_INDEX_URL": "https://mirror.example/cpu", "ALLOW_CUDA": "1"}
    assert installer.choose_index("Linux", environ, must_not_ask) == "https://mirror.example/cpu"


def test_an_unreachable_index_names_both_ways_out(installer, monkeypatch):
    monkeypatch.setattr(installer, "installed_version", lambda: None)
    monkeypatch.setattr(installer, "choose_index", lambda *_: "https://nowhere.example")
    failed = installer.subprocess.CompletedProcess([], returncode=1)
    monkeypatch.setattr(installer, "pip_install", lambda *_: failed)
    with pytest.raises(SystemExit, match=r"nowhere.example(.|\n)*TORCH_INDEX_URL(.|\n)*ALLOW_CUDA"):
        installer.main()


def test_nothing_happens_when_it_is_installed(installer, monkeypatch):
    pinned = installer.pinned_version(installer.REQUIREMENTS.read_text(encoding="utf-8"))
    monkeypatch.setattr(installer.metadata, "version", lambda _: f"{pinned}+cpu")
    monkeypatch.setattr(installer, "pip_install", lambda *_: must_not_ask())
    installer.main()
