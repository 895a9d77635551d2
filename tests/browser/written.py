"""Pages as users write them: the command line, run in this process, once for each page."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from tracer.cli.main import cli

ROOT = Path(__file__).parents[2]
ODD = str(ROOT / "tests" / "golden" / "specs" / "odd_names.yaml")

SPECS = ("mazur", "valley", "perceptron_and", "cs231n_softmax", "lstm_cell", ODD)
"""A network, a path to a minimum, epochs, a loss over outputs, gates, odd names."""


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone when the process ends."""
    return tempfile.TemporaryDirectory(prefix="pages-")


@cache
def page_file(spec: str, *options: str, suffix: str = ".html") -> Path:
    """The file that ``trace SPEC -o FILE OPTIONS`` writes."""
    number = page_file.cache_info().currsize
    path = Path(_folder().name) / f"page-{number}{suffix}"
    run = CliRunner().invoke(cli, ["show", spec, "-o", str(path), *options])
    assert run.exit_code == 0, run.output
    return path


def name_of(spec: str) -> str:
    """What tests call a spec."""
    return Path(spec).stem
