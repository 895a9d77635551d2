"""Programs that typeset: whatever happens to them, nothing of them stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tracer.errors import LimitError
from tracer.render.pdf import running
from tracer.render.pdf.with_latex import pdf_of_latex
from tracer.render.pdf.with_typst import pdf_of_typst

ENDLESS_TYPST = "#let x = range(3000000)\n#for i in x { for j in x {} }"
START = "import sys; from tracer.render.pdf.{0} import {1}; {1}(sys.argv[1])"

ENDLESS = [
    ("with_latex", "pdf_of_latex", r"\loop\iftrue\repeat"),
    ("with_typst", "pdf_of_typst", ENDLESS_TYPST),
]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which temporary folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_document_without_end_is_ended(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that loops ends in a message when its time is over, and its folder is gone."""
    monkeypatch.setattr(running, "SECONDS", 1)
    with pytest.raises(LimitError, match="LaTeX has not come to an end within 1 seconds"):
        pdf_of_latex(r"\loop\iftrue\repeat")
    with pytest.raises(LimitError, match="Typst has not come to an end within 1 seconds"):
        pdf_of_typst(ENDLESS_TYPST)
    assert list(temporary.iterdir()) == []
    assert processes_in(temporary) == []


@pytest.mark.parametrize(("module", "function", "source"), ENDLESS)
def test_an_interrupted_run_leaves_nothing(
    module: str, function: str, source: str, tmp_path: Path
) -> None:
    """Ctrl-C while an engine works ends it, and takes its folder away."""
    run = subprocess.Popen(
        [sys.executable, "-c", START.format(module, function), source],
        env=os.environ | {"TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    until = time.monotonic() + 60
    while not processes_in(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    assert run.wait(60) != 0
    assert list(tmp_path.iterdir()) == []
    assert processes_in(tmp_path) == []


def processes_in(folder: Path) -> list[str]:
    """The processes that work in a folder, or in one below it."""
    found = (place for place in Path("/proc").glob("[0-9]*/cwd") if _is_below(place, folder))
    return [str(place) for place in found]


def _is_below(place: Path, folder: Path) -> bool:
    try:
        return str(place.readlink()).startswith(str(folder))
    except OSError:  # it has ended, or it is not ours
        return False
