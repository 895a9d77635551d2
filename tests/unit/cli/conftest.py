"""The command line, run inside the tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from tests.unit.making import BY_HEAD, IN_A_ROW
from tracer.cli.main import main


class Ended(NamedTuple):
    """How a run ended.

    Attributes:
        code: the exit code.
        out: standard output.
        err: standard error.
    """

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    """Runs ``trace`` with some arguments, in a folder with a few specs."""
    monkeypatch.chdir(folder)

    def trace(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["trace", *arguments])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        return Ended(code, out, err)

    return trace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with specs: net.yaml, row.yaml, lines.yaml, letters.yaml, wrong.yaml."""
    for name, text in SPECS.items():
        (tmp_path / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    return tmp_path


SPECS = {
    "net": BY_HEAD,
    "row": IN_A_ROW,
    "lines": "expression: [a = x*x, y = a*z + x]\nat: {x: 2, z: 0.5}\n",
    "letters": "expression: y = a*x\n",
    "wrong": "inputs: [x]\nlayers:\n  - {units: [o], activation: sigmod, weight: [[1]]}\n",
    "third": "expression: y = x/3\nat: {x: 1}\n",
    "zero": "expression: y = 1/x\nat: {x: 0}\n",
    "given": "expression: [a = x*x, y = 3*a]\nat: {x: 2}\ngiven: {a: 5}\n",
    "digits": "expression: y = x/3\nat: {x: 2}\nsignificant: 3\narithmetic: float\n",
}
