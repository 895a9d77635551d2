"""Outputs that cannot be written, or are cut off: nothing is lost or half written."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.hostile.running import ROOT, is_refused, trace

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("missing/out.json", "cannot write"),
        ("folder.json", "is a folder"),
        ("out.docx", "known are"),
        ("out", "no suffix"),
        ("/proc/out.json", "cannot write"),
        ("a\x1b[31m.docx", "known are"),
        ("x" * 300 + ".json", "cannot write"),
    ],
)
def test_an_output_that_cannot_be_written(output: str, says: str, tmp_path: Path) -> None:
    """A missing folder, a folder in its place, an unknown suffix: said, and nothing written."""
    (tmp_path / "folder.json").mkdir()
    before = sorted(tmp_path.rglob("*"))
    ended = trace("mazur", "-o", output, cwd=tmp_path)
    is_refused(ended)
    assert says in ended.err
    assert sorted(tmp_path.rglob("*")) == before


def test_a_failed_calculation_leaves_the_old_file(tmp_path: Path) -> None:
    """What was written before stays when the next calculation fails."""
    (tmp_path / "old.json").write_text("old", encoding="utf-8")
    ended = trace("mazur", "--arithmetic", "exact", "-o", "old.json", cwd=tmp_path)
    is_refused(ended)
    assert (tmp_path / "old.json").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("way", ["print", "write"])
def test_a_full_disk_is_said(way: str, tmp_path: Path) -> None:
    """A disk without space ends in a message, whether printing or writing a file."""
    with FULL.open("w", encoding="utf-8") as full:
        if way == "print":
            ended = trace("mazur", cwd=tmp_path, stdout=full.fileno())
        else:
            (tmp_path / "out.txt").symlink_to(FULL)
            ended = trace("mazur", "-o", "out.txt", cwd=tmp_path)
    is_refused(ended)


@pytest.mark.parametrize(
    "output", ["out.json", "out.csv", "out.txt", "out.md", "out.xlsx", "out.ipynb"]
)
def test_a_disk_that_fills_up_leaves_the_old_file(output: str, tmp_path: Path) -> None:
    """A disk that is full after the first kilobytes: the old file is whole, and no draft stays."""
    (tmp_path / output).write_text("old", encoding="utf-8")
    ended = trace("mazur", "-o", output, cwd=tmp_path, most_written=4_096)
    is_refused(ended)
    assert "cannot write" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == [output]
    assert (tmp_path / output).read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("command", ["trace", "trace prove"])
def test_a_closed_pipe_ends_quietly(command: str) -> None:
    """Whoever reads only the first line gets it, no traceback, and no verdict."""
    run = command.replace("trace", f"{sys.executable} -m tracer", 1)
    done = subprocess.run(
        ["bash", "-c", f"{run} mazur | head -1; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in {"0", "141"}


def test_an_interrupted_run_leaves_no_file(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a long run ends with 130, and without a file or a draft of one."""
    run = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tracer",
            "mazur",
            "--steps",
            "15000",
            "-o",
            str(tmp_path / "a.csv"),
        ],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job may ignore it
    )
    until = time.monotonic() + 60
    while not list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=120)
    assert run.returncode == 130, err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
