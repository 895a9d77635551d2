"""Hostile and large files: refused, or read, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.unit.spec.saying import problems
from tracer.spec import Network, read_text
from tracer.spec.starter import starter
from tracer.spec.tree.problems import MOST

HOSTILE = {
    "brackets": "[" * 200_000,
    "braces": "{a: " * 200_000,
    "dashes": "- " * 200_000,
    "keys": "? " * 100_000,
    "tags": "!" * 1_000_000,
    "percent": "%" * 1_000_000,
    "an endless quote": "a: '" + "x\n\n" * 1_000_000,
    "an endless word": "a: " + "x" * 3_900_000,
    "empty lines": "\n" * 3_900_000 + "a",
    "many numbers": "a: [" + "1," * 1_900_000 + "]",
    "many pairs": "[" + "a: b, " * 600_000 + "]",
    "unknown fields": "inputs: 1\n" + "".join(f"k{k}: 1\n" for k in range(100_000)),
    "one field again and again": "k: 1\n" * 100_000,
    "anchors": "".join(f"a{k}: &b 1\n" for k in range(90_000)),
    "aliases": "a: &a [x, x]\n" + "".join(f"a{k}: [*a, *a, *a]\n" for k in range(90_000)),
    "wrong weights": "inputs: 1\nlayers: [{units: 1, weights: [" + "[x+, y y]," * 90_000 + "]}]",
    "long integers": "inputs: 1\nlayers: [{units: 1, weights: [[" + "9" * 3_000_000 + "]]}]",
    "many names": "inputs: ["
    + ", ".join(f"x{k}" for k in range(150_000))
    + "]\nlayers: [{units: 1}]",
    "many lines": "expression: |\n" + "  a = 1\n" * 300_000,
    "wrong lines": "expression: |\n" + "  a = (\n" * 9_000,
    "nested formula": "expression: " + "(" * 9_000,
    "unknown variables": "expression: a\nat: {"
    + ", ".join(f"c{k}: 1" for k in range(50_000))
    + "}",
}

ROOT = Path(__file__).parents[3]

READ = """
import sys
from tracer.errors import SpecError
from tracer.spec import read
try:
    read(sys.argv[1])
except SpecError:
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1024)
"""
HANGS = 60
"""Seconds after which a file that should be refused within one is taken to hang the reader."""


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    """Each file is refused, with less than 200 MB; the time it takes is for the benchmarks."""
    file = tmp_path / "net.yaml"
    file.write_text(HOSTILE[name], encoding="utf-8")
    packages = sysconfig.get_path("purelib")
    run = subprocess.run(
        [sys.executable, "-S", "-c", READ, str(file)],  # -S: no measuring of coverage inside
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), packages))},
        timeout=HANGS,
    )
    assert float(run.stdout) < 200


def test_problems_are_told_up_to_a_limit() -> None:
    """Of a file that is wrong throughout, the first problems are told, and that there are more."""
    said = problems("expression: a\nat: {" + ", ".join(f"c{k}: 1" for k in range(1000)) + "}")
    assert len(said) == MOST + 1
    assert said[0] == "2:6: at: the expression has no 'c0'; its variables: a"
    assert said[-1].endswith(f"these are {MOST} problems; the rest of the file was not read")


def test_many_weights_read() -> None:
    """A network with 20,000 weights is no problem for the reader."""
    read = read_text(starter((200, 100), "sigmoid", False, 1))
    assert isinstance(read, Network)
    assert len(read.parameters) == 20_100
